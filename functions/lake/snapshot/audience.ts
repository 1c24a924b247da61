import { type Bucket, writeJson } from '../../platform/bucket.ts';
import type { VendorName } from '../company/audience.ts';
import { readState } from '../state/file.ts';

/** By which hash of the address a vendor matches. */
export const matchForms = ['email', 'google'] as const;
export type MatchForm = (typeof matchForms)[number];

/** Parts of an audience, each a file of its own for each vendor. */
export const audienceParts = ['all', 'added', 'removed'] as const;
export type AudiencePart = (typeof audienceParts)[number];

/** Hashes, ascending. */
export type Parts = Readonly<Record<AudiencePart, readonly string[]>>;

/** Who is on an audience on a day: hashes and nothing else, at `audiences/<as_of>/<id>.json`. The next one replaces it. */
export interface AudienceOfDay {
  readonly audience: string;
  readonly asOf: string;
  readonly run: string;
  /** The day that it was compared with; null where nothing was known of an earlier one. */
  readonly since: string | null;
  readonly people: Readonly<Record<MatchForm, Parts>>;
}

/** What a vendor wants of a file: docs/audiences.md says which of it the vendor itself says, and where. */
export const vendors: Readonly<
  Record<
    VendorName,
    { readonly form: MatchForm; readonly header: string; readonly least: number; readonly title: string }
  >
> = {
  google: { form: 'google', header: 'Email', least: 100, title: 'Google Ads' },
  meta: { form: 'email', header: 'email', least: 100, title: 'Meta Ads' },
  linkedin: { form: 'email', header: 'email', least: 300, title: 'LinkedIn Ads' },
  microsoft: { form: 'email', header: 'Email', least: 300, title: 'Microsoft Advertising' },
};

export const AUDIENCES = 'audiences/';
const audienceKey = (asOf: string, id: string): string => `${AUDIENCES}${asOf}/${id}.json`;
const fileKey = (asOf: string, id: string, vendor: VendorName, part: AudiencePart): string =>
  `${AUDIENCES}${asOf}/${id}/${vendor}_${part}.csv`;

/** One column of hashes under the name by which the vendor knows it. */
export const audienceCsv = (vendor: VendorName, hashes: readonly string[]): string =>
  `${[vendors[vendor].header, ...hashes].join('\n')}\n`;

/**
 * The audience in place of the one before, then its files: killed in between, the next run goes on from it. Of whoever is on it
 * no more, `removed` alone tells, until the next is made.
 */
export async function writeAudience(
  bucket: Bucket,
  made: AudienceOfDay,
  names: readonly VendorName[],
): Promise<void> {
  await writeJson(bucket, audienceKey(made.asOf, made.audience), made);
  await removeAudiences(
    bucket,
    (file) => file.id === made.audience && (file.asOf !== made.asOf || file.forVendor),
  );
  for (const vendor of names)
    for (const part of audienceParts) {
      const hashes = made.people[vendors[vendor].form][part];
      await bucket.write(fileKey(made.asOf, made.audience, vendor, part), audienceCsv(vendor, hashes));
    }
}

/** The newest audience that is kept; undefined where there is none. Throws STATE_DAMAGED. */
export async function readAudience(bucket: Bucket, id: string): Promise<AudienceOfDay | undefined> {
  const days = (await bucket.folders(AUDIENCES)).toSorted().toReversed();
  for (const day of days) {
    const found = await readState<AudienceOfDay>(bucket, audienceKey(day, id));
    if (found) return found;
  }
  return undefined;
}

/** Removes what is kept of audiences, as far as it is asked for: of which, of which day, whether it is a vendor's file. */
export async function removeAudiences(
  bucket: Bucket,
  which: (file: { readonly id: string; readonly asOf: string; readonly forVendor: boolean }) => boolean,
): Promise<void> {
  for await (const { key } of bucket.list(AUDIENCES)) {
    const [, asOf = '', id = '', file] = /^audiences\/([^/]+)\/([^/]+?)(?:\.json|\/([^/]+))$/.exec(key) ?? [];
    if (which({ id, asOf, forVendor: file !== undefined })) await bucket.remove(key);
  }
}
