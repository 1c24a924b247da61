import { type BusinessEvent, readEvents, touches } from '../../functions/lake/alerts/events.ts';
import {
  comparisonNames,
  isComparison,
  type Kpi,
  type PeriodName,
} from '../../functions/lake/catalogue/kpi.ts';
import { readLabels } from '../../functions/lake/catalogue/labels.ts';
import { spanOf } from '../../functions/lake/company/calendar.ts';
import { LONGEST_EVENT } from '../../functions/lake/company/event.ts';
import { figureValue, type SnapshotRow } from '../../functions/lake/snapshot/snapshot.ts';
import { isRecorded, latestAsOf, readFigures } from '../../functions/lake/snapshot/store.ts';
import { saidIn, wordIn } from '../../functions/lake/values/language.ts';
import { windowName } from '../../functions/languages/dates.ts';
import { en } from '../../functions/languages/en.ts';
import { formatValue } from '../../functions/languages/numbers.ts';
import { oneLine } from '../../functions/languages/one-line.ts';
import { firstDayOf } from '../../functions/measure/coverage.ts';
import { kpiStatements } from '../../functions/measure/statement.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { concerns } from '../../functions/report/letters/noted.ts';
import { out } from '../colours.ts';
import { type Context, runCommand } from '../context.ts';
import { asTable } from '../print.ts';
import { countedBeside } from './counted-beside.ts';
import { knownFrom } from './known-from.ts';
import { moversOf } from './movers.ts';
import { provenanceOf } from './provenance.ts';
import { notMeasured, unknownOf } from './unknown.ts';

/** The day that is asked for, or the newest one measured. Throws NO_FIGURES. */
export async function dayAsked(context: Context, kpi: string, date?: string): Promise<string> {
  const day = date ?? (await latestAsOf(context.platform.bucket, kpi));
  if (day !== undefined) return day;
  throw notMeasured(context, kpi, `${kpi} has not been measured yet.`, runCommand(context));
}

/** The statements that compute a KPI for a day. */
export const sqlOf = async (context: Context, kpi: Kpi, date: string): Promise<string> =>
  kpiStatements({
    dialect: context.platform.engine.dialect,
    catalogue: context.catalogue,
    kpi,
    asOfs: [date],
    company: context.company.company,
    windowsOff: context.company.kpis.windows_off,
    dataFrom: await firstDayOf(context.platform.bucket, context.company, kpi, context.catalogue.tables),
  })
    .map((statement) => statement.sql)
    .join(';\n');

/** Where a figure comes from, in lines. Throws WINDOW_UNKNOWN, NO_FIGURES. */
export async function explanation(
  context: Context,
  kpi: Kpi,
  date: string,
  period: PeriodName,
  sql: string,
): Promise<string[]> {
  if (!kpi.windows.includes(period)) {
    throw new VigieError(`${kpi.id} has no window ${period}.`, {
      code: 'WINDOW_UNKNOWN',
      hint: `It offers ${kpi.windows.join(', ')}.`,
    });
  }
  const rows = await readFigures(context.platform.bucket, {
    kpis: [kpi.id],
    from: date,
    to: date,
    periods: [period],
  });
  const labels = await readLabels(context.platform.bucket);
  if (rows.length === 0 && !(await isRecorded(context.platform.bucket, kpi.id, date)))
    throw notMeasured(
      context,
      kpi.id,
      `${kpi.id} has no figures of ${date}, ${period}.`,
      `${runCommand(context)} --date ${date}`,
    );
  return [
    out.bold(`${wordIn(kpi.names, en)}, ${date}, ${windowName(kpi, period, en)}`),
    wordIn(kpi.describes, en),
    '',
    out.bold('Figures'),
    figures(context, kpi, date, period, rows),
    ...(await knownFrom(context, kpi, date, period, labels)),
    '',
    ...(await unknownOf(context, kpi, date, period, rows)),
    out.bold('What moved it'),
    ...(await moversOf(context, { kpi, asOf: date, period, against: 'previous', labels })),
    ...(await moversOf(context, { kpi, asOf: date, period, against: 'last_year', labels })),
    '',
    ...(await whatHappened(context, kpi, date, period)),
    ...(await countedBeside(context, kpi, date)),
    ...(await provenanceOf(context, kpi, date, period, rows)),
    '',
    out.bold('SQL'),
    out.dim(
      `  ${kpi.file}; as it ran: vigie explain ${kpi.id} --date ${date} --sql (${sql.split('\n').length} lines)`,
    ),
  ];
}

/** What people noted of the window and of those that it is compared with. */
async function whatHappened(
  { platform, company }: Context,
  kpi: Kpi,
  date: string,
  period: PeriodName,
): Promise<string[]> {
  const events = await readEvents(platform.bucket, company);
  const lines = comparisonNames.flatMap((comparison) => {
    const { startsOn, endsOn } = spanOf(company.company, date, period, comparison);
    return events
      .filter((event) => touches(event, { from: startsOn, to: endsOn }) && concerns(event, kpi, null))
      .map((event) => `  ${comparison}: ${eventLine(event)}`);
  });
  return lines.length === 0 ? [] : [out.bold('What happened'), ...lines, ''];
}

const eventLine = ({ from, to, kind, text, dimension, member }: BusinessEvent): string => {
  const said = oneLine(saidIn(text, en), LONGEST_EVENT);
  const whose = member === null ? '' : `, ${dimension} ${oneLine(member, 60)}`;
  return `${en.events.span(from, to)}  ${en.events.kinds[kind]}  ${said}${whose}`;
};

function figures(
  context: Context,
  kpi: Kpi,
  date: string,
  period: PeriodName,
  rows: readonly SnapshotRow[],
): string {
  const options = { language: en, currency: context.company.company.currency } as const;
  const lines = rows
    .filter((row) => row.dimension === null)
    .map((row) => {
      const { comparison } = row;
      const span = isComparison(comparison)
        ? spanOf(context.company.company, date, period, comparison)
        : null;
      const days = span ? `${span.startsOn} to ${span.endsOn}` : '';
      return [
        row.comparison,
        days,
        row.numerator ?? '–',
        row.denominator ?? '–',
        formatValue(figureValue(row, kpi.ratio), kpi.unit, options),
        row.quality,
      ];
    });
  return lines.length === 0
    ? '  no data'
    : asTable(['', 'days', 'numerator', 'denominator', 'value', 'quality'], lines, [2, 3, 4]);
}
