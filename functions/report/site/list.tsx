/** @jsxRuntime automatic @jsxImportSource react */
import type { List } from '../../lake/catalogue/list.ts';
import type { ListEntry } from '../../lake/snapshot/list-entries.ts';
import { wordIn } from '../../lake/values/language.ts';
import { csvFile, reasonText, ruleText, valueText } from '../letters/list.ts';
import type { DayList } from '../model/day.ts';
import type { Edition } from './edition.ts';
import { NoData } from './figures.tsx';

/** Entries shown at once; the rest opens on request. */
const SHOWN = 10;

/** A list of things to act on, each with the points that every rule gave; the same as a file for a spreadsheet. */
export function ListSection({ edition, of }: { edition: Edition; of: DayList }) {
  const { language, words, data } = edition;
  const { list, entries } = of;
  const id = edition.anchor(list.id);
  const [shown, rest] = [entries.slice(0, SHOWN), entries.slice(SHOWN)];
  const csv = `data:text/csv;charset=utf-8,${encodeURIComponent(csvFile(list, entries, language))}`;
  return (
    <section className="list" aria-labelledby={id} data-kpi={list.id}>
      <h2 id={id}>{wordIn(list.names, language)}</h2>
      <p className="soft">{wordIn(list.describes, language)}</p>
      <Entries edition={edition} list={list} entries={shown} />
      {rest.length > 0 && (
        <details>
          <summary>{words.more(rest.length)}</summary>
          <Entries edition={edition} list={list} entries={rest} />
        </details>
      )}
      <p className="small">
        <a href={csv} download={`${list.id}-${data.asOf}.csv`}>
          {language.lists.download(entries.length)}
        </a>
      </p>
    </section>
  );
}

function Entries({
  edition,
  list,
  entries,
}: {
  edition: Edition;
  list: List;
  entries: readonly ListEntry[];
}) {
  const { language } = edition;
  const columns = Object.entries(list.columns);
  return (
    <div className="scroll">
      <table aria-label={wordIn(list.names, language)}>
        <thead>
          <tr>
            {columns.map(([column, { names, unit }]) => (
              <th key={column} scope="col" className={unit && 'number'}>
                {wordIn(names, language)}
              </th>
            ))}
          </tr>
        </thead>
        {entries.map((entry) => (
          <tbody key={entry.key}>
            <tr>
              {columns.map(([column, { unit }]) => (
                <td key={column} className={unit && 'number'}>
                  {valueText(edition.data, list, column, entry, language) ?? <NoData edition={edition} />}
                </td>
              ))}
            </tr>
            <tr className="why">
              <td colSpan={columns.length}>
                <Why edition={edition} list={list} entry={entry} />
              </td>
            </tr>
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** Which rule gave how many points: those that gave none, too. */
function Why({ edition: { language }, list, entry }: { edition: Edition; list: List; entry: ListEntry }) {
  return (
    <ul>
      {entry.reasons.map((reason) => {
        const rule = ruleText(reason, language);
        return (
          <li key={reason.reason} className={reason.points === 0 ? 'soft' : undefined}>
            {reasonText(list, reason, language)}
            {rule && <span className="soft"> ({rule})</span>}
          </li>
        );
      })}
    </ul>
  );
}
