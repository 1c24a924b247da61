import type { z } from 'zod';
import type { CanonicalRow } from '../../lake/landing/writer.ts';
import type { Budget } from './budget.ts';
import type { RecordReader } from './record-reader.ts';
import type { Authorization, Vendor, VendorAnswer } from './vendor.ts';

/**
 * What a source over an API is. One folder, `functions/pull/sources/<kind>/`, found by its name:
 *
 *     settings.ts   the keys it has in vigie.yaml, as a zod schema with a description for each
 *     source.ts     exports `source`, the definition below, which binds the others
 *     client.ts     how its pages are asked for, where that is long: paths, queries, next page, asynchronous jobs
 *     diagnose.ts   what its errors mean, where the status alone does not tell
 *     map.ts        pure: what a record of a page says, in canonical rows
 *     README.md     its page: what it reads, permissions, credentials, limits, traps, version and sunset
 *
 * What many vendors have in common is in the kit (kit/), to be called; retry, token refresh, limits, budgets, checkpoints,
 * look-back, the raw archive, hashing of personal data, redaction and the check of origins are the machinery's (this
 * folder), written once.
 */
export interface SourceDefinition<Settings = unknown> {
  /** As `kind` in vigie.yaml; the folder's name. */
  readonly kind: string;
  /** As people call it: `Google Ads`. */
  readonly title: string;
  /** A `z.strictObject` of the kind's own keys, each with a description; JSON-safe. The common keys come by themselves (functions/lake/company/api-source.ts). Fields that many have: settings-fields.ts. */
  readonly settings: z.ZodType<Settings>;
  /** Raise it with a change of the mapping that gives other rows: everything is then read again. Default 1. */
  readonly mappingVersion?: number;
  /**
   * Settings that change no row once it is there: lists of accounts (a new one is read from the start anyway), switches
   * of entities. Addresses and secrets need not be named. All other settings, when changed, read everything again.
   */
  readonly settingsWithoutRows?: readonly (keyof Settings & string)[];
  /** The API as these settings use it. */
  api(settings: Settings): ApiFacts;
  authorize(settings: Settings): Authorization;
  /** The entities that these settings switch on, in the order to read them. */
  entities(settings: Settings): readonly Entity<Settings>[];
  /**
   * What an answer that is not plainly good means, where the status alone does not tell: vendors hide throttling and
   * missing permissions in bodies. Undefined: judge by the status.
   */
  diagnose?(answer: VendorAnswer): Diagnosis | undefined;
  /** A cheap request that shows whether credentials and permissions are good: `vigie doctor`. */
  probe(vendor: Vendor, settings: Settings): Promise<ProbeResult>;
  /** Which fields might be meant for settings that name none, one sentence each: for `vigie try`, where reading does not ask for the fields there are. */
  offers?(vendor: Vendor, settings: Settings): Promise<readonly string[]>;
}

export interface ApiFacts {
  /** Such as `v26` or `2026-03`; null where the vendor has none. */
  readonly version: string | null;
  /** Day on which the vendor ends this version; null where none is announced. Warned of 60 days ahead. */
  readonly sunset: string | null;
  /** Base URL; requests with a relative path go there. Credentials go to its origin only. */
  readonly baseUrl: string;
  /** Other addresses of the vendor's that get the credentials, too. */
  readonly alsoAt?: readonly string[];
  readonly limits: Limits;
}

/** The vendor's limits, as the vendor's own page gives them. */
export interface Limits {
  /** Requests under way at once, at most. */
  readonly concurrency: number;
  /** Requests started within a second, at most; null: not limited. */
  readonly perSecond: number | null;
  /** What may be asked within longer spans: `[{ requests: 100, seconds: 3600 }]`. Used up, it is waited for if that is short; else what is complete is kept, and the next run reads on (`VENDOR_BUDGET`). */
  readonly budgets?: readonly Budget[];
  /** What the company lets be spent in a calendar month (UTC), where answers are paid for: counted in the state before a request is sent (decision 0058). */
  readonly units?: { readonly aMonth: number };
  /** Bytes of one answer, at most; more is refused (`PAGE_TOO_LARGE`). Default 64 MiB. */
  readonly maxAnswerBytes?: number;
}

export interface Diagnosis {
  readonly kind:
    | 'retry' // the same request may succeed later
    | 'token-expired' // once more with a fresh token
    | 'no-permission'
    | 'too-large' // ask for less: the slice is split where it can be
    | 'version-ended'
    | 'refused'; // anything else that does not get better by itself
  /** What the vendor says, in a sentence, without secrets. */
  readonly reason: string;
  readonly hint?: string;
  /** Seconds the vendor asks to wait. */
  readonly retryAfter?: number;
}

export interface ProbeResult {
  readonly status: 'ok' | 'warning' | 'failed';
  readonly finding: string;
  readonly remedy?: string;
}

