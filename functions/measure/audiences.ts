import type { Catalogue } from '../lake/catalogue/catalogue.ts';
import type { Audience } from '../lake/company/audience.ts';
import type { Company } from '../lake/company/company.ts';
import { problemOf, type ReportedProblem } from '../lake/landing/batch.ts';
import type { RunRef } from '../lake/run/run.ts';
import {
  AUDIENCES,
  type AudienceOfDay,
  type MatchForm,
  matchForms,
  type Parts,
  readAudience,
  removeAudiences,
  writeAudience,
} from '../lake/snapshot/audience.ts';
import type { Finding } from '../lake/snapshot/finding.ts';
import { PUSHES } from '../lake/snapshot/push.ts';
import { isDamage } from '../lake/state/file.ts';
import type { Bucket } from '../platform/bucket.ts';
import { VigieError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { type People, peopleOf } from './audience-people.ts';

type Needed = Pick<Platform, 'bucket' | 'engine' | 'log'>;

export interface AudiencesInput {
  readonly company: Company;
  readonly catalogue: Catalogue;
  readonly run: Pick<RunRef, 'run' | 'asOf'>;
  readonly findings: readonly Finding[];
  /** Tables of which the lake does not hold all it should. */
  readonly lost: readonly string[];
}

/** Whether there is anything to make, or to take away. */
export const hasAudiences = async (
  bucket: Bucket,
  { audiences }: Pick<Company, 'audiences'>,
): Promise<boolean> =>
  Object.keys(audiences).length > 0 ||
  (await bucket.folders(AUDIENCES)).length > 0 ||
  (await bucket.folders(PUSHES)).length > 0;

/**
 * Makes the audiences that vigie.yaml names, and removes what is kept of others. What is wrong with one holds up no other:
 * its files for vendors go, so that nobody hands in those of yesterday, with somebody who has withdrawn since. Throws what may go
 * well when it is tried again.
 */
export async function recordAudiences(platform: Needed, input: AudiencesInput): Promise<ReportedProblem[]> {
  const { bucket, log } = platform;
  const wanted = input.company.audiences;
  await removeAudiences(bucket, ({ id }) => !Object.hasOwn(wanted, id));
  const problems: ReportedProblem[] = [];
  const unknown = consentsUnknown(input);
  for (const [id, audience] of Object.entries(wanted)) {
    try {
      if (unknown) throw unknown;
      await recordAudience(platform, input, id, audience);
    } catch (error) {
      await removeAudiences(bucket, (file) => file.id === id && file.forVendor);
      if (error instanceof VigieError && error.retryable) throw error;
      const problem = problemOf(error);
      log.error('audience not made', { audience: id, code: problem.code, message: problem.message });
      problems.push({ ...problem, message: `the audience ${id} was not made: ${problem.message}` });
    }
  }
  return problems;
}

const CONSENTS = 'consents';

/** Why it is not known who agrees today: who has withdrawn since yesterday nobody knows where today's statements did not arrive. */
export function consentsUnknown({
  findings,
  lost,
}: Pick<AudiencesInput, 'findings' | 'lost'>): VigieError | undefined {
  const finding = findings.find(({ table, severity }) => table === CONSENTS && severity === 'error');
  const message = lost.includes(CONSENTS) ? 'the lake has lost them' : finding?.message;
  if (message === undefined) return undefined;
  return new VigieError(`who agrees to it today is not known: ${message}`, {
    code: 'CONSENTS_UNKNOWN',
    hint: finding?.hint ?? 'The next run reads their source anew.',
  });
}

async function recordAudience(
  { bucket, engine, log }: Needed,
  { company, catalogue, run }: AudiencesInput,
  id: string,
  audience: Audience,
): Promise<void> {
  const before = await readAudience(bucket, id).catch((error: unknown) => {
    if (!isDamage(error)) throw error;
    log.warn('audience begins anew', { audience: id, ...problemOf(error) });
    return undefined;
  });
  // A run of an earlier day brings statements as well: they count for the newest.
  const asOf = before !== undefined && before.asOf > run.asOf ? before.asOf : run.asOf;
  const people = await peopleOf(engine, { catalogue, company: company.company }, { id, audience, asOf });
  const made = audienceOf(before, people, { audience: id, asOf, run: run.run });
  await writeAudience(bucket, made, audience.vendors);
  log.info('audience made', { audience: id, ...sizes(made) });
}

const sizes = ({ people }: AudienceOfDay) =>
  Object.fromEntries(matchForms.map((form) => [form, people[form].all.length]));

/**
 * An audience against the one before. Made once more for its day, its files may have been handed in already or not: removed is
 * whoever may be with the vendor, added is whoever may not be.
 */
export function audienceOf(
  before: AudienceOfDay | undefined,
  people: People,
  about: Pick<AudienceOfDay, 'audience' | 'asOf' | 'run'>,
): AudienceOfDay {
  const again = before?.asOf === about.asOf;
  const parts = (form: MatchForm): Parts => {
    const old = before?.people[form] ?? NOBODY;
    const all = people[form];
    const perhaps = again ? [...old.all, ...old.removed] : old.all;
    const surely = again ? without(old.all, old.added) : old.all;
    return { all: sorted(all), added: without(all, surely), removed: without(perhaps, all) };
  };
  const since = again ? before.since : (before?.asOf ?? null);
  return { ...about, since, people: { email: parts('email'), google: parts('google') } };
}

const NOBODY: Parts = { all: [], added: [], removed: [] };

const sorted = (hashes: readonly string[]): string[] => [...new Set(hashes)].sort();

function without(hashes: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return sorted(hashes.filter((hash) => !known.has(hash)));
}
