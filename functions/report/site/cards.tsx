/** @jsxRuntime automatic @jsxImportSource react */
import type { Comparison, DashboardPart, DashboardRow } from '../letters/blocks.ts';
import { dashboardRow } from '../letters/dashboard.ts';
import { figureBlock } from '../letters/figure.ts';
import type { KpiDay } from '../model/day.ts';
import { shownTo } from '../model/headlines.ts';
import { Spark } from './charts.tsx';
import { type Edition, kpiLink } from './edition.ts';
import { Marks } from './marks.tsx';

/** The figures that are asked for first, a card each, the way to its page: the sales dashboard where there is one, then the headlines. */
export function Cards({ edition }: { edition: Edition }) {
  const { data, language, words } = edition;
  const { dashboard, figures } = shownTo(data);
  return (
    <>
      <Section edition={edition} id="dashboard" name={language.mail.dashboard} sheets={dashboard} />
      <Section edition={edition} id="headlines" name={words.headlines} sheets={figures} />
    </>
  );
}

interface SectionProps {
  readonly edition: Edition;
  readonly id: string;
  readonly name: string;
  readonly sheets: readonly KpiDay[];
}

function Section({ edition, id, name, sheets }: SectionProps) {
  const { data, language, anchor } = edition;
  if (sheets.length === 0) return null;
  return (
    <section className="dashboard" aria-labelledby={anchor(id)}>
      <h2 id={anchor(id)}>{name}</h2>
      <div className="cards">
        {sheets.map((of) => (
          <Card
            key={of.kpi.id}
            edition={edition}
            of={of}
            row={dashboardRow(data, of, figureBlock(data, of, language), language)}
          />
        ))}
      </div>
    </section>
  );
}

function Card({ edition, of, row }: { edition: Edition; of: KpiDay; row: DashboardRow }) {
  return (
    <div className={row.parts.length > 0 ? 'card parted' : 'card'}>
      <h3>
        <a href={kpiLink(edition, row.id)}>{row.name}</a>
      </h3>
      <p className="sub">{row.period}</p>
      <div className="beside">
        <p className={row.value === null ? 'amount none' : 'amount'}>{row.value ?? row.noValue}</p>
        <Spark edition={edition} kpi={of.kpi} period={of.period} />
      </div>
      {row.comparisons.map((comparison) => (
        <p key={comparison.label} className="small">
          <Moved comparison={comparison} /> <span className="soft">{comparison.label}</span>
        </p>
      ))}
      {row.whole && <p className="soft small">{row.whole}</p>}
      {row.outlook && <p className="soft small">{row.outlook}</p>}
      {row.note && <p className="soft small">{row.note}</p>}
      <Parts row={row} />
      <Marks edition={edition} sheet={of} />
    </div>
  );
}
const TONES = { good: 'better', bad: 'worse', calm: 'same' } as const;

function Moved({ comparison: { change, tone } }: { comparison: Comparison }) {
  const arrow = change.startsWith('+') ? ' rise' : change.startsWith('−') ? ' fall' : '';
  return <span className={`change ${TONES[tone]}${arrow}`}>{change}</span>;
}

function Parts({ row }: { row: DashboardRow }) {
  if (row.parts.length === 0) return null;
  return (
    <table className="parts" aria-label={row.name}>
      <tbody>
        {row.parts.map((part) => (
          <PartRow key={part.name} part={part} />
        ))}
      </tbody>
    </table>
  );
}

function PartRow({ part: { name, value, detail, moved, share } }: { part: DashboardPart }) {
  const bar =
    share === null
      ? undefined
      : { backgroundSize: `${(Math.min(Math.max(share, 0), 1) * 100).toFixed(1)}% 3px` };
  return (
    <tr>
      <th scope="row" className={bar && 'bar'} style={bar}>
        {name}
      </th>
      <td className="number soft">{detail}</td>
      <td className="number value">{value}</td>
      <td className="number">{moved && <Moved comparison={moved} />}</td>
    </tr>
  );
}
