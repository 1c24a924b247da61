import type { ApiSource } from '../../functions/lake/company/api-source.ts';
import type { Company } from '../../functions/lake/company/company.ts';
import { type LoadedState, loadedStateKey } from '../../functions/lake/landing/batch.ts';
import { readState } from '../../functions/lake/state/file.ts';
import { daysBetween } from '../../functions/lake/values/day.ts';
import { businessDate } from '../../functions/lake/values/zone.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import { openRedactor } from '../../functions/platform/redact/redactor.ts';
import { readSecret } from '../../functions/pull/api/secret.ts';
import type { SourceDefinition } from '../../functions/pull/api/source.ts';
import { openVendor } from '../../functions/pull/api/vendor-client.ts';
import { looking, type Symptom } from './symptom.ts';

type Needs = Pick<Platform, 'bucket' | 'clock' | 'log' | 'secrets' | 'http'> &
  Partial<Pick<Platform, 'redactor'>>;

/** A version is warned of so long before its end, a token so long before its own. */
const SUNSET_DAYS = 60;
const TOKEN_DAYS = 30;
/** Who asks wants an answer now. */
const LONGEST_PAUSE_MS = 500;

/**
 * Each source over an API: credentials and permissions, the version's end, the token's, and when it was read last.
 * Without `ask` no vendor is asked and no secret read: whoever looks at a stack may not be able to write a token back
 * that a vendor replaces when it is used, and would take it from the next run.
 */
export async function examineApiSources(
  platform: Needs,
  company: Company,
  definitionOf: (kind: string) => Promise<SourceDefinition>,
  ask = true,
): Promise<Symptom[]> {
  const sources = company.sources.flatMap((source) => ('feeds' in source ? [] : [source]));
  const today = businessDate(platform.clock.now(), company.company.time_zone);
  const found = await Promise.all(
    sources.map((source) =>
      looking(source.name, async () => {
        const definition = await definitionOf(source.kind);
        return [
          ask ? await access(platform, source, definition) : await recorded(platform, source, definition),
          ...versionEnd(source, definition, today),
          ...(ask ? await tokenEnd(platform, source, definition, today) : []),
        ];
      }),
    ),
  );
  return found.flat();
}

async function access(platform: Needs, source: ApiSource, definition: SourceDefinition): Promise<Symptom> {
  const http = {
    ...platform.http,
    pause: (ms: number) => platform.http.pause(Math.min(ms, LONGEST_PAUSE_MS)),
  };
  const { secrets, clock, log } = platform;
  const vendor = openVendor({ secrets, clock, log, http }, source, definition);
  const { status, finding, remedy } = await definition.probe(vendor, source.settings);
  const parts = [titleOf(source, definition), finding, await lastSuccess(platform, source)];
  return {
    what: source.name,
    status,
    finding: parts.join('; '),
    ...(remedy === undefined ? {} : { remedy }),
  };
}

/** What the runs have noted: they are who asks the vendor. */
async function recorded(platform: Needs, source: ApiSource, definition: SourceDefinition): Promise<Symptom> {
  const finding = `${titleOf(source, definition)}; ${await lastSuccess(platform, source)}`;
  return { what: source.name, status: 'ok', finding };
}

function titleOf({ settings }: ApiSource, definition: SourceDefinition): string {
  const { version } = definition.api(settings);
  return `${definition.title}${version === null ? '' : ` ${version}`}`;
}

async function lastSuccess({ bucket }: Needs, { name, delivers }: ApiSource): Promise<string> {
  const states = await Promise.all(
    delivers.map(({ table }) => readState<LoadedState>(bucket, loadedStateKey(name, table))),
  );
  const last = states
    .flatMap((state) => state?.loadedAt ?? [])
    .sort()
    .at(-1);
  return last === undefined ? 'not read yet' : `last read ${last.slice(0, 16).replace('T', ' ')} UTC`;
}

function versionEnd({ name, settings }: ApiSource, definition: SourceDefinition, today: string): Symptom[] {
  const { version, sunset } = definition.api(settings);
  if (sunset === null) return [];
  const days = daysBetween(today, sunset);
  const finding = `version ${version ?? ''} ${days < 0 ? 'ended' : 'ends'} on ${sunset}`;
  if (days > SUNSET_DAYS)
    return [{ what: `${name}, version`, status: 'ok', finding: `${finding}, in ${days} days` }];
  return [
    {
      what: `${name}, version`,
      status: days < 0 ? 'failed' : 'warning',
      finding: days < 0 ? finding : `${finding}, in ${days} days`,
      remedy: 'Set a newer `version` where the source’s page offers one, or update Vigie.',
    },
  ];
}

/** Where the secret says when its token ends: written by Vigie when a token is replaced, or by whoever stored it. */
async function tokenEnd(
  platform: Needs,
  { name, settings }: ApiSource,
  definition: SourceDefinition,
  today: string,
): Promise<Symptom[]> {
  const authorization = definition.authorize(settings);
  if (authorization.kind === 'none') return [];
  const fields = await readSecret(platform, authorization.secret, platform.redactor ?? openRedactor());
  const until = (fields['refresh_token_expires_at'] ?? fields['expires_at'])?.slice(0, 10);
  if (until === undefined || Number.isNaN(Date.parse(until))) return [];
  const days = daysBetween(today, until);
  const what = `${name}, token`;
  if (days > TOKEN_DAYS) return [{ what, status: 'ok', finding: `good until ${until}, ${days} days` }];
  return [
    {
      what,
      status: days < 0 ? 'failed' : 'warning',
      finding: days < 0 ? `ended on ${until}` : `ends on ${until}, in ${days} days`,
      remedy: 'Make a new one as the source’s page describes, and store it in the secret.',
    },
  ];
}
