/** @jsxRuntime automatic @jsxImportSource react */

import { wordIn } from '../../functions/lake/values/language.ts';
import { formatDate, windowName } from '../../functions/languages/dates.ts';
import { formatShort } from '../../functions/languages/numbers.ts';
import { type Figure, hasFigures, type KpiDay } from '../../functions/report/model/day.ts';
import { addressOf, fileOf } from '../../functions/report/site/address.ts';
import { BreakdownTable } from '../../functions/report/site/breakdown.tsx';
import { ChartPoints, Charts } from '../../functions/report/site/charts.tsx';
import { Definition } from '../../functions/report/site/definition.tsx';
import type { View } from '../../functions/report/site/document.tsx';
import type { Edition } from '../../functions/report/site/edition.ts';
import { KpiHeading } from '../../functions/report/site/kpi-page.tsx';
import { WindowsTable } from '../../functions/report/site/windows-table.tsx';
import type { Answer } from './answer.ts';
import { AskBar } from './ask-bar.tsx';
import { Crossed } from './crossed.tsx';
import { Members } from './members.tsx';
import { addressOfQuestion, type Question } from './question.ts';

interface Props {
  readonly edition: Edition;
  readonly answer: Answer;
}

/** The figures that answer a question, and what one may ask next. */
export const figuresView = (answer: Answer): View => ({
  title: ({ language }) => titleOf(answer.question, language),
  heading: (edition) => (
    <>
      <KpiHeading edition={edition} sheet={answer.sheet} />
      <AskBar edition={edition} question={answer.question} proposed={membersOf(answer.sheet)} />
    </>
  ),
  body: (edition) => <Body edition={edition} answer={answer} />,
  extra: <ChartPoints sheet={answer.sheet} />,
});

/** A question's name in the browser. */
export const titleOf = ({ kpi, asOf, period }: Question, language: Edition['language']): string =>
  `${wordIn(kpi.names, language)}, ${windowName(kpi, period, language)}, ${formatDate(asOf, language, 'short')}`;

const membersOf = ({ breakdowns }: KpiDay) =>
  breakdowns.flatMap(({ dimension, members }) => members.map(({ member }) => ({ dimension, member })));

function Body({ edition, answer }: Props) {
  const { question, sheet } = answer;
  const [one, two] = question.by;
  const known = hasFigures(sheet) || sheet.breakdowns.length > 0;
  return (
    <div className="kpi">
      <Source edition={edition} answer={answer} />
      {!known && <p className="restated">{edition.language.ask.noAnswer}</p>}
      {known && one === undefined && <Whole edition={edition} answer={answer} />}
      {known && one !== undefined && two === undefined && (
        <Members edition={edition} answer={answer} dimension={one} />
      )}
      {known && one !== undefined && two !== undefined && (
        <Crossed edition={edition} answer={answer} pair={[one, two]} />
      )}
      {!question.kpi.additive && one !== undefined && (
        <p className="soft small">{edition.words.overlapping}</p>
      )}
      <Definition edition={edition} sheet={sheet} />
    </div>
  );
}

/** All windows and the charts; of what is recorded, the largest members of each dimension. */
function Whole({ edition, answer: { sheet, source } }: Props) {
  return (
    <>
      {source === 'recorded' && <Charts edition={edition} sheet={sheet} />}
      <WindowsTable edition={edition} sheet={sheet} />
      <div className="breakdowns">
        {sheet.breakdowns.map((breakdown) => (
          <BreakdownTable key={breakdown.dimension} edition={edition} sheet={sheet} breakdown={breakdown} />
        ))}
      </div>
    </>
  );
}

/** What the figures rest on, and where they can be taken. */
function Source({ edition, answer }: Props) {
  const { language } = edition;
  const { ask } = language;
  const { question, source, restated } = answer;
  const { kpi } = question;
  const said = (figure: Figure | undefined): string =>
    formatShort(figure?.value ?? null, kpi.unit, edition.format);
  const known = question.knownAt;
  // The language of what is saved is that of the page.
  const file = (form: `figures.${'csv' | 'xlsx'}`): string => {
    const address = addressOfQuestion(question, form);
    return `${address}${address.includes('?') ? '&' : '?'}lang=${language.tag}`;
  };
  return (
    <>
      <div className="source">
        <p>
          {source === 'counted' ? ask.counted : ask.recorded}
          {known !== undefined && ` ${ask.knownThen(formatDate(known.slice(0, 10), language))}`}
        </p>
        <p className="ways">
          <a href={file('figures.csv')}>{ask.csv}</a>
          <a href={file('figures.xlsx')}>{ask.excel}</a>
          <Share edition={edition} question={question} />
        </p>
      </div>
      {restated && (
        <p className="restated">{ask.restated(said(restated.recorded), said(restated.counted))}</p>
      )}
    </>
  );
}

/** The page of the report on which others see the figure: of the day and KPI, and of a member its line. */
function Share({ edition, question }: { edition: Edition; question: Question }) {
  const { language, data } = edition;
  const { asOf, kpi, where } = question;
  const [member] = where.length === 1 ? where : [];
  const place = { asOf, kpi: kpi.id, ...member };
  const base = data.company.delivery.report_url;
  if (base !== undefined) return <a href={addressOf(base, place, language.tag)}>{language.ask.share}</a>;
  return (
    <span>
      {language.ask.shareFile}
      {language.writing.colon} <code>reports/{fileOf(place)}</code>
    </span>
  );
}
