import type { Audience } from '../../lake/company/audience.ts';
import { destinationOf, type Push } from '../../lake/company/push.ts';
import { problemOf, type ReportedProblem } from '../../lake/landing/batch.ts';
import { readAudience } from '../../lake/snapshot/audience.ts';
import { isOpen, PushBook, pushedLists } from '../../lake/snapshot/push.ts';
import { isDamage } from '../../lake/state/file.ts';
import type { AudienceList } from '../../platform/audience-list.ts';
import type { Engine } from '../../platform/engine.ts';
import { VigieError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { agreedTo } from '../audience-people.ts';
import { type AudiencesInput, consentsUnknown } from '../audiences.ts';
import { pushAudience, type Wanted } from './push-audience.ts';

type Needed = Pick<Platform, 'bucket' | 'engine' | 'log' | 'clock'>;
/** The list of a push, as a composition root opens it. */
export type OpenList = (push: Push) => AudienceList;

/**
 * Brings the lists at vendors to the audiences that were just made, where vigie.yaml asks for it. What fails is told and ends nothing:
 * the next run goes on with it.
 */
export async function pushAudiences(
  platform: Needed,
  input: AudiencesInput,
  open: OpenList,
): Promise<ReportedProblem[]> {
  const { audiences } = input.company;
  const problems: ReportedProblem[] = [];
  const said = (id: string, more: readonly ReportedProblem[]): void => {
    for (const problem of more) {
      const { code, message } = problem;
      platform.log.error('audience not pushed', { audience: id, code, message });
      problems.push({ ...problem, message: `the list of the audience ${id} at Google: ${message}` });
    }
  };
  for (const [id, audience] of Object.entries(audiences)) {
    if (audience.push === undefined) continue;
    said(
      id,
      await contained(() => pushOne(platform, input, open, { id, audience, push: audience.push as Push })),
    );
  }
  for (const { audience: id, destination } of await pushedLists(platform.bucket))
    said(id, await contained(() => pushElsewhere(platform, input, open, { id, destination })));
  return problems;
}

async function contained(work: () => Promise<ReportedProblem[]>): Promise<ReportedProblem[]> {
  try {
    return await work();
  } catch (error) {
    return [problemOf(error)];
  }
}

interface Pushed {
  readonly id: string;
  readonly audience: Audience;
  readonly push: Push;
}

async function pushOne(
  { bucket, engine, clock, log }: Needed,
  input: AudiencesInput,
  open: OpenList,
  { id, audience, push }: Pushed,
): Promise<ReportedProblem[]> {
  const book = await PushBook.open(bucket, id, destinationOf(push));
  const all = await peopleMade({ bucket }, id, input.run.run);
  const people = all?.filter((hash) => HASH.test(hash));
  const known = consentsUnknown(input) === undefined;
  const agreed = known ? () => agreedToAll(engine, { id, audience, push }) : undefined;
  const asOf = input.run.asOf;
  const problems = await pushAudience(
    { list: open(push), book, now: () => clock.now() },
    { asOf, people, agreed },
    push,
  );
  log.info('audience pushed', { audience: id, ...countsOf(book) });
  const odd = (all?.length ?? 0) - (people?.length ?? 0);
  return odd === 0 ? problems : [...problems, noHashes(odd)];
}

/** SHA-256, as Google takes it: one that is something else would make it refuse all that are sent with it. */
const HASH = /^[0-9a-f]{64}$/;

const noHashes = (count: number): ReportedProblem => ({
  code: 'PUSH_NO_HASH',
  message: `${count} on it have no SHA-256 in 64 lower-case hexadecimal digits, and were not sent`,
  hint: 'Map `google_email_hash` with `{ hash_email: …, as: google }` (docs/audiences.md).',
});

const countsOf = ({ state: { there, leaving } }: PushBook) => ({
  there: Object.keys(there).length,
  leaving: leaving.length,
});

/** Who is on the audience as this very run made it; undefined where it was not made. */
async function peopleMade(
  { bucket }: Pick<Needed, 'bucket'>,
  id: string,
  run: string,
): Promise<readonly string[] | undefined> {
  const made = await readAudience(bucket, id).catch((error: unknown) => {
    if (isDamage(error)) return undefined;
    throw error;
  });
  return made?.run === run ? made.people.google.all : undefined;
}

/** Who agrees, now, to being on the audience and to both of what Google asks for. */
async function agreedToAll(
  engine: Engine,
  { id, audience: { purpose }, push }: Pushed,
): Promise<ReadonlySet<string>> {
  const purposes = new Set([purpose, push.ad_user_data, push.ad_personalization]);
  let all: ReadonlySet<string> | undefined;
  for (const each of purposes) {
    const { google } = await agreedTo(engine, each, id);
    all = all === undefined ? new Set(google) : new Set(google.filter((hash) => all?.has(hash)));
  }
  return all ?? new Set();
}

/** A list that vigie.yaml does not name any more, or names no more for this audience: whoever was put on it is taken off. */
async function pushElsewhere(
  { bucket, clock }: Needed,
  { company, run }: AudiencesInput,
  open: OpenList,
  { id, destination }: { readonly id: string; readonly destination: string },
): Promise<ReportedProblem[]> {
  const push = Object.hasOwn(company.audiences, id) ? company.audiences[id]?.push : undefined;
  if (push !== undefined && destinationOf(push) === destination) return [];
  const book = await PushBook.open(bucket, id, destination);
  const [account = '', list = ''] = destination.split('-');
  if (push !== undefined) {
    const former = { ...push, account, list, remove_all: true };
    const nobody: Wanted = { asOf: run.asOf, people: [], agreed: undefined };
    const problems = await pushAudience({ list: open(former), book, now: () => clock.now() }, nobody, former);
    if (problems.length > 0) return problems;
  }
  const { there, requests } = book.state;
  const left = Object.keys(there).length;
  if (left > 0) return push === undefined ? [problemOf(forsaken(id, list, left, book.folder))] : [];
  if (!requests.some(isOpen)) await book.close();
  return [];
}

const forsaken = (id: string, list: string, left: number, folder: string): VigieError =>
  new VigieError(
    `${left} who were put on the list ${list} may be on it still, and vigie.yaml pushes it no more`,
    {
      code: 'PUSH_FORSAKEN',
      hint: `Whoever of them withdraws is not taken off. Give ${id} its \`push\` again with \`remove_all: true\` until this is said no more; or delete the list in Google Ads, and then ${folder}.`,
    },
  );
