import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Platform } from '../../functions/platform/platform.ts';
import { figuresOf, localRun, mailsIn } from '../kit/local-run.ts';
import { tinyCompany, unmeasured } from '../kit/tiny-company.ts';

/** What a process that is killed leaves: nothing it does after its last effect happens. */
class Killed extends Error {}

interface Fuse {
  /** Effects seen, in order: `write snapshot/…`, `execute load orders`. */
  readonly effects: string[];
  readonly wrap: (platform: Platform) => Platform;
}

/** Lets `burnsAfter` effects on the world happen, and kills at the next one. */
function fuse(burnsAfter: number): Fuse {
  const effects: string[] = [];
  const guard =
    <A extends unknown[], R>(name: string, act: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> => {
      if (effects.length >= burnsAfter) return Promise.reject(new Killed(`${name} ${String(args[0])}`));
      effects.push(`${name} ${String(args[0]).slice(0, 80)}`);
      return act(...args);
    };
  const wrap = ({ bucket, engine, mailer, ...rest }: Platform): Platform => ({
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
  return { effects, wrap };
}

const AT = '2026-03-11T06:00:00Z';
const LATER = '2026-03-11T06:10:00Z';
let company: Awaited<ReturnType<typeof tinyCompany>>;
let reference: { figures: string[]; mails: string[]; effects: string[] };

const runIn = (state: string, wrap: Fuse['wrap'], at: string) =>
  localRun({ config: company.config, state, asOf: company.lastDay, from: '2026-03-08', at, wrap });

const outcome = async (state: string) => ({
  figures: await figuresOf({ config: company.config, state, at: AT }, '2026-03-01', company.lastDay),
  mails: [...mailsIn(state).keys()],
});

beforeAll(async () => {
  company = await tinyCompany(unmeasured);
  const state = join(company.folder, 'reference');
  const { effects, wrap } = fuse(Number.POSITIVE_INFINITY);
  await runIn(state, wrap, AT);
  reference = { ...(await outcome(state)), effects };
});
afterAll(() => expect(reference.effects.length).toBeGreaterThan(20));

/** The records of one stage are alike: the first two of them stand for all. */
function isOneOfMany(effects: readonly string[], effect: string, index: number): boolean {
  const [stage] = /^write work\/[^/]+\/[a-z]+\//.exec(effect) ?? [];
  return stage !== undefined && effects.slice(0, index).filter((each) => each.startsWith(stage)).length >= 2;
}

/** So many kinds of effects, spread over the run, are enough for every day. */
const PLACES = 7;

/** Effects of different kinds and rooms, spread over the run: `npm run test:crash` kills at each single one. */
function placesToDie(effects: readonly string[]): number[] {
  if (process.env['VIGIE_KILL_EVERYWHERE'])
    return effects.flatMap((effect, index) => (isOneOfMany(effects, effect, index) ? [] : [index]));
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
    for (const place of placesToDie(reference.effects)) {
      const state = join(company.folder, `killed-${place}`);
      const died = fuse(place);
      await runIn(state, died.wrap, AT).catch((error) => {
        if (!(error instanceof Killed)) throw error;
      });
      const healed = fuse(Number.POSITIVE_INFINITY);
      await runIn(state, healed.wrap, LATER);
      expect(await outcome(state), `killed at ${place}: ${reference.effects[place]}`).toEqual({
        figures: reference.figures,
        mails: reference.mails,
      });
    }
  }, 1_500_000);
});
