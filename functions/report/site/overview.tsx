/** @jsxRuntime automatic @jsxImportSource react */
import { wordIn } from '../../lake/values/language.ts';
import { windowName } from '../../languages/dates.ts';
import { figureValueOf, headlineOf, type KpiDay } from '../model/day.ts';
import { byTheme } from '../model/headlines.ts';
import { Spark } from './charts.tsx';
import { type Edition, kpiLink } from './edition.ts';
import { ChangeCell, ComparedHead, columnNames, rawOf, Value } from './figures.tsx';
import { Marks } from './marks.tsx';

/** Every figure in one table: what a reader looks at first, and the way to each page. */
export function Overview({ edition, sheets }: { edition: Edition; sheets: readonly KpiDay[] }) {
  const { words, language } = edition;
  return (
    <section
      className="overview"
      aria-labelledby={edition.anchor('overview')}
      data-csv={`figures-${edition.data.asOf}`}
      data-csv-label={words.csv(words.overview)}
    >
      <h2 id={edition.anchor('overview')}>{words.overview}</h2>
      <table className="stacked" style={columnNames(edition)}>
        <ComparedHead words={words} first={words.figure} />
        {byTheme(sheets, ({ kpi }) => kpi.theme).map(({ theme, figures }) => (
          <tbody key={theme} data-group={theme}>
            <tr className="group">
              <th scope="rowgroup" colSpan={6}>
                {language.themes[theme]}
              </th>
            </tr>
            {figures.map((sheet) => (
              <OverviewRow key={sheet.kpi.id} edition={edition} sheet={sheet} />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

function OverviewRow({ edition, sheet }: { edition: Edition; sheet: KpiDay }) {
  const { kpi, period } = sheet;
  const { language } = edition;
  const line = headlineOf(sheet);
  if (!line) return null;
  return (
    <tr data-kpi={kpi.id}>
      <th scope="row">
        <a href={kpiLink(edition, kpi.id)}>{wordIn(kpi.names, language)}</a>{' '}
        <Marks edition={edition} sheet={sheet} />
        <span className="sub">{windowName(kpi, period, language)}</span>
      </th>
      <td className="number value" data-v={rawOf(line)}>
        <Value edition={edition} kpi={kpi} value={figureValueOf(line)} short />
      </td>
      <ChangeCell edition={edition} sheet={sheet} line={line} against="previous" />
      <ChangeCell edition={edition} sheet={sheet} line={line} against="last_year" />
      <ChangeCell edition={edition} sheet={sheet} line={line} against="target" />
      <td className="line">
        <Spark edition={edition} kpi={kpi} period={period} />
      </td>
    </tr>
  );
}
