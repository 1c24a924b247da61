import validate from 'asl-validator';
import { describe, expect, test } from 'vitest';
import { pipeline } from '../../functions/pipeline.ts';
import { maintenanceMachine } from '../../infra/state-machine/maintenance-machine.ts';
import type { Json } from '../../infra/state-machine/paths.ts';
import { pipelineMachine } from '../../infra/state-machine/pipeline-machine.ts';
import { type Walked, walk } from '../../infra/state-machine/walk.ts';

const RUN = { run: '2026-11-24.20261125T060000Z', asOf: '2026-11-24', from: '2026-11-24' };
const machine = pipelineMachine(pipeline);

interface Call {
  readonly function: string;
  readonly payload: Readonly<Record<string, Json>>;
}
type Answers = (call: Call) => Json;

/** Functions as they answer when all is well: two items a stage that fans out, one otherwise. */
const wellBehaved: Answers = ({ function: name, payload }) => {
  if (payload['do'] === 'begin') return { status: 'go', run: RUN };
  const stage = pipeline.find(({ step }) => step === name);
  if (payload['do'] === 'items') return { items: stage?.over === 'run' ? ['all'] : ['one', 'two'] };
  return { status: 'ok' };
};

async function walked(answers: Answers, definition = machine): Promise<Walked & { readonly calls: Call[] }> {
  const calls: Call[] = [];
  const result = await walk(definition, {
    input: { date: '2026-11-24' },
    async invoke(name, payload) {
      const call = { function: name, payload: payload as Call['payload'] };
      calls.push(call);
      return answers(call);
    },
  });
  return { ...result, calls };
}

const said = ({ function: name, payload }: Call): string =>
  [name, payload['do'], payload['item']].filter((part) => part !== undefined).join(' ');

function failing(name: string, message = 'as asked'): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** Fails the n-th and every later call that `which` names, `times` times. */
function broken(which: string, error: Error, times = Number.POSITIVE_INFINITY): Answers {
  let left = times;
  return (call) => {
    if (said(call) === which && left-- > 0) throw error;
    return wellBehaved(call);
  };
}

describe('the state machine of the pipeline', () => {
  test('is valid Amazon States Language, also of one stage and of none', () => {
    for (const stages of [pipeline, pipeline.slice(-1), []])
      expect(validate(pipelineMachine(stages)).errorsText()).toBe('');
  });

  test('does the stages in the order of functions/pipeline.ts, each item once', async () => {
    const { status, calls } = await walked(wellBehaved);
    expect(status).toBe('succeeded');
    const stages = pipeline.flatMap(({ step, over }) => [
      `${step} items`,
      ...(over === 'run' ? ['all'] : ['one', 'two']).map((item) => `${step} item ${item}`),
    ]);
    expect(calls.map(said)).toEqual(['run begin', ...stages, 'run end']);
  });

  test('hands the run on to everything, and the execution’s own facts to its begin', async () => {
    const { calls } = await walked(wellBehaved);
    const [begin, ...others] = calls;
    expect(begin?.payload).toMatchObject({ input: { date: '2026-11-24' } });
    expect(begin?.payload['execution']).toMatch(/^arn:aws:states:/);
    expect(begin?.payload['startedAt']).toMatch(/Z$/);
    for (const { payload } of others) expect(payload['run']).toEqual(RUN);
  });

  test.each(['busy', 'nothing'])('ends well at once when begin says %s', async (status) => {
    const result = await walked(() => ({ status }));
    expect(result.status).toBe('succeeded');
    expect(result.calls.map(said)).toEqual(['run begin']);
  });

  test('does an unfinished item again until it is finished', async () => {
    let left = 3;
    const { calls } = await walked((call) =>
      said(call) === 'pull item one' && left-- > 0 ? { status: 'unfinished' } : wellBehaved(call),
    );
    expect(calls.filter((call) => said(call) === 'pull item one')).toHaveLength(4);
  });

  test('runs as many items at a time as the stage allows', async () => {
    const most = new Map<string, number>();
    const now = new Map<string, number>();
    await walk(machine, {
      async invoke(name, payload) {
        const call = { function: name, payload: payload as Call['payload'] };
        if (call.payload['do'] === 'items')
          return { items: Array.from({ length: 9 }, (_, index) => `${index}`) };
        now.set(name, (now.get(name) ?? 0) + 1);
        most.set(name, Math.max(most.get(name) ?? 0, now.get(name) ?? 0));
        await new Promise((resolve) => setTimeout(resolve, 1));
        now.set(name, (now.get(name) ?? 1) - 1);
        return wellBehaved(call);
      },
    });
    for (const { step, concurrency } of pipeline) expect(most.get(step)).toBe(concurrency);
  });

  const continuing = pipeline.filter(({ onFailure }) => onFailure === 'continue');
  test.each(continuing)(
    'a failed item of $step is recorded, and takes nothing else down',
    async ({ step, over }) => {
      const [one, two] = over === 'run' ? ['all', 'all'] : ['one', 'two'];
      const { status, calls } = await walked(
        broken(`${step} item ${one}`, failing('StepError', 'SQL_FAILED: no')),
      );
      expect(status).toBe('succeeded');
      const record = calls.find(({ payload }) => payload['do'] === 'failed');
      expect(record).toMatchObject({
        function: step,
        payload: { item: one, run: RUN, error: { Error: 'StepError', Cause: 'SQL_FAILED: no' } },
      });
      expect(calls.map(said)).toContain(`${step} item ${two}`);
      expect(calls.map(said).at(-1)).toBe('run end');
    },
  );

  test.each(continuing)(
    'a $step whose items cannot be listed is recorded by name, and people are still told',
    async ({ step }) => {
      const { status, calls } = await walked(broken(`${step} items`, failing('StepError', 'SQL_FAILED: no')));
      expect(status).toBe('succeeded');
      expect(calls.filter((call) => said(call) === `${step} failed`)).toMatchObject([
        { payload: { run: RUN, error: { Error: 'StepError', Cause: 'SQL_FAILED: no' } } },
      ]);
      expect(calls.map(said).filter((call) => call.startsWith(`${step} item `))).toEqual([]);
      expect(calls.map(said)).toContain('report item all');
      expect(calls.map(said).at(-1)).toBe('run end');
    },
  );

  const stopping = pipeline.filter(({ onFailure }) => onFailure === 'stop');
  test.each(stopping)(
    'a failed $step fails the execution in the state that failed, so that it can be redriven',
    async ({ step }) => {
      const { status, error, entered, calls } = await walked(
        broken(`${step} item all`, failing('StepError', 'why')),
      );
      expect({ status, error }).toEqual({ status: 'failed', error: { Error: 'StepError', Cause: 'why' } });
      expect(entered.at(-1)).toBe(`${step.charAt(0).toUpperCase()}${step.slice(1)}Item`);
      expect(calls.map(said)).not.toContain('run end');
    },
  );

  test('nothing leads to a Fail state: an execution that ends in one cannot be redriven', () => {
    expect(JSON.stringify(machine)).not.toContain('"Fail"');
  });

  test.each([
    ['RetryableError', 6],
    ['Lambda.TooManyRequestsException', 6],
    ['Sandbox.Timedout', 3],
    ['StepError', 1],
    ['TypeError', 1],
  ])('%s is tried %i times in all', async (name, tries) => {
    const { calls } = await walked(broken('judge item all', failing(name)));
    expect(calls.filter((call) => said(call) === 'judge item all')).toHaveLength(tries);
  });

  test.each(['Sandbox.Timedout', 'States.Timeout'])(
    'a load that outlasts its function (%s) is not begun again, and holds up no other',
    async (name) => {
      const { status, calls } = await walked(broken('load item one', failing(name)));
      expect(status).toBe('succeeded');
      expect(calls.filter((call) => said(call) === 'load item one')).toHaveLength(1);
      expect(calls.map(said)).toContain('load failed one');
    },
  );

  test('what passes in time does no harm', async () => {
    const { status, calls } = await walked(broken('load item two', failing('RetryableError'), 4));
    expect(status).toBe('succeeded');
    expect(calls.map(said)).not.toContain('load failed two');
  });
});

