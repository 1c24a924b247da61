/** @jsxRuntime automatic @jsxImportSource react */
import type { Kpi } from '../../lake/catalogue/kpi.ts';
import { formatNumber } from '../../languages/numbers.ts';
import { dimensionName, memberName } from '../letters/names.ts';
import { type Breakdown, figureValueOf, type KpiDay, type MemberFigures } from '../model/day.ts';
import type { Edition } from './edition.ts';
import { Change, NoData, Value } from './figures.tsx';

/** Members shown at once; the rest opens on request. */
const SHOWN = 8;

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
  const [shown, rest] = [breakdown.members.slice(0, SHOWN), breakdown.members.slice(SHOWN)];
  return (
    <div className="breakdown">
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
  const width =
    line.share === null
      ? undefined
      : { backgroundSize: `${(Math.min(line.share, 1) * 100).toFixed(1)}% 2px` };
  return (
    <tr>
      <th scope="row" className={width && 'bar'} style={width}>
        {memberName(edition.data.labels, kpi, dimension, line.member, edition.language)}
      </th>
      <td className="number value">
        <Value edition={edition} kpi={kpi} value={figureValueOf(line)} short />
      </td>
      <td className="number soft">
        <Part edition={edition} kpi={kpi} line={line} />
      </td>
      <td className="number">
        <Change edition={edition} sheet={sheet} line={line} against="previous" />
      </td>
      <td className="number">
        <Change edition={edition} sheet={sheet} line={line} against="last_year" />
      </td>
    </tr>
  );
}

/** A sum's part of the total; of a ratio, the volume it stands on: a rate of three carts says little. */
function Part({ edition, kpi, line }: { edition: Edition; kpi: Kpi; line: MemberFigures }) {
  const { language } = edition;
  const part = kpi.ratio ? (line.figures.current?.denominator ?? null) : line.share;
  if (part === null) return <NoData edition={edition} />;
  if (kpi.ratio) return formatNumber(part, language);
  return language.writing.percent(formatNumber(part * 100, language, 1));
}
