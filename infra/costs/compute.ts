import { pipeline, type Stage } from '../../functions/pipeline.ts';
import { memory } from '../constructs/memory.ts';
import { pipelineMachine } from '../state-machine/pipeline-machine.ts';
import { walk } from '../state-machine/walk.ts';
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
        (items * ASSUMED.putsAnItem + size.pages) * PRICES.s3Put + items * ASSUMED.getsAnItem * PRICES.s3Get,
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

interface Day {
  readonly invocations: number;
  readonly transitions: number;
  readonly gbSeconds: number;
  readonly bytesBilled: number;
}

/** A day’s run, walked through the very state machine that is deployed. */
async function dayOf(size: Size): Promise<Day> {
  let invocations = 0;
  let gbSeconds = 0;
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

/** What one KPI’s statement reads: constant as history grows. */
const bytesOfKpi = ({ rowsADay, years }: Size): number =>
  rowsADay * Math.min(ASSUMED.daysRead, 365 * years) * ASSUMED.bytesARow * ASSUMED.columnsRead;

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
      return ASSUMED.statementsABatch * statementSeconds(bytesOfBatch(size));
    case 'check':
      return ASSUMED.checks * statementSeconds(bytesOfCheck(size));
    case 'measure':
      return statementSeconds(bytesOfKpi(size));
    case 'judge':
      return 10;
    case 'report':
      return 10 + size.readers * ASSUMED.secondsAMail;
  }
}

/** A merge reads the months that a batch touches: two of them. */
const bytesOfBatch = ({ rowsADay, batches }: Size): number => (rowsADay / batches) * 61 * ASSUMED.bytesARow;
/** A check looks at the last month. */
const bytesOfCheck = ({ rowsADay }: Size): number => rowsADay * 31 * ASSUMED.bytesARow * ASSUMED.columnsRead;

function bytesBilled(size: Size): number {
  const billed = (bytes: number): number => Math.max(bytes, PRICES.athenaLeastBytes);
  return (
    size.kpis * billed(bytesOfKpi(size)) +
    size.batches * ASSUMED.statementsABatch * billed(bytesOfBatch(size)) +
    ASSUMED.checks * billed(bytesOfCheck(size))
  );
}

export const totalOf = (costs: Costs): number => Object.values(costs).reduce((sum, cost) => sum + cost, 0);