describe('the weekly maintenance', () => {
  const tables: Answers = ({ payload }) =>
    payload['item'] === undefined
      ? { items: ['orders', 'carts', 'sessions'] }
      : { status: 'ok', at: { part: 2, rounds: 0 } };
  const maintain = (answers: Answers) => walked(answers, maintenanceMachine());

  test('is valid Amazon States Language', () => {
    expect(validate(maintenanceMachine()).errorsText()).toBe('');
  });

  test('runs one statement an invocation, until a table is done', async () => {
    const answers = [
      { status: 'unfinished', at: { part: 0, rounds: 1 } },
      { status: 'unfinished', at: { part: 1, rounds: 0 } },
      { status: 'ok', at: { part: 2, rounds: 0 } },
    ];
    const { status, calls } = await maintain((call) =>
      call.payload['item'] === 'orders' ? (answers.shift() as Json) : tables(call),
    );
    expect(status).toBe('succeeded');
    const orders = calls.filter(({ payload }) => payload['item'] === 'orders');
    expect(orders.map(({ payload }) => payload['at'])).toEqual([
      { part: 0, rounds: 0 },
      { part: 0, rounds: 1 },
      { part: 1, rounds: 0 },
    ]);
    expect(calls.map(said).at(-1)).toBe('run maintain sessions');
  });

  test.each(['Sandbox.Timedout', 'StepError'])('%s of a statement: it is not begun again', async (name) => {
    const { calls } = await maintain((call) => {
      if (call.payload['item'] === 'orders') throw failing(name);
      return tables(call);
    });
    expect(calls.filter(({ payload }) => payload['item'] === 'orders')).toHaveLength(1);
  });

  test('tidies a table an invocation', async () => {
    const { status, calls } = await maintain(tables);
    expect(status).toBe('succeeded');
    expect(calls.map(said)).toEqual([
      'run maintain',
      ...['orders', 'carts', 'sessions'].map((name) => `run maintain ${name}`),
    ]);
  });

  test.each([
    ['says that it failed', () => ({ status: 'failed', at: { part: 0, rounds: 0 } })],
    [
      'breaks off',
      () => {
        throw failing('StepError');
      },
    ],
  ])('a table that %s holds up no other, and fails the whole at the end', async (_, answer) => {
    const { status, error, calls } = await maintain((call) =>
      call.payload['item'] === 'orders' ? answer() : tables(call),
    );
    expect(calls).toHaveLength(4);
    expect({ status, error: error?.Error }).toEqual({ status: 'failed', error: 'MaintenanceFailed' });
  });
});
