import type { Company, CompanyDay } from '../companies/wholesale/business/company.ts';
import type { Effects } from '../companies/wholesale/business/effects.ts';
import type { Day } from '../kit/calendar.ts';

/**
 * A simulated vendor: it answers requests in the vendor's own forms. Written from the vendors' documentation and recorded answers, never from our clients; each
 * behaviour cites its source. Served on loopback by serve.ts, which also makes them misbehave (`--chaos`).
 */
export interface SimulatedVendor {
  /** The kind of the source that it is the counterpart of: `google-ads`. */
  readonly kind: string;
  answer(request: VendorCall): VendorReply | Promise<VendorReply>;
  /** Content of the secret that a client needs, as JSON: what a company would store under `${secret:<kind>}`. */
  readonly secret: Readonly<Record<string, string>>;
}

/** One of the wholesaler's: it takes in each day the company lived, as its real system would. */
export interface DailyVendor extends SimulatedVendor {
  /** Takes in a day. Days come in order. */
  day(happened: CompanyDay): void;
}

/** What a vendor of the wholesaler's is made from. */
export interface VendorWorld {
  readonly company: Company;
  readonly days: readonly Day[];
  /** Index of the last day lived. */
  readonly last: number;
  readonly effects: Effects;
  readonly seed: number;
  /** The moment requests are made at: the morning after the last day, unless a test says otherwise. */
  now(): Date;
}

export type MakeVendor = (world: VendorWorld) => DailyVendor;

/** A request as it arrived. */
export interface VendorCall {
  readonly method: string;
  /** Absolute, on loopback: next links are made from its origin. */
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
}

export interface VendorReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}
