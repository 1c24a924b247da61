/** @jsxRuntime automatic @jsxImportSource react */
import { CUT } from '../../functions/measure/cut/cut-kpi.ts';
import { keyMembers } from '../../functions/measure/cut/member-key.ts';
import { dimensionName } from '../../functions/report/letters/names.ts';
import {
  type ComparedFigure,
  figureValueOf,
  headlineOf,
  type MemberFigures,
} from '../../functions/report/model/day.ts';
import type { Edition } from '../../functions/report/site/edition.ts';
import { Change, NoData, Value } from '../../functions/report/site/figures.tsx';
import type { Answer } from './answer.ts';
import { MemberLink } from './members.tsx';

/** Members of each side on a page; who has more takes the CSV. */
const MOST_ROWS = 40;
const MOST_COLUMNS = 10;

interface Props {
  readonly edition: Edition;
  readonly answer: Answer;
  readonly pair: readonly [string, string];
}

/** Two dimensions crossed: the first downwards, the second across, each with its own totals. */
export function Crossed({ edition, answer, pair }: Props) {
  const { words, language } = edition;
  const { sheet, question } = answer;
  const [rows, columns] = pair.map((id) => membersOf(answer, id)) as [MemberFigures[], MemberFigures[]];
  const cells = cellsOf(answer);
  const id = edition.anchor('answer');
  const names = pair.map((each) => dimensionName(question.kpi, each, language));
  const shown = columns.slice(0, MOST_COLUMNS);
  const heat = heatOf([...cells.values()]);
  return (
    <div className="answer">
      <h2 id={id}>{names.join(' × ')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className="scroll" aria-labelledby={id} tabIndex={0}>
        <table className="crossed" aria-labelledby={id}>
          <thead>
            <tr>
              <th scope="col">{names[0]}</th>
              <th scope="col">{language.ask.total}</th>
              {shown.map(({ member }) => (
                <th key={member} scope="col">
                  <MemberLink edition={edition} answer={answer} dimension={pair[1]} member={member} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr className="total">
              <th scope="row">{language.ask.total}</th>
              <Cell edition={edition} answer={answer} line={headlineOf(sheet)} />
              {shown.map((line) => (
                <Cell key={line.member} edition={edition} answer={answer} line={line} />
              ))}
            </tr>
            {rows.slice(0, MOST_ROWS).map((row) => (
              <tr key={row.member}>
                <th scope="row">
                  <MemberLink edition={edition} answer={answer} dimension={pair[0]} member={row.member} />
                </th>
                <Cell edition={edition} answer={answer} line={row} total />
                {shown.map(({ member }) => {
                  const line = cells.get(JSON.stringify([row.member, member]));
                  return (
                    <Cell key={member} edition={edition} answer={answer} line={line} heat={heat(line)} />
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length > MOST_ROWS && (
        <p className="soft small">
          {names[0]}: {language.ask.members(MOST_ROWS, rows.length)}
        </p>
      )}
      {columns.length > MOST_COLUMNS && (
        <p className="soft small">
          {names[1]}: {language.ask.members(MOST_COLUMNS, columns.length)}
        </p>
      )}
      {!sheet.breakdowns.some(({ dimension }) => dimension === CUT) && (
        <p className="soft">{words.unmeasuredWhy}</p>
      )}
    </div>
  );
}

const membersOf = ({ sheet }: Answer, dimension: string): readonly MemberFigures[] =>
  sheet.breakdowns.find((each) => each.dimension === dimension)?.members ?? [];

/** The crossed figures by their two members. */
const cellsOf = (answer: Answer): ReadonlyMap<string, MemberFigures> =>
  new Map(membersOf(answer, CUT).map((line) => [JSON.stringify(keyMembers(line.member)), line]));

/** How strongly a cell is shaded, of 0 to 12 per cent, so that letters stay easy to read: by where its value is among all. */
function heatOf(lines: readonly ComparedFigure[]): (line: ComparedFigure | undefined) => number {
  const values = lines.flatMap((line) => figureValueOf(line) ?? []);
  const [low, high] = [Math.min(0, ...values), Math.max(...values)];
  return (line) => {
    const value = figureValueOf(line);
    return value === null || !(high > low) ? 0 : Math.round((12 * (value - low)) / (high - low));
  };
}

function Cell({
  edition,
  answer: { sheet, question },
  line,
  heat = 0,
  total = false,
}: Omit<Props, 'pair'> & { line: ComparedFigure | undefined; heat?: number; total?: boolean }) {
  const style = heat === 0 ? undefined : ({ '--h': heat } as Record<string, number>);
  return (
    <td className={total ? 'number total' : 'number'} style={style}>
      {line === undefined ? (
        <NoData edition={edition} />
      ) : (
        <>
          <Value edition={edition} kpi={question.kpi} value={figureValueOf(line)} short />
          <span className="sub">
            <Change edition={edition} sheet={sheet} line={line} against={question.against} />
          </span>
        </>
      )}
    </td>
  );
}
