import { modifiedAt, type TimedRecord, type Version } from '../../vendor-kit/timed-record.ts';

/** What a HubSpot account holds, in time: the vendor shows of it what is so by now. Instants are milliseconds since 1970. */
export interface Portal {
  readonly id: number;
  readonly timeZone: string;
  /** Company currency. */
  readonly currency: string;
  /** Records of an object, by rising number; none of one that the account has nothing of. */
  records(object: string): readonly PortalRecord[];
  readonly properties: Readonly<Record<string, readonly PropertyDefinition[]>>;
  /** Pipelines of deals. */
  readonly pipelines: readonly Pipeline[];
  readonly owners: readonly Owner[];
  /** Marketing e-mails, by rising number. */
  readonly emails?: readonly MarketingEmail[];
}

export { modifiedAt, type Version };

export interface PortalRecord extends TimedRecord {
  /** `id` is of digits. Numbers of records of other objects that belong to it. */
  readonly associated: Readonly<Record<string, readonly string[]>>;
}

export interface PropertyDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: 'string' | 'number' | 'datetime' | 'enumeration' | 'bool';
  readonly options?: readonly { readonly value: string; readonly label: string; readonly order: number }[];
}

export interface Pipeline {
  readonly id: string;
  readonly label: string;
  readonly stages: readonly {
    readonly id: string;
    readonly label: string;
    /** -1: none. */
    readonly order: number;
    readonly isClosed: boolean;
    /** 0 to 1. */
    readonly probability: number;
  }[];
}

export interface Owner {
  readonly id: string;
  readonly userId: number;
  readonly team: string;
  readonly createdAt: number;
  /** When it was removed. */
  readonly archivedAt: number | null;
}

/** What became of the mails of an e-mail that were sent at an instant. */
export interface Sending {
  readonly at: number;
  readonly sent: number;
  readonly bounced: number;
  readonly opened: number;
  readonly clicked: number;
  readonly unsubscribed: number;
  readonly onPhones: number;
}

/** An e-mail to many; one that goes out by itself has many sendings. */
export interface MarketingEmail {
  readonly id: number;
  readonly name: string;
  readonly sendings: readonly Sending[];
}

const RECYCLING_DAYS = 90;

/** Whether a record is there at an instant: in its list, in the recycling bin, or nowhere. */
export function placeOf(
  { createdAt, archivedAt, merged, erasedAt }: PortalRecord,
  now: number,
): 'there' | 'archived' | 'nowhere' {
  const isGone = (at: number | null | undefined): boolean => at !== null && at !== undefined && at <= now;
  if (createdAt > now || isGone(merged?.at) || isGone(erasedAt)) return 'nowhere';
  if (archivedAt === null || archivedAt > now) return 'there';
  // https://knowledge.hubspot.com/records/restore-deleted-records
  return now - archivedAt < RECYCLING_DAYS * 86_400_000 ? 'archived' : 'nowhere';
}

/** Names that contacts have other than all other objects. */
export const modifiedName = (object: string): string =>
  object === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate';

/** When it was made: activities have another name for it. */
export const createdName = (object: string): string =>
  ['contacts', 'companies', 'deals'].includes(object) ? 'createdate' : 'hs_createdate';

export const instant = (at: number): string => new Date(at).toISOString();