/** One kind of thing a source offers: sales orders, campaign statistics. */
export interface Entity<Settings = unknown> {
  /** `sales-orders`. */
  readonly name: string;
  /** The tables its records fill. */
  readonly tables: readonly string[];
  readonly reading: Reading;
  /** Accounts, sites …: each is read by itself, with a watermark of its own. Default: one, without a name. */
  partitions?(settings: Settings): readonly string[];
  /** Fetches the pages of one slice, to the end. A slice is landed as a whole or not at all. */
  pages(vendor: Vendor, settings: Settings, slice: Slice): AsyncIterable<RawPage>;
  /** Pure: the records on a page, in the vendor's own form. Throws `VENDOR_SHAPE` where the envelope is not as known. */
  records(page: RawPage): readonly unknown[];
  /**
   * Pure: one record into canonical rows. All rows of a record are taken, or none: a document that lacks a line would
   * be a wrong figure. Throws `FieldError` (the readers do) to reject the record with field, value and reason.
   */
  map(record: RecordReader, out: RowSink, context: MapContext<Settings>): void;
  /** Scopes that this slice replaces, whether or not a record of them came: an empty day empties the day. */
  scopes?(settings: Settings, slice: Slice): readonly EmptyScope[];
  /**
   * Asked of a partition of which no record came at all, where an empty answer may mean a missing permission: tells why
   * it is empty, which fails the entity; undefined: there is nothing, and that is the truth.
   */
  whyEmpty?(vendor: Vendor, settings: Settings, partition: string): Promise<Diagnosis | undefined>;
  /**
   * Paths of fields that hold e-mail addresses or telephone numbers (`contacts.email`; lists are walked through): hashed
   * before anything is stored or mapped. The records must then be parts of what `page.json()` gives. Whatever looks like
   * an e-mail address is hashed in every answer anyway, before the client sees it.
   */
  readonly personal?: readonly string[];
  /**
   * Its records are all people that the vendor still has, each with a number at `id`; it is read whole, and fills a table
   * such as `crm_people`. Who is on it no more was erased there: records of the entities `recordsOf`, which have that number
   * at the same path, are erased from the archive and from the refused ones, and the lake forgets who it was (`erasure`
   * in sql/tables/leads.yaml). docs/operations/erasure.md
   */
  readonly people?: { readonly id: string; readonly recordsOf: readonly string[] };
  /** Fields of a record that the mapping knows, so that `vigie try` can name those it does not. */
  readonly known?: readonly string[];
}

/** How an entity is read again and again. */
export type Reading =
  /**
   * By business day, since the vendor restates: the last `lookBackDays` days anew each time. `daysAtOnce`: per slice.
   * `reachesBackMonths`: the vendor refuses to be asked for days before that; they are left out.
   */
  | {
      readonly by: 'day';
      readonly lookBackDays: number;
      readonly daysAtOnce: number;
      readonly reachesBackMonths?: number;
    }
  /** What changed since the watermark, less an overlap for clocks that differ and late commits. Here a record has to hold its scopes as a whole (a document with its lines): of two records with the same scope, the one read later has the last word. */
  | { readonly by: 'change'; readonly overlapMinutes: number }
  /** Everything each time: small master data. */
  | { readonly by: 'whole' };

/** A part of an entity that is fetched, landed and checkpointed as a whole. */
export interface Slice {
  readonly entity: string;
  /** The account or site; '' where there is one only. */
  readonly partition: string;
  /** Stable name within entity and partition: `2026-11`, `changes`, `whole`. */
  readonly key: string;
  /** Business days, both included; for `day`. */
  readonly from: string | null;
  readonly to: string | null;
  /** Instant (ISO UTC) from which changes are wanted, for `change`; null: everything from `startsOn` on. */
  readonly since: string | null;
  /** First business day the company wants of this source. */
  readonly startsOn: string;
  readonly asOf: string;
}

/** An answer as the vendor gave it. It is archived, and can be mapped again without asking the vendor. */
export interface RawPage {
  /** What was asked, for people: no secret. `GET /sap/opu/…?$skip=200`. */
  readonly request: string;
  readonly format: 'json' | 'csv' | 'ndjson';
  /** The text as received (a ZIP: its one file, unpacked). */
  readonly text: string;
  /** The text parsed, once, for JSON. */
  json(): unknown;
  /** What the client knows beyond the body and the mapping needs (currency of the account). Archived with it. */
  readonly facts: Readonly<Record<string, string>>;
}

export interface MapContext<Settings = unknown> {
  readonly settings: Settings;
  readonly slice: Slice;
  readonly page: RawPage;
  /** What the source is called in vigie.yaml. */
  readonly source: string;
  /** The company's time zone and reporting currency. */
  readonly timeZone: string;
  readonly currency: string;
}

/** Where a mapping puts its rows. */
export interface RowSink {
  row(table: string, row: CanonicalRow): void;
  /** The scope was read and holds nothing: a deleted document. */
  empty(table: string, scope: CanonicalRow): void;
  /** The record is known and wanted in no table (a quotation among orders): counted, not rejected. */
  skip(reason: string): void;
}

export interface EmptyScope {
  readonly table: string;
  readonly scope: CanonicalRow;
}

/** Binds the types of a definition and forgets them: the machinery treats all sources alike. */
export const defineSource = <Settings>(definition: SourceDefinition<Settings>): SourceDefinition =>
  definition as unknown as SourceDefinition;
