import { appendFileSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noteCalled } from '../../functions/lake/run/waits.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import { tellDue } from '../../functions/report/tell-due.ts';
import { figuresOf, localRun, mailsIn, withContext } from '../kit/local-run.ts';
import { quickFolder } from '../kit/quick-folder.ts';
import { tinyCompany, unmeasured } from '../kit/tiny-company.ts';
import { isItsTurn } from '../kit/turn.ts';

/** What is told of each effect on the world before it happens, in order: `write snapshot/…`, `execute load orders`. */
type BeforeEffect = (effect: string, index: number) => void;

/** Lets effects happen one after the other, so that before each the world is what a process killed there leaves. */
function oneByOne(before: BeforeEffect): (platform: Platform) => Platform {
  const limit = pLimit(1);
  let index = 0;
  const guard =
    <A extends unknown[], R>(name: string, act: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> =>
      limit(() => {
        before(`${name} ${String(args[0]).slice(0, 80)}`, index++);
        return act(...args);
      });
  return ({ bucket, engine, mailer, ...rest }) => ({
    ...rest,
    bucket: {
      ...bucket,
      write: guard('write', bucket.write),
      writeStream: guard('write', bucket.writeStream),
      create: guard('create', bucket.create),
      remove: guard('remove', bucket.remove),
    },
    engine: { ...engine, execute: guard('execute', engine.execute) },
    mailer: { ...mailer, send: guard('send', mailer.send) },
  });
}

const AT = '2026-03-11T06:00:00Z';
const LATER = '2026-03-11T06:10:00Z';
/** In Paris. One reader is told at this hour, by whoever comes by. */
const NINE = '2026-03-11T08:00:00Z';
const READER = '  - { email: nine@example.com, language: en, roles: [executive], hour: 9 }\n';
let company: Awaited<ReturnType<typeof tinyCompany>>;
let reference: { figures: string[]; mails: string[]; effects: string[] };

const runIn = (state: string, at: string, before?: BeforeEffect) =>
  localRun({
    ...{ config: company.config, state, asOf: company.lastDay, from: '2026-03-08', at },
    ...(before && { wrap: oneByOne(before) }),
  });

/** The state of a machine on which something comes by every hour. */
async function hourly(name: string): Promise<string> {
  const state = join(company.folder, name);
  await noteCalled(fileBucket(state), new Date(AT));
  return state;
}

const comeBy = (state: string) => withContext({ config: company.config, state, at: NINE }, tellDue);

const outcome = async (state: string) => ({
  figures: await figuresOf({ config: company.config, state, at: AT }, '2026-03-01', company.lastDay),
  mails: [...mailsIn(state).keys()],
});

beforeAll(async () => {
  company = await tinyCompany(unmeasured, await quickFolder('vigie-killed-'));
  appendFileSync(company.config, READER);
  const state = await hourly('reference');
  const effects: string[] = [];
  await runIn(state, AT, (effect) => effects.push(effect));
  expect(effects).toContainEqual(expect.stringMatching(/^create outbox\/.*\/waits\.json/));
  expect(await comeBy(state)).toMatchObject([{ mails: [{ status: 'sent' }], waits: [] }]);
  reference = { ...(await outcome(state)), effects };
});
afterAll(() => {
  rmSync(company.folder, { recursive: true });
  expect(reference.effects.length).toBeGreaterThan(20);
});

/** The records of one stage are alike, and the pages of one day: the first two of them stand for all. */
function isOneOfMany(effects: readonly string[], effect: string, index: number): boolean {
  const [stage] = /^write (work\/[^/]+\/[a-z]+|reports\/[^/]+)\//.exec(effect) ?? [];
  return stage !== undefined && effects.slice(0, index).filter((each) => each.startsWith(stage)).length >= 2;
}

/** So many kinds of effects, spread over the run, are enough for every day. */
const PLACES = 7;

/** Effects of different kinds and rooms, spread over the run: `npm run test:crash` kills at each single one, CI at a third of them in turn. */
function placesToDie(effects: readonly string[]): number[] {
  if (process.env['VIGIE_KILL_EVERYWHERE'])
    return effects
      .flatMap((effect, index) => (isOneOfMany(effects, effect, index) ? [] : [index]))
      .filter((_, at) => isItsTurn(at));
  const kinds = new Map<string, number>();
  for (const [index, effect] of effects.entries()) kinds.set(effect.replace(/^(\S+ [a-z]+).*$/, '$1'), index);
  const places = [...kinds.values()].sort((a, b) => a - b);
  const step = Math.max(1, places.length / PLACES);
  return Array.from(
    { length: Math.min(PLACES, places.length) },
    (_, at) => places[Math.floor(at * step)] as number,
  );
}

describe('a run that is killed and run again', () => {
  test('gives the same figures and one mail each, wherever it died', async () => {
    const places = new Set(placesToDie(reference.effects));
    const killed: { readonly state: string; readonly before: string }[] = [];
    const dying = await hourly('dying');
    await runIn(dying, AT, (effect, index) => {
      if (!places.has(index)) return;
      const state = join(company.folder, `killed-${index}`);
      mkdirSync(dying, { recursive: true });
      cpSync(dying, state, { recursive: true });
      killed.push({ state, before: `${index}: ${effect}` });
    });
    expect(killed).toHaveLength(places.size);
    for (const { state, before } of killed) {
      await runIn(state, LATER);
      await comeBy(state);
      expect(await outcome(state), `killed before effect ${before}`).toEqual({
        figures: reference.figures,
        mails: reference.mails,
      });
      rmSync(state, { recursive: true });
    }
  }, 1_500_000);
});
