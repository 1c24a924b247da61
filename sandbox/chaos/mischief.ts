import type { Random } from '../kit/random.ts';
import type { Exchange } from '../vendors/serve.ts';
import type { VendorCall, VendorReply } from '../vendors/vendor.ts';

/** Something a vendor does wrong. */
export interface Mischief {
  readonly name: string;
  /** The spoilt answer; `taken` when it was given already; undefined where it does not fit the request. */
  spoil(exchange: Exchange, around: Surroundings): Promise<VendorReply | 'taken' | undefined>;
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
