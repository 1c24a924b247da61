import { type Costs, costsOf, type StackFacts, totalOf } from './compute.ts';
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
    '## Assumptions',
    '',
    `- A row takes ${ASSUMED.bytesARow} bytes in the lake and ${ASSUMED.rawBytesARow} in the raw archive, which is kept for ${ASSUMED.rawDays} days.`,
    `- A KPI’s statement reads ${ASSUMED.daysRead} days of a third of the columns, however long the history is; Athena bills at least ${PRICES.athenaLeastBytes / 1e6} MB a statement.`,
    `- ${ASSUMED.statementsABatch} statements a batch, ${ASSUMED.checks} checks a day; a function waits ${ASSUMED.secondsAStatement} s for one, and ${ASSUMED.secondsAGb} s more for each GB.`,
    `- Pull maps ${ASSUMED.rowsASecond.toLocaleString('en')} rows a second and waits ${ASSUMED.secondsAPage} s for a page. A mail has ${ASSUMED.bytesAMail / 1000} kB.`,
    '- Everybody gets one mail a day. A back-fill of a year adds one run: its statements read what a year’s windows need, once.',
    '',
    'Nothing costs anything while nothing runs, but for what is stored, the key, the secrets, metrics and alarms. The largest',
    'part of a large company’s bill is Athena: [bytes-scanned](bytes-scanned.md) tells when it grows.',
    '',
  ].join('\n');
}

const dollars = (amount: number): string => amount.toFixed(2);
