import { pipeline, type Stage } from '../../functions/pipeline.ts';
import { memory } from '../constructs/memory.ts';
import { pipelineMachine } from '../state-machine/pipeline-machine.ts';
import { walk } from '../state-machine/walk.ts';
import { type Bytes, readMeasured } from './measured.ts';
import { PRICES } from './prices.ts';
import { ASSUMED, type Size } from './sizes.ts';

/** Dollars a month, by service. */
export type Costs = Readonly<Record<string, number>>;

/** How many alarms’ metrics a stack has: counted in its template. */
export interface StackFacts {
  readonly alarmMetrics: number;
}

/** What a company of this size costs a month. */
export async function costsOf(size: Size, { alarmMetrics }: StackFacts): Promise<Costs> {
  const day = await dayOf(size);
  const month = (dollars: number): number => dollars * ASSUMED.daysAMonth;
  const items = size.sources + size.batches + size.kpis + 3;
  const stored =
    size.rowsADay * 365 * size.years * ASSUMED.bytesARow +
    size.rowsADay * ASSUMED.rawDays * ASSUMED.rawBytesARow;
  return {
    Lambda: month(day.gbSeconds * PRICES.lambdaGbSecond + day.invocations * PRICES.lambdaRequest),
    'Step Functions': month(day.transitions * PRICES.transition),
    Athena: month((day.bytesBilled / 1e12) * PRICES.athenaTb),
    S3:
      (stored / 1e9) * PRICES.s3GbMonth +
      month(
        (items * ASSUMED.putsAnItem + size.pages + callsADay * ASSUMED.listsACall) * PRICES.s3Put +
          items * ASSUMED.getsAnItem * PRICES.s3Get,
      ),
    SES: month(size.readers * (PRICES.sesMail + (ASSUMED.bytesAMail / 1e9) * PRICES.sesGb)),
    CloudWatch:
      month(((day.invocations * ASSUMED.bytesLoggedAnInvocation) / 1e9) * PRICES.logsGb) +
      ASSUMED.metrics * PRICES.metric +
      alarmMetrics * PRICES.alarmMetric +
      ASSUMED.dashboards * PRICES.dashboard,
    'KMS, Secrets Manager': PRICES.key + size.sources * PRICES.secret,
  };
}

/** What is called by the clock, beside the run. */
const calls = Object.entries(ASSUMED.callsADay) as [keyof typeof ASSUMED.callsADay, number][];
const callsADay = sumOf(calls.map(([, times]) => times));

interface Day {
  readonly invocations: number;
  readonly transitions: number;
  readonly gbSeconds: number;
  readonly bytesBilled: number;
}

/** A day’s run, walked through the very state machine that is deployed, and what is called every hour. */
async function dayOf(size: Size): Promise<Day> {
  let invocations = callsADay;
  let gbSeconds = sumOf(calls.map(([name, times]) => times * ASSUMED.secondsACall * (memory[name] / 1024)));
  const { transitions } = await walk(pipelineMachine(pipeline), {
    async invoke(name, payload) {
      invocations += 1;
      const { do: doing } = payload as { readonly do: string };
      const stage = pipeline.find(({ step }) => step === name);
      const seconds = doing === 'item' && stage ? secondsOf(stage, size) : 1;
      gbSeconds += (memory[name as keyof typeof memory] / 1024) * seconds;
      if (doing === 'begin') return { status: 'go', run: {} };
      if (doing === 'items' && stage)
        return { items: Array.from({ length: itemsOf(stage, size) }, (_, index) => String(index)) };
      return { status: 'ok' };
    },
  });
  return { invocations, transitions, gbSeconds, bytesBilled: bytesBilled(size) };
}

const itemsOf = ({ over }: Stage, size: Size): number =>
  ({ source: size.sources, batch: size.batches, kpi: size.kpis, run: 1 })[over];

/** As large as it is with this company's rows a day and years. */
const scaled = ([two, three]: Bytes, { years }: Size, times: number): number =>
  (two + Math.max(0, three - two) * Math.max(0, years - 2)) * times;

/** Bytes of each statement of a day, by what asks them. */
export function statementsOf(size: Size) {
  const { rowsADay, kpis, checks, load } = readMeasured();
  const times = size.rowsADay / rowsADay;
  const ofBatch = size.rowsADay / size.batches / load.rowsADay;
  return {
    /** Of all KPIs there are: a company has so many of them, of the mean. */
    kpis: Object.values(kpis).map(({ bytes }) => scaled(bytes, size, times)),
    checks: Object.values(checks).flatMap(({ statements, bytes }) =>
      Array.from({ length: statements }, () => scaled(bytes, size, times) / statements),
    ),
    batch: load.statements.map((bytes) => scaled(bytes, size, ofBatch)),
  };
}

const meanOf = (numbers: readonly number[]): number =>
  numbers.length === 0 ? 0 : sumOf(numbers) / numbers.length;

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

const statementSeconds = (bytes: number): number =>
  ASSUMED.secondsAStatement + (bytes / 1e9) * ASSUMED.secondsAGb;

/** Seconds of one item of a stage. */
function secondsOf({ step }: Stage, size: Size): number {
  switch (step) {
    case 'pull':
      return (
        size.rowsADay / size.sources / ASSUMED.rowsASecond +
        (size.pages / size.sources) * ASSUMED.secondsAPage +
        2
      );
    case 'load':
      return sumOf(statementsOf(size).batch.map(statementSeconds));
    case 'check':
      return sumOf(statementsOf(size).checks.map(statementSeconds)) / ASSUMED.checksAtOnce;
    case 'measure':
      return meanOf(statementsOf(size).kpis.map(statementSeconds));
    case 'judge':
      return 10;
    case 'report':
      return 10 + size.readers * ASSUMED.secondsAMail;
  }
}

/** What Athena bills of a day, in bytes: no statement less than the least. */
export function bytesBilled(size: Size): number {
  const { kpis, checks, batch } = statementsOf(size);
  const billed = (bytes: readonly number[]): number[] =>
    bytes.map((each) => Math.max(each, PRICES.athenaLeastBytes));
  return size.kpis * meanOf(billed(kpis)) + size.batches * sumOf(billed(batch)) + sumOf(billed(checks));
}

/** Bytes by which a day's reading grows with each year of history: first orders, lives, the funnel. */
export const grownAYear = (size: Size): number =>
  bytesRead({ ...size, years: 3 }) - bytesRead({ ...size, years: 2 });

function bytesRead(size: Size): number {
  const { kpis, checks, batch } = statementsOf(size);
  return size.kpis * meanOf(kpis) + sumOf(checks) + size.batches * sumOf(batch);
}

/** Bytes that the dearest statement of a day reads: less than `aws.max_scan_gb`. */
export function dearestStatement(size: Size): number {
  const { kpis, checks, batch } = statementsOf(size);
  return Math.max(...kpis, ...checks, ...batch);
}

export const totalOf = (costs: Costs): number => Object.values(costs).reduce((sum, cost) => sum + cost, 0);
