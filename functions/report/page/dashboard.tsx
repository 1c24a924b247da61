/** @jsxRuntime automatic @jsxImportSource react */
import type { Comparison, DashboardPart, DashboardRow } from '../letters/blocks.ts';
import { dashboardRow } from '../letters/dashboard.ts';
import { figureBlock } from '../letters/figure.ts';
import type { KpiDay } from '../model/day.ts';
import { shownTo } from '../model/headlines.ts';
import { Spark } from './charts.tsx';
import type { Edition } from './edition.ts';

/** The sales dashboard: a card a figure, each the way to its section; losses stage by stage. */
export function Dashboard({ edition }: { edition: Edition }) {
  const { data, language } = edition;
  const { dashboard } = shownTo(data);
  if (dashboard.length === 0) return null;
  const id = edition.anchor('dashboard');
  return (
    <section className="dashboard" aria-labelledby={id}>
      <h2 id={id}>{language.mail.dashboard}</h2>
      <div className="cards">
        {dashboard.map((of) => (
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
        <a href={`#${edition.anchor(row.id)}`}>{row.name}</a>
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
