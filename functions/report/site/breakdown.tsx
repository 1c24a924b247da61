/** @jsxRuntime automatic @jsxImportSource react */
import type { Kpi } from '../../lake/catalogue/kpi.ts';
import { formatNumber } from '../../languages/numbers.ts';
import { dimensionName, memberName } from '../letters/names.ts';
import { type Breakdown, figureValueOf, type KpiDay, type MemberFigures } from '../model/day.ts';
import { memberId } from './address.ts';
import type { Edition } from './edition.ts';
import { barOf, ChangeCell, exact, NoData, rawOf, Value } from './figures.tsx';

/** Members shown at once; the rest opens on request. */
const SHOWN = 8;
/** Members of all dimensions together: a page stays light, however many there are. */
const MOST_LINES = 150;

/** The members that have a line on the KPI's page, largest first. */
export const listedMembers = ({ breakdowns }: KpiDay, { members }: Breakdown): readonly MemberFigures[] =>
  members.slice(0, Math.max(SHOWN, Math.floor(MOST_LINES / breakdowns.length)));

/** A dimension's members in the window shown first. */
export function BreakdownTable({
  edition,
  sheet,
  breakdown,
}: {
  edition: Edition;
  sheet: KpiDay;
  breakdown: Breakdown;
}) {
  const { words, language } = edition;
  const { kpi } = sheet;
  const name = words.by(language.writing.inSentence(dimensionName(kpi, breakdown.dimension, language)));
  const listed = listedMembers(sheet, breakdown);
  const [shown, rest] = [listed.slice(0, SHOWN), listed.slice(SHOWN)];
  const left = breakdown.members.length - listed.length;
  return (
    <div
      className="breakdown"
      data-csv={`${kpi.id}-${breakdown.dimension}-${edition.data.asOf}`}
      data-csv-label={words.csv(name)}
    >
      <table>
        <caption>{name}</caption>
        <Columns />
        <Head edition={edition} kpi={kpi} />
        <Members edition={edition} sheet={sheet} dimension={breakdown.dimension} members={shown} />
      </table>
      {rest.length > 0 && (
        <details>
          <summary>{words.more(rest.length)}</summary>
          <table aria-label={name}>
            <Columns />
            <Members edition={edition} sheet={sheet} dimension={breakdown.dimension} members={rest} />
          </table>
        </details>
      )}
      {left > 0 && <p className="soft small">{words.beyond(left, `vigie values ${kpi.id}`)}</p>}
    </div>
  );
}

/** Two tables stand under one another: their columns must have one width. */
const Columns = () => (
  <colgroup>
    <col className="member" />
    <col className="amount" />
    <col className="part" />
    <col className="delta" />
    <col className="delta" />
  </colgroup>
);

function Head({ edition, kpi }: { edition: Edition; kpi: Kpi }) {
  const { words } = edition;
  return (
    <thead>
      <tr>
        <th scope="col">
          <span className="sr">{words.figure}</span>
        </th>
        <th scope="col" className="number" data-v="current">
          {words.value}
        </th>
        <th scope="col" className="number">
          {kpi.ratio ? words.volume : words.share}
        </th>
        <th scope="col" className="number" data-v="previous">
          {words.previous}
        </th>
        <th scope="col" className="number" data-v="last_year">
          {words.lastYear}
        </th>
      </tr>
    </thead>
  );
}

interface Place {
  readonly edition: Edition;
  readonly sheet: KpiDay;
  readonly dimension: string;
}

function Members({ members, ...place }: Place & { members: readonly MemberFigures[] }) {
  return (
    <tbody>
      {members.map((line) => (
        <MemberRow key={line.member} {...place} line={line} />
      ))}
    </tbody>
  );
}

function MemberRow({ edition, sheet, dimension, line }: Place & { line: MemberFigures }) {
  const { kpi } = sheet;
  const width = barOf(line.share);
  return (
    <tr id={edition.anchor(memberId(dimension, line.member))}>
      <th scope="row" className={width && 'bar'} style={width}>
        {memberName(edition.data.labels, kpi, dimension, line.member, edition.language)}
      </th>
      <td className="number value" data-v={rawOf(line)}>
        <Value edition={edition} kpi={kpi} value={figureValueOf(line)} short />
      </td>
      <td className="number soft" data-v={exact(partOf(kpi, line))}>
        <Part edition={edition} kpi={kpi} line={line} />
      </td>
      <ChangeCell edition={edition} sheet={sheet} line={line} against="previous" />
      <ChangeCell edition={edition} sheet={sheet} line={line} against="last_year" />
    </tr>
  );
}

const partOf = (kpi: Kpi, line: MemberFigures): number | null =>
  kpi.ratio ? (line.figures.current?.denominator ?? null) : line.share;

/** A sum's part of the total; of a ratio, the volume it stands on: a rate of three carts says little. */
function Part({ edition, kpi, line }: { edition: Edition; kpi: Kpi; line: MemberFigures }) {
  const { language } = edition;
  const part = partOf(kpi, line);
  if (part === null) return <NoData edition={edition} />;
  if (kpi.ratio) return formatNumber(part, language);
  return language.writing.percent(formatNumber(part * 100, language, 1));
}
