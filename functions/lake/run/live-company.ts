import { z } from 'zod';
import { type Bucket, readJson, writeJson } from '../../platform/bucket.ts';
import { messageOf, VigieError } from '../../platform/errors.ts';
import { sha256 } from '../../platform/hash.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { alertMistakes } from '../company/alert-mistakes.ts';
import { type Company, companyForm } from '../company/company.ts';
import { listMistakes } from '../company/list-mistakes.ts';
import { repeatedNames, roleMistakes } from '../company/mistakes.ts';
import { toldMistakes } from '../company/told-mistakes.ts';
import { formatPath } from '../yaml/mistake.ts';
import type { RunRef } from './run.ts';

/** What `vigie config push` puts into the bucket, and the one of these that a run took last. */
export const LIVE = 'config/live.json';
export const LAST_GOOD = 'config/live-good.json';

/** What of vigie.yaml a run takes from the bucket: whom it tells, and of what. Everything else takes a deployment. */
const liveForm = z.strictObject({
  /** The deployment that it was made for: a later one has its own. */
  onto: z.string(),
  recipients: companyForm.shape.recipients,
  alerts: companyForm.shape.alerts,
});
export type Live = z.infer<typeof liveForm>;
export const liveSections = ['recipients', 'alerts'] as const;

/** Names a deployment by the company in it: `text` is what `resolvedCompany` wrote. */
export const deploymentOf = (text: string): string => sha256(text.trim(), 16);

/** A company as it was deployed, and the name of that deployment. */
export interface Deployed {
  readonly company: Company;
  readonly deployment: string;
}

/** What recipients and rules may name. */
export type Known = Pick<Catalogue, 'kpis' | 'lists'>;

export interface LiveCompany {
  readonly company: Company;
  /** What the run took from the bucket; absent: the deployment's own. */
  readonly live?: Live;
  /** Why what lies in the bucket was not taken. */
  readonly refused?: string;
}

/**
 * The company that a run goes by: as it was deployed, with what was put into the bucket since. What cannot be read, or does
 * not fit the deployed company, is not taken and said so; the last one that did fit is. Throws only where S3 does.
 */
export async function liveCompany(
  bucket: Bucket,
  deployed: Deployed,
  catalogue: Known,
): Promise<LiveCompany> {
  const pushed = await readLive(bucket, LIVE, deployed, catalogue);
  if (pushed === null) return { company: deployed.company };
  if (!('refused' in pushed)) return pushed;
  const good = await readLive(bucket, LAST_GOOD, deployed, catalogue);
  const instead = good === null || 'refused' in good ? { company: deployed.company } : good;
  return { ...instead, refused: pushed.refused };
}

type Read = { readonly company: Company; readonly live: Live } | { readonly refused: string } | null;

async function readLive(bucket: Bucket, key: string, deployed: Deployed, catalogue: Known): Promise<Read> {
  if (!(await bucket.exists(key))) return null;
  const parsed = parseLive(new TextDecoder().decode(await bucket.read(key)));
  if (typeof parsed === 'string') return { refused: parsed };
  if (parsed.onto !== deployed.deployment) return null;
  const company = withLive(deployed.company, parsed);
  const mistakes = liveMistakes(company, catalogue);
  return mistakes.length > 0 ? { refused: mistakes.join('; ') } : { company, live: parsed };
}

function parseLive(text: string): Live | string {
  try {
    const read = liveForm.safeParse(JSON.parse(text));
    return read.success ? read.data : read.error.issues.map(wordsOf).join('; ');
  } catch (error) {
    return `it is not whole JSON: ${messageOf(error)}`;
  }
}

const wordsOf = ({ path, message, ...issue }: z.core.$ZodIssue): string =>
  'keys' in issue
    ? `${(issue.keys as string[]).join(', ')} cannot change without a deployment; only ${liveSections.join(' and ')} can`
    : `${formatPath(path as (string | number)[])}: ${message}`;

/** What is wrong with what changes, by the rules that hold in vigie.yaml. */
const liveMistakes = (company: Company, { kpis, lists }: Known): string[] =>
  [
    ...repeatedNames(company),
    ...listMistakes(company, lists),
    ...roleMistakes(company, kpis),
    ...toldMistakes(company, kpis),
    ...alertMistakes(company, kpis),
  ].map(({ path, message }) => `${formatPath(path)}: ${message}`);

const withLive = (
  company: Company,
  { recipients, alerts }: Pick<Live, 'recipients' | 'alerts'>,
): Company => ({
  ...company,
  recipients,
  alerts,
});

/**
 * What of a company as its file says now goes into the bucket. Throws `CONFIG_NOT_LIVE` where it differs from the deployed one
 * in anything else, naming the sections.
 */
export function toPush(now: Company, deployed: Company, deployment: string): Live {
  const others = changedSections(now, deployed).filter(
    (section) => !(liveSections as readonly string[]).includes(section),
  );
  if (others.length === 0) return { onto: deployment, recipients: now.recipients, alerts: now.alerts };
  throw new VigieError(
    `vigie.yaml differs from what is deployed in more than ${liveSections.join(' and ')}: ${others.join(', ')}`,
    {
      code: 'CONFIG_NOT_LIVE',
      hint: 'Sources, checks, KPIs and what AWS is made of take a deployment: npx cdk deploy, which brings recipients and alerts along. Or take these changes out of the file, push, and put them back.',
      where: { field: others.join(', ') },
    },
  );
}

/** Sections of vigie.yaml that two companies say differently. Holidays are counted on each year: not compared. */
export function changedSections(one: Company, other: Company): string[] {
  const comparable = (company: Company): Record<string, unknown> => ({
    ...company,
    company: { ...company.company, closed: { ...company.company.closed, days: [] } },
  });
  const [left, right] = [comparable(one), comparable(other)];
  const sections = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return sections.filter((section) => sorted(left[section]) !== sorted(right[section]));
}

/** JSON whose order of keys says nothing. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) ?? '';

const keyOfRun = ({ run }: Pick<RunRef, 'run'>): string => `work/${run}/live.json`;

interface Noted {
  readonly recipients?: Company['recipients'];
  readonly alerts?: Company['alerts'];
  readonly refused?: string;
}

/** Keeps for the steps of a run what it goes by, and the last that was good for the runs that come. */
export async function keepLive(bucket: Bucket, run: RunRef, { live, refused }: LiveCompany): Promise<void> {
  const noted: Noted = {
    ...(live && { recipients: live.recipients, alerts: live.alerts }),
    ...(refused === undefined ? {} : { refused }),
  };
  await writeJson(bucket, keyOfRun(run), noted);
  if (live && refused === undefined) await writeJson(bucket, LAST_GOOD, live);
}

const readNoted = async (bucket: Bucket, run: Pick<RunRef, 'run'>): Promise<Noted> =>
  (await readJson<Noted>(bucket, keyOfRun(run))) ?? {};

/** Why a run did not take what lies in the bucket; undefined where it did, or nothing lay there. */
export const refusedBy = async (bucket: Bucket, run: Pick<RunRef, 'run'>): Promise<string | undefined> =>
  (await readNoted(bucket, run)).refused;

/** The company of a run: the deployed one, with what the run took from the bucket when it began. */
export async function companyOfRun(
  bucket: Bucket,
  run: Pick<RunRef, 'run'>,
  company: Company,
): Promise<Company> {
  const { recipients, alerts } = await readNoted(bucket, run);
  return { ...company, ...(recipients && { recipients }), ...(alerts && { alerts }) };
}
