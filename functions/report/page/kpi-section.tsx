/** @jsxRuntime automatic @jsxImportSource react */
import { wordIn } from '../../lake/values/language.ts';
import { formatDate, windowName } from '../../languages/dates.ts';
import { alertName } from '../letters/alerts.ts';
import { causesSentence } from '../letters/causes.ts';
import { ripeNote } from '../letters/figure.ts';
import { outlookOf } from '../letters/outlook.ts';
import { lastDateFor, whyNoValue } from '../letters/trust.ts';
import { figureValueOf, headlineOf, type KpiDay } from '../model/day.ts';
import { BreakdownTable } from './breakdown.tsx';
import { TrendChart } from './charts.tsx';
import { Definition } from './definition.tsx';
import type { Edition } from './edition.ts';
import { Change, madeFrom, Value } from './figures.tsx';
import { Marks } from './marks.tsx';
import { WindowsTable } from './windows-table.tsx';

/** Everything about one KPI. */
export function KpiSection({ edition, sheet }: { edition: Edition; sheet: KpiDay }) {
  const { kpi } = sheet;
  const { language, words } = edition;
  const id = edition.anchor(kpi.id);
  return (
    <article id={id} aria-labelledby={`${id}-name`} data-kpi={kpi.id} data-name={wordIn(kpi.names, language)}>
      <header>
        <div>
          <h2 id={`${id}-name`} tabIndex={-1}>
            {wordIn(kpi.names, language)}
          </h2>
          <p className="describes">{wordIn(kpi.describes, language)}</p>
          <Marks edition={edition} sheet={sheet} />
          <Explanation edition={edition} sheet={sheet} />
          <Ripe edition={edition} sheet={sheet} />
        </div>
        <Headline edition={edition} sheet={sheet} />
      </header>
      <TrendChart edition={edition} sheet={sheet} />
      <AlertDays edition={edition} sheet={sheet} />
      <WindowsTable edition={edition} sheet={sheet} />
      {sheet.breakdowns.length > 0 && (
        <div className="breakdowns">
          {sheet.breakdowns.map((breakdown) => (
            <BreakdownTable key={breakdown.dimension} edition={edition} sheet={sheet} breakdown={breakdown} />
          ))}
        </div>
      )}
      {!kpi.additive && sheet.breakdowns.length > 0 && <p className="soft small">{words.overlapping}</p>}
      <Definition edition={edition} sheet={sheet} />
      <p className="up">
        <a href={`#${edition.anchor('overview')}`}>{words.top}</a>
      </p>
    </article>
  );
}

/** What moved the figure; or why there is none, or why it is not compared. */
function Explanation({ edition, sheet }: { edition: Edition; sheet: KpiDay }) {
  const { kpi, period, quality } = sheet;
  const { language, data, format } = edition;
  const line = headlineOf(sheet);
  if (line && figureValueOf(line) === null)
    return <p className="explanation soft">{whyNoValue(data, sheet, language)}</p>;
  if (quality === 'stale') {
    const date = lastDateFor(data, kpi);
    return (
      <p className="explanation soft">
        {language.trust.staleNote(date && formatDate(date, language, 'day'))}
      </p>
    );
  }
  const causes = sheet.causes[period];
  const sentence = causes ? causesSentence(causes, kpi, period, { ...format, labels: data.labels }) : null;
  return sentence && <p className="explanation">{sentence}</p>;
}

/** Of a rate by entry: whom it is of. */
function Ripe({ edition: { data, language }, sheet }: { edition: Edition; sheet: KpiDay }) {
  const note = ripeNote(data, sheet.kpi, language);
  return note && <p className="soft small">{note}</p>;
}

function Headline({ edition, sheet }: { edition: Edition; sheet: KpiDay }) {
  const { kpi } = sheet;
  const { words } = edition;
  const line = headlineOf(sheet);
  if (!line) return null;
  const parts = madeFrom(edition, kpi, line.figures.current);
  const outlook = sheet.quality === 'stale' ? null : outlookOf(kpi, line, edition.format);
  return (
    <div className="headline">
      <p className="big">
        <Value edition={edition} kpi={kpi} value={figureValueOf(line)} short />
      </p>
      <p className="soft small">
        {windowName(kpi, sheet.period, edition.language)}
        {parts && ` · ${parts}`}
      </p>
      {outlook && <p className="soft small">{outlook}</p>}
      <p className="small">
        <Change edition={edition} sheet={sheet} line={line} against="previous" />{' '}
        <span className="soft">{words.previous}</span>
      </p>
      <p className="small">
        <Change edition={edition} sheet={sheet} line={line} against="last_year" />{' '}
        <span className="soft">{words.lastYear}</span>
      </p>
    </div>
  );
}

/** The shaded days of the chart in words: which rule, which member, from when to when. */
function AlertDays({ edition, sheet }: { edition: Edition; sheet: KpiDay }) {
  const { words, language, data } = edition;
  if (sheet.spans.length === 0) return null;
  const day = (date: string): string => formatDate(date, language, 'short');
  return (
    <details className="alert-days">
      <summary>
        {words.alertDays}
        {language.writing.colon} {sheet.spans.length}
      </summary>
      <ul>
        {sheet.spans.toReversed().map((span) => {
          const bound = data.rules.find((each) => each.rule.id === span.rule);
          return (
            <li key={`${span.rule} ${span.member} ${span.from}`}>
              <strong>{words.span(day(span.from), day(span.to), span.open)}</strong>{' '}
              {bound ? alertName(data, { bound, member: span.member }, language) : span.rule}{' '}
              <code>{span.rule}</code>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
