import { awsSection } from '../../functions/lake/company/aws.ts';
import {
  bytesBilled,
  type Costs,
  costsOf,
  dearestStatement,
  grownAYear,
  type StackFacts,
  statementsOf,
  totalOf,
} from './compute.ts';
import { MEASURED_FILE } from './measured.ts';
import { PRICES } from './prices.ts';
import { ASSUMED, SIZES, type Size } from './sizes.ts';

/** docs/operations/costs.md, whole. */
export async function costsPage(facts: StackFacts): Promise<string> {
  const columns = await Promise.all(SIZES.map(async (size) => ({ size, costs: await costsOf(size, facts) })));
  const services = Object.keys(columns[0]?.costs ?? {});
  const row = (label: string, cells: readonly string[]): string => `| ${label} | ${cells.join(' | ')} |`;
  const line = (label: string, say: (size: Size) => string): string => row(label, SIZES.map(say));
  const cost = (label: string, of: (costs: Costs) => number): string =>
    row(
      label,
      columns.map(({ costs }) => dollars(of(costs))),
    );
  const { checks, batch } = counts();
  return [
    '# What it costs a month',
    '',
    'Computed by `npm run docs:costs` (`infra/costs/`): a day’s run is walked through the state machine that is deployed, with',
    'the assumptions below. US dollars, list prices of Europe (Ireland) as of 2025, without tax and without free tiers.',
    '',
    row(
      '',
      SIZES.map(({ name }) => name),
    ),
    `|---|${SIZES.map(() => '--:|').join('')}`,
    ...services.map((service) => cost(service, (costs) => costs[service] ?? 0)),
    cost('**together**', totalOf),
    '',
    '## The three companies',
    '',
    row(
      '',
      SIZES.map(({ name }) => name),
    ),
    `|---|${SIZES.map(() => '--:|').join('')}`,
    line('', ({ says }) => says),
    line('sources', ({ sources }) => `${sources}`),
    line('batches a day', ({ batches }) => `${batches}`),
    line('KPIs', ({ kpis }) => `${kpis}`),
    line('readers', ({ readers }) => `${readers}`),
    line('rows a day', ({ rowsADay }) => rowsADay.toLocaleString('en')),
    line('years of history', ({ years }) => `${years}`),
    line('pages asked of vendors a day', ({ pages }) => pages.toLocaleString('en')),
    '',
    '## What Athena reads a day',
    '',
    row(
      '',
      SIZES.map(({ name }) => name),
    ),
    `|---|${SIZES.map(() => '--:|').join('')}`,
    line('billed, GB', (size) => gigabytes(bytesBilled(size))),
    line('read, more with each year of history, GB', (size) => gigabytes(grownAYear(size))),
    line('the dearest statement, GB', (size) => gigabytes(dearestStatement(size))),
    '',
    'What grows with history are first orders and lives of customers, and the funnel: narrow columns, which somebody who came long ago',
    `may still move. Of the large company that is ${dollars(monthly(grownAYear(SIZES.at(-1) as Size)))} dollars a month more with each year. A table of first orders, kept`,
    'beside the orders, would save a part of that and could be wrong: there is none.',
    '',
    `Without a word in vigie.yaml no statement may read more than ${aws.max_scan_gb} GB (\`aws.max_scan_gb\`), and an alarm rings at`,
    `${aws.daily_scan_gb.toLocaleString('en')} GB a day (\`aws.daily_scan_gb\`), another at half of it: more than twice what any of these companies reads.`,
    '',
    '## Assumptions',
    '',
    `- A row takes ${ASSUMED.bytesARow} bytes in the lake and ${ASSUMED.rawBytesARow} in the raw archive, which is kept for ${ASSUMED.rawDays} days.`,
    `- What statements read was measured on Trino, with two years of rows and with three (\`${MEASURED_FILE}\`, by`,
    '  `test/engines/bytes.loopback.ts` and `load-bytes.loopback.ts`, which hold it to that), and is scaled by rows a day; what grows with',
    '  history by years. Made-up rows have few different values, so that of a company may be twice as much. A company has so many KPIs of the mean, and all checks of all tables. Athena bills at least',
    `  ${PRICES.athenaLeastBytes / 1e6} MB a statement: ${checks} statements of checks and ${batch} a batch are most of a small company’s bytes.`,
    `- A function waits ${ASSUMED.secondsAStatement} s for a statement, and ${ASSUMED.secondsAGb} s more for each GB; checks ask ${ASSUMED.checksAtOnce} at once.`,
    `- Pull maps ${ASSUMED.rowsASecond.toLocaleString('en')} rows a second and waits ${ASSUMED.secondsAPage} s for a page. A mail has ${ASSUMED.bytesAMail / 1000} kB.`,
    `- Beside the run ${calls.report + calls.run} calls a day look whose hour has come and whether the digests are out that are due, ${ASSUMED.secondsACall} s each.`,
    '- Everybody gets one mail a day. A back-fill of a year adds one run: its statements read what a year’s windows need, once.',
    '',
    'Nothing costs anything while nothing runs, but for what is stored, the key, the secrets, metrics and alarms. The largest',
    'part of a large company’s bill is Athena: [bytes-scanned](bytes-scanned.md) tells when it grows.',
    '',
  ].join('\n');
}

const aws = awsSection.parse({});
const calls = ASSUMED.callsADay;

/** How many statements a day's checks ask, and a batch. */
function counts(): { checks: number; batch: number } {
  const { checks, batch } = statementsOf(SIZES[0] as Size);
  return { checks: checks.length, batch: batch.length };
}

const monthly = (bytesADay: number): number => (bytesADay / 1e12) * PRICES.athenaTb * ASSUMED.daysAMonth;
const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(2);
const dollars = (amount: number): string => amount.toFixed(2);
