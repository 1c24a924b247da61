/** @jsxRuntime automatic @jsxImportSource react */
import { formatNumber } from '../../functions/languages/numbers.ts';
import { dimensionName, memberName } from '../../functions/report/letters/names.ts';
import { figureValueOf, type MemberFigures } from '../../functions/report/model/day.ts';
import type { Edition } from '../../functions/report/site/edition.ts';
import { barOf, ChangeCell, madeFrom, NoData, Value } from '../../functions/report/site/figures.tsx';
import type { Answer } from './answer.ts';
import { addressOfQuestion, changed } from './question.ts';

/** Members on a page; who has more takes the CSV. */
const MOST_LINES = 300;

interface Props {
  readonly edition: Edition;
  readonly answer: Answer;
  readonly dimension: string;
}

/** Every member of a dimension; each leads to the figures of it alone. */
export function Members({ edition, answer, dimension }: Props) {
  const { words, language } = edition;
  const { question, sheet } = answer;
  const { kpi } = question;
  const all = sheet.breakdowns.find((each) => each.dimension === dimension)?.members ?? [];
  const id = edition.anchor('answer');
  const name = words.by(language.writing.inSentence(dimensionName(kpi, dimension, language)));
  if (all.length === 0) return <p className="restated">{language.ask.noMembers}</p>;
  return (
    <section className="answer" aria-labelledby={id}>
      <h2 id={id}>{name}</h2>
      <table className="members" aria-labelledby={id}>
        <thead>
          <tr>
            <th scope="col">{dimensionName(kpi, dimension, language)}</th>
            <th scope="col" className="number">
              {words.value}
            </th>
            <th scope="col" className="number">
              {kpi.ratio ? words.volume : words.share}
            </th>
            <th scope="col" className="number">
              {words.previous}
            </th>
            <th scope="col" className="number">
              {words.lastYear}
            </th>
          </tr>
        </thead>
        <tbody>
          {all.slice(0, MOST_LINES).map((line) => (
            <Line key={line.member} edition={edition} answer={answer} dimension={dimension} line={line} />
          ))}
        </tbody>
      </table>
      {all.length > MOST_LINES && (
        <p className="soft small">{language.ask.members(MOST_LINES, all.length)}</p>
      )}
    </section>
  );
}

function Line({ edition, answer, dimension, line }: Props & { line: MemberFigures }) {
  const { language } = edition;
  const { sheet, question } = answer;
  const { kpi } = question;
  const { share } = line;
  const width = barOf(share);
  const parts = madeFrom(edition, kpi, line.figures.current);
  return (
    <tr>
      <th scope="row" className={width && 'bar'} style={width}>
        <MemberLink edition={edition} answer={answer} dimension={dimension} member={line.member} />
      </th>
      <td className="number value">
        <Value edition={edition} kpi={kpi} value={figureValueOf(line)} />
      </td>
      <td className="number soft">
        {kpi.ratio ? (
          (parts ?? <NoData edition={edition} />)
        ) : share === null ? (
          <NoData edition={edition} />
        ) : (
          language.writing.percent(formatNumber(share * 100, language, 1))
        )}
      </td>
      <ChangeCell edition={edition} sheet={sheet} line={line} against="previous" />
      <ChangeCell edition={edition} sheet={sheet} line={line} against="last_year" />
    </tr>
  );
}

/** Leads to the figures of a member alone, by the dimension that is not yet chosen. */
export function MemberLink({ edition, answer, dimension, member }: Props & { member: string }) {
  const { language, data } = edition;
  const { question } = answer;
  const name = memberName(data.labels, question.kpi, dimension, member, language);
  const isChosen = question.where.some((each) => each.dimension === dimension && each.member === member);
  if (isChosen) return <>{name}</>;
  const where = [...question.where, { dimension, member }];
  const by = question.by.filter((each) => each !== dimension);
  return (
    <a href={addressOfQuestion(changed(question, { where, by }))} title={language.ask.filterBy(name)}>
      {name}
    </a>
  );
}
