import { setTimeout as wait } from 'node:timers/promises';
import { hash, type Random, randomStream } from '../random.ts';
import type { Exchange, Misbehave } from '../vendors/serve.ts';
import type { VendorCall, VendorReply } from '../vendors/vendor.ts';
import { lastingMischiefs, type Mischief, passingMischiefs } from './mischiefs.ts';
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

export interface ChaosOptions {
  /** Another host: next links and redirects lead there, and nothing secret may arrive. */
  readonly foreignOrigin?: string;
  /** How a request is left without an answer. Default: the connection is dropped after half a second of silence. */
  readonly stall?: (exchange: Exchange) => Promise<VendorReply | 'taken'>;
}

/** What a mischief needs beside the exchange. */
export interface Surroundings extends Required<ChaosOptions> {
  /** The answer of the page before, of the same list; undefined on a first page. */
  readonly pageBefore: VendorReply | undefined;
  /** The answer to another call than the one that came: without its token, say. */
  ask(call: VendorCall): Promise<VendorReply>;
  /** Chooses in the same way whenever the same list is read. */
  readonly choice: Random;
}

/** A request is spoilt so many times at most, so that bounded retries can succeed. */
const MOST_IN_A_ROW = 2;
const NOWHERE = 'http://127.0.0.2:9';

/**
 * Makes vendors misbehave, as the seed says. What happens to a request depends on the seed, the request and how often
 * it came, not on the order of requests: the same seed does the same to the same pull. What passes (a 503, a dropped
 * connection) is spread over all vendors; what lasts (a changed field, a page too large) befalls one of them, for the
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
  /** Whom it befalls: the place among the kinds, from 0 up to 1. */
  readonly victim: number;
}

function temperOf(seed: number): Temper {
  const random = randomStream(seed, 'temper');
  const share = random.pick([2, 8, 20, 35]);
  const lasting = random.chance(0.5) ? random.pick(lastingMischiefs) : undefined;
  return { share, lasting, victim: random.float() };
}

const KINDS = 7;

function chosenFor(
  seed: number,
  temper: Temper,
  kind: string,
  request: string,
  time: number,
): Mischief | undefined {
  if (temper.lasting && hash(`${seed}/${kind}`) % KINDS === Math.floor(temper.victim * KINDS))
    return temper.lasting;
  const random = randomStream(seed, `${request}/${time}`);
  if (time >= MOST_IN_A_ROW || random.int(100) >= temper.share) return undefined;
  return random.pick(passingMischiefs);
}
