/** @jsxRuntime automatic @jsxImportSource react */
import { windowName } from '../../languages/dates.ts';
import { formatShare, formatShort } from '../../languages/numbers.ts';
import { intervalOf } from '../letters/beside.ts';
import { outlookOf } from '../letters/outlook.ts';
import { figureValueOf, type KpiDay, type WindowFigures } from '../model/day.ts';
import { Spark } from './charts.tsx';
import type { Edition } from './edition.ts';
import { ChangeCell, ComparedHead, columnNames, madeFrom, rawOf, Value } from './figures.tsx';

/** Every window of a KPI with its comparisons and its target. */
export function WindowsTable({ edition, sheet }: { edition: Edition; sheet: KpiDay }) {
  const { words } = edition;
  const id = edition.anchor('windows');
  return (
    <section
      className="every-window"
      aria-labelledby={id}
      data-csv={`${sheet.kpi.id}-${edition.data.asOf}`}
      data-csv-label={words.csv(words.windows)}
    >
      <h2 id={id}>{words.windows}</h2>
      <table className="windows stacked" aria-labelledby={id} style={columnNames(edition)}>
        <ComparedHead words={words} first={words.window} />
        <tbody>
          {sheet.windows.map((line) => (
            <WindowRow key={line.period} edition={edition} sheet={sheet} line={line} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function WindowRow({ edition, sheet, line }: { edition: Edition; sheet: KpiDay; line: WindowFigures }) {
  const { kpi } = sheet;
  const parts = madeFrom(edition, kpi, line.figures.current);
  const interval = intervalOf(kpi, line, edition.format);
  const outlook = sheet.quality === 'stale' ? null : outlookOf(kpi, line, edition.format);
  return (
    <tr className={line.period === sheet.period ? 'shown' : undefined}>
      <th scope="row">{windowName(kpi, line.period, edition.language)}</th>
      <td className="number value" data-v={rawOf(line)}>
        <Value edition={edition} kpi={kpi} value={figureValueOf(line)} />
        {parts && <span className="sub">{parts}</span>}
        {interval && <span className="sub">{interval}</span>}
        {outlook && <span className="sub">{outlook}</span>}
      </td>
      <ChangeCell edition={edition} sheet={sheet} line={line} against="previous">
        <Reference edition={edition} sheet={sheet} value={figureValueOf(line, 'previous')} />
      </ChangeCell>
      <ChangeCell edition={edition} sheet={sheet} line={line} against="last_year">
        <Reference edition={edition} sheet={sheet} value={figureValueOf(line, 'last_year')} />
      </ChangeCell>
      <ChangeCell edition={edition} sheet={sheet} line={line} against="target">
        <Reference edition={edition} sheet={sheet} value={figureValueOf(line, 'target')} />
        <Whole edition={edition} sheet={sheet} line={line} />
      </ChangeCell>
      <td className="line">
        <Spark edition={edition} kpi={kpi} period={line.period} />
      </td>
    </tr>
  );
}

/** How far along the whole target is, where the window runs on. */
function Whole({ edition, sheet, line }: { edition: Edition; sheet: KpiDay; line: WindowFigures }) {
  const [value, fullTarget] = [figureValueOf(line), figureValueOf(line, 'full_target')];
  if (fullTarget === null || fullTarget <= 0 || value === null || sheet.quality === 'stale') return null;
  const { language, format } = edition;
  const share = formatShare(value / fullTarget, language);
  const full = formatShort(fullTarget, sheet.kpi.unit, format);
  return <span className="sub">{language.mail.targetWhole(share, full)}</span>;
}

/** What the change is against, under it. */
function Reference({ edition, sheet, value }: { edition: Edition; sheet: KpiDay; value: number | null }) {
  if (value === null) return null;
  return (
    <span className="sub">
      <Value edition={edition} kpi={sheet.kpi} value={value} />
    </span>
  );
}
