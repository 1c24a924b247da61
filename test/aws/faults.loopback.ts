import { appendFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { FunctionName } from '../../infra/access.ts';
import { figureLines } from '../kit/aws/outcome.ts';
import { bundlesOf, type Invoke, LambdaFailure, type TestStack, testStack } from '../kit/aws/stack.ts';
import { type TinyCompany, tinyCompany, unmeasured } from '../kit/tiny-company.ts';

/** Whatever goes wrong on the way, a run ends with the same figures, and everybody has one mail. */
const FROM = '2026-03-08';
const kpis = loadCatalogue().kpis.map((kpi) => kpi.id);
let tiny: TinyCompany;
let bundle: (name: FunctionName) => string;
let reference: Outcome;

interface Outcome {
  readonly figures: readonly string[];
  /** Kind, reader and subject of each mail. */
  readonly mails: readonly string[];
}

async function outcomeOf(stack: TestStack): Promise<Outcome> {
  const figures = await figureLines(stack.bucket, kpis, '2026-03-01', tiny.lastDay);
  const mails = stack.mail.mails.map(
    ({ to, raw }) => `${to.join()}|${/^Subject: (.*)$/m.exec(Buffer.from(raw).toString('utf8'))?.[1]}`,
  );
  return { figures, mails: mails.sort() };
}

/** A fresh stack, one execution in it. */
async function live(prepare: (stack: TestStack) => Invoke | undefined): Promise<Outcome> {
  const { folder, config, lastDay } = tiny;
  const stack = await testStack({
    motoUrl: inject('motoUrl'),
    trinoUrl: inject('trinoUrl'),
    config,
    folder,
    bundle,
  });
  try {
    const walked = await stack.execute({ from: FROM, to: lastDay }, prepare(stack));
    expect(walked.status, JSON.stringify(walked.error)).toBe('succeeded');
    return await outcomeOf(stack);
  } finally {
    await stack.close();
  }
}

beforeAll(async () => {
  tiny = await tinyCompany(unmeasured);
  // SES takes mails of verified senders only.
  await appendFile(tiny.config, '\ndelivery: { from: Vigie <vigie@marelune.example> }\n');
  const first = await testStack({
    motoUrl: inject('motoUrl'),
    trinoUrl: inject('trinoUrl'),
    config: tiny.config,
    folder: tiny.folder,
  });
  bundle = await bundlesOf({ company: first.company, folder: tiny.folder });
  await first.execute({ from: FROM, to: tiny.lastDay });
  reference = await outcomeOf(first);
  await first.close();
});
afterAll(() => {
  expect(reference.figures.length).toBeGreaterThan(100);
  expect(reference.mails).toHaveLength(4);
});

describe('the same result, one mail each', () => {
  test('with throttling, errors of S3 and SES, lost statements and lost answers', async () => {
    let requests = 0;
    const outcome = await live((stack) => {
      const { faults } = stack.athena;
      Object.assign(faults, { throttle: 12, lose: 2, drop: 3, stumble: 2 });
      stack.mail.faults.throttle = 1;
      // Every 23rd request fails, and of every 29th only the answer.
      stack.faults.judge = () => {
        requests += 1;
        return requests % 23 === 0 ? 'fail' : requests % 29 === 0 ? 'drop' : 'pass';
      };
      return undefined;
    });
    expect(requests).toBeGreaterThan(100);
    expect(outcome).toEqual(reference);
  });

  test('with every step invoked twice, one after the other and at once', async () => {
    let twice = 0;
    const outcome = await live(() => async (_, event, call) => {
      twice += 1;
      // Lambda may deliver an event twice; Step Functions may time out and try again while the first goes on.
      if (twice % 2 === 0) return (await Promise.all([call(event), call(event).catch(() => null)]))[0];
      await call(event);
      return call(event);
    });
    expect(twice).toBeGreaterThan(20);
    expect(outcome).toEqual(reference);
  });

  test('with every step killed half-way, once', async () => {
    const killed = new Set<string>();
    const outcome = await live((stack) => async (name, event) => {
      const asked = event as { readonly do: string };
      const step = `${name} ${asked.do}`;
      // One of a kind, and never while others are at work: the gate cannot tell whose request it sees.
      const shallDie = !killed.has(step);
      killed.add(step);
      let kill = (): void => {};
      if (shallDie) {
        let effects = 0;
        stack.faults.judge = (asking, method) => {
          if (asking !== name) return 'pass';
          if (method !== 'GET' && method !== 'HEAD') effects += 1;
          if (effects === 1) kill();
          return 'pass';
        };
      }
      return (await stack.functions.invoke(name, event, { started: (stop) => (kill = stop) })) as never;
    });
    expect(killed.size).toBeGreaterThanOrEqual(13);
    expect(outcome).toEqual(reference);
  });
});

describe('what cannot be mended', () => {
  test('a step that fails for good ends the run, tells the topic, and a redrive goes on', async () => {
    const { folder, config, lastDay } = tiny;
    const stack = await testStack({
      motoUrl: inject('motoUrl'),
      trinoUrl: inject('trinoUrl'),
      config,
      folder,
      bundle,
    });
    const walked = await stack.execute({ from: FROM, to: lastDay }, async (name, event, call) => {
      if (name === 'judge') throw new LambdaFailure('TypeError', '{"errorMessage":"a bug of ours"}');
      return call(event);
    });
    expect(walked).toMatchObject({ status: 'failed', error: { Error: 'TypeError' } });
    expect(stack.mail.mails).toEqual([]);
    // Nobody holds the lock: the day can be started again.
    const again = await stack.execute({ from: FROM, to: lastDay });
    expect(again.status).toBe('succeeded');
    expect(await outcomeOf(stack)).toEqual(reference);
    await stack.close();
  });

  test('a KPI that breaks off takes nothing else down, and ops read why', async () => {
    const { folder, config, lastDay } = tiny;
    const stack = await testStack({
      motoUrl: inject('motoUrl'),
      trinoUrl: inject('trinoUrl'),
      config,
      folder,
      bundle,
    });
    const walked = await stack.execute({ from: FROM, to: lastDay }, async (_, event, call) => {
      const { do: asked, item } = event as { readonly do: string; readonly item?: string };
      if (asked === 'item' && item === 'orders')
        throw new LambdaFailure('Sandbox.Timedout', '{"errorMessage":"Task timed out after 900.00 seconds"}');
      return call(event);
    });
    expect(walked.status).toBe('succeeded');
    const outcome = await outcomeOf(stack);
    expect(outcome.figures).toEqual(reference.figures.filter((line) => !line.startsWith('orders|')));
    const ops = stack.mail.mails
      .map(({ raw }) => Buffer.from(raw).toString('utf8'))
      .filter((mail) => /Indicateur orders/.test(mail));
    expect(ops).toHaveLength(1);
    await stack.close();
  });
});
