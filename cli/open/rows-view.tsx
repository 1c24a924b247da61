/** @jsxRuntime automatic @jsxImportSource react */
import { formatInstant } from '../../functions/languages/dates.ts';
import { oneLine } from '../../functions/languages/one-line.ts';
import { dimensionName } from '../../functions/report/letters/names.ts';
import type { View } from '../../functions/report/site/document.tsx';
import type { Edition } from '../../functions/report/site/edition.ts';
import { KpiHeading } from '../../functions/report/site/kpi-page.tsx';
import type { FilteredRows } from '../explain/rows.ts';
import type { Answer } from './answer.ts';
import { AskBar } from './ask-bar.tsx';
import { titleOf } from './figures-view.tsx';
import { addressOfQuestion, changed } from './question.ts';

/** Rows on a page. */
export const ROWS_SHOWN = 50;

interface Props {
  readonly edition: Edition;
  readonly answer: Answer;
  readonly rows: FilteredRows;
}

/** The rows of the lake that a window is counted of, table by table. */
export const rowsView = (answer: Answer, rows: FilteredRows): View => ({
  title: ({ language }) => `${language.ask.view.rows} – ${titleOf(answer.question, language)}`,
  heading: (edition) => (
    <>
      <KpiHeading edition={edition} sheet={answer.sheet} />
      <AskBar edition={edition} question={answer.question} proposed={[]} />
    </>
  ),
  body: (edition) => <Body edition={edition} answer={answer} rows={rows} />,
});

function Body({ edition, answer, rows }: Props) {
  const { language, data } = edition;
  const { ask } = language;
  const { question, day } = answer;
  const { kpi } = question;
  const recorded = answer.sheet.recorded;
  const id = edition.anchor('rows');
  const title = rows.days === null ? ask.allRowsOf(rows.table) : ask.rowsOf(rows.table, ...rows.days);
  return (
    <div className="answer">
      <nav className="ask" aria-label={edition.words.reads}>
        <div className="row">
          <span className="name">{edition.words.reads}</span>
          <ul>
            {Object.keys(kpi.reads).map((table) => (
              <li key={table}>
                <a
                  href={addressOfQuestion(changed(question, { table }))}
                  aria-current={table === rows.table ? 'true' : undefined}
                >
                  {table}
                </a>
              </li>
            ))}
          </ul>
        </div>
      </nav>
      <h2 id={id} style={{ marginTop: '22px' }}>
        {title}
      </h2>
      <p className="soft small">{ask.inSource}</p>
      {rows.untold.map((dimension) => (
        <p key={dimension} className="restated">
          {ask.notFiltered(language.writing.inSentence(dimensionName(kpi, dimension, language)))}
        </p>
      ))}
      {rows.rows.length === 0 ? <p>{ask.noRows}</p> : <Lines edition={edition} rows={rows} labelledBy={id} />}
      <Pages edition={edition} answer={answer} rows={rows} />
      {recorded && (
        <p className="soft small">
          {edition.words.computed(
            formatInstant(recorded.at, language, day.company.company.time_zone),
            recorded.run,
          )}
          {data.knownAt === null ? '' : ` (${data.knownAt})`}
        </p>
      )}
    </div>
  );
}

function Lines({ edition, rows: { rows }, labelledBy }: Omit<Props, 'answer'> & { labelledBy: string }) {
  const columns = Object.keys(rows[0] ?? {});
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className="scroll" aria-labelledby={labelledBy} tabIndex={0}>
      <table className="lines" aria-labelledby={labelledBy}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={JSON.stringify(row)}>
              {columns.map((column) => {
                const cell = row[column];
                return (
                  <td key={column} className={typeof cell === 'number' ? 'number' : undefined}>
                    {cell === null || cell === undefined ? (
                      <span className="none">
                        <span aria-hidden="true">–</span>
                        <span className="sr">{edition.language.figures.noValue}</span>
                      </span>
                    ) : (
                      oneLine(String(cell), 200)
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Pages({ edition, answer: { question }, rows }: Props) {
  const { ask } = edition.language;
  const at = (from: number): string => addressOfQuestion({ ...question, table: rows.table, from });
  if (question.from === 0 && rows.next_offset === null) return null;
  return (
    <nav className="pages" aria-label={ask.view.rows}>
      {question.from > 0 && <a href={at(Math.max(0, question.from - ROWS_SHOWN))}>← {ask.earlier}</a>}
      {rows.next_offset !== null && <a href={at(rows.next_offset)}>{ask.later} →</a>}
    </nav>
  );
}
