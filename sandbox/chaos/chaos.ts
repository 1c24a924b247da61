import { setTimeout as wait } from 'node:timers/promises';
import { hash, randomStream } from '../kit/random.ts';
import type { Exchange, Misbehave } from '../vendors/serve.ts';
import type { VendorReply } from '../vendors/vendor.ts';
import type { ChaosOptions, Mischief, Surroundings } from './mischief.ts';
import { lastingMischiefs, passingMischiefs } from './mischiefs.ts';
import { pageOf } from './paging.ts';

/** What was done to a client, for those who want to know that a seed did anything at all. */
export interface Deed {
  readonly kind: string;
  readonly mischief: string;
  readonly request: string;
}

export interface Chaos {
  readonly misbehave: Misbehave;
  readonly deeds: readonly Deed[];
}

/** A request is spoilt so many times at most, so that bounded retries can succeed. */
const MOST_IN_A_ROW = 2;
const NOWHERE = 'http://127.0.0.2:9';

/**
 * Makes vendors misbehave, as the seed says. What happens to a request depends on the seed, the request and how often
 * it came, not on the order of requests: the same seed does the same to the same pull. What passes (a 503, a dropped
 * connection) is spread over all vendors; what lasts (a changed field, a page too large) befalls some of them, for the
 * whole run, with one seed in two.
 */
export function chaosOf(seed: number, options: ChaosOptions = {}): Chaos {
  const temper = temperOf(seed);
  const times = new Map<string, number>();
  const pages = new Map<string, VendorReply>();
  const deeds: Deed[] = [];
  const surroundings = (exchange: Exchange, list: string): Surroundings => ({
    foreignOrigin: options.foreignOrigin ?? NOWHERE,
    stall: options.stall ?? dropSilently,
    pageBefore: pages.get(list),
    ask: exchange.ask,
    choice: randomStream(seed, `${exchange.kind}/${list}`),
  });
  return {
    deeds,
    async misbehave(exchange) {
      const page = pageOf(exchange.call);
      const list = `${exchange.kind} ${page.list}`;
      const request = `${list} ${page.place}`;
      const time = times.get(request) ?? 0;
      times.set(request, time + 1);
      const mischief = chosenFor(seed, temper, exchange.kind, request, time);
      const reply = await mischief?.spoil(exchange, surroundings(exchange, page.place === '' ? '' : list));
      if (mischief && reply !== undefined) {
        deeds.push({ kind: exchange.kind, mischief: mischief.name, request });
        return reply;
      }
      const good = await exchange.ask(exchange.call);
      if (good.status === 200) pages.set(list, good);
      return good;
    },
  };
}

const SILENCE_MS = 500;

async function dropSilently({ response }: Exchange): Promise<'taken'> {
  await Promise.race([wait(SILENCE_MS), new Promise((resolve) => response.once('close', resolve))]);
  response.destroy();
  return 'taken';
}

interface Temper {
  /** Of a hundred requests, so many are spoilt in passing. */
  readonly share: number;
  readonly lasting: Mischief | undefined;
}

function temperOf(seed: number): Temper {
  const random = randomStream(seed, 'temper');
  const share = random.pick([2, 8, 20, 35]);
  const lasting = random.chance(0.5) ? random.pick(lastingMischiefs) : undefined;
  return { share, lasting };
}

/** What lasts befalls one vendor in so many. */
const BEFALLS = 3;

function chosenFor(
  seed: number,
  temper: Temper,
  kind: string,
  request: string,
  time: number,
): Mischief | undefined {
  if (temper.lasting && hash(`${kind}/${seed}`) % BEFALLS === 0) return temper.lasting;
  const random = randomStream(seed, `${request}/${time}`);
  if (time >= MOST_IN_A_ROW || random.int(100) >= temper.share) return undefined;
  return random.pick(passingMischiefs);
}
