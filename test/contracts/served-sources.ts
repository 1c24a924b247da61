import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiSource } from '../../functions/lake/company/api-source.ts';
import { readCompany } from '../../functions/lake/company/file.ts';
import { secretName } from '../../functions/pull/api/settings-fields.ts';
import { definitionOf, loadKinds, sourceKind } from '../../functions/pull/source-kinds.ts';
import { serveSandbox } from '../../sandbox/companies/wholesale/serve-sandbox.ts';
import { serveVendors } from '../../sandbox/vendors/serve.ts';
import { tables } from '../kit/tables.ts';
import { sourceOf } from '../pull/api/world.ts';
import { isRecorded, type Recording, readRecording, recordedVendor } from './recording.ts';

/** The moment of every vendor and pull here, and the day that is read. */
export const NOW = '2026-11-22T06:00:00.000Z';
export const AS_OF = '2026-11-21';

/** A source whose vendor answers on loopback. */
export interface ServedSource {
  readonly source: ApiSource;
  /** What `${secret:…}` holds; null: everybody may ask. */
  readonly secret: { readonly name: string; readonly text: string } | null;
  /** What its vendor answers, where that is recorded. */
  readonly recorded: Recording | undefined;
}

export interface ServedSources {
  /** The source of a kind, named as its kind. Throws where it has neither a simulated vendor nor recorded pages. */
  of(kind: string): ServedSource;
  close(): Promise<void>;
}

/** The made-up company's vendors on loopback, and beside them one for each recording. */
export async function serveSources(kinds: readonly string[]): Promise<ServedSources> {
  const simulated = await serveCompany(kinds);
  const recordings = kinds.filter(isRecorded).map((kind) => [kind, readRecording(kind)] as const);
  const recorded = await serveRecordings(recordings);
  const all = new Map([...simulated.sources, ...recorded.sources]);
  return {
    of(kind) {
      const found = all.get(kind);
      if (found) return found;
      throw new Error(
        `there is nothing that answers a source of kind ${kind}: record pages in test/pull/sources/${kind}/recorded.json`,
      );
    },
    async close() {
      await simulated.close();
      await recorded.close();
    },
  };
}

interface Served {
  readonly sources: readonly (readonly [kind: string, served: ServedSource])[];
  close(): Promise<void>;
}

/** Vendors that answer what was recorded. */
export async function serveRecordings(
  recordings: readonly (readonly [kind: string, recorded: Recording])[],
): Promise<Served> {
  const vendors = recordings.map(([kind, recorded]) => recordedVendor(kind, recorded));
  const servers = await serveVendors(vendors, { firstPort: 0 });
  const sources = recordings.map(async ([kind, recorded], index) => {
    const origin = servers.vendors[index]?.origin ?? '';
    return [kind, await recordedSource(kind, recorded, origin)] as const;
  });
  return { sources: await Promise.all(sources), close: () => servers.close() };
}

/** A recorded source, asking at an origin. */
export async function recordedSource(
  kind: string,
  recorded: Recording,
  origin: string,
): Promise<ServedSource> {
  const keys = JSON.parse(JSON.stringify(recorded.source).replaceAll('{origin}', origin)) as object;
  const definition = await definitionOf(kind);
  // Feeds have an address each, in their own keys.
  const base = 'base_url' in sourceKind(definition).settings.shape ? { base_url: origin } : {};
  const source = sourceOf(definition, { ...base, ...keys });
  const { secret } = recorded;
  if (secret === undefined) return { source, secret: null, recorded };
  const name = secretName(String(source.settings['secret']));
  return { source, secret: { name, text: JSON.stringify(secret) }, recorded };
}

/** Some weeks of the made-up company are enough: pages, look-back and the turn of a month are in them. */
async function serveCompany(kinds: readonly string[]): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-sources-'));
  const { summary, servers } = await serveSandbox({
    ...{ folder, seed: 7, days: 45, scale: 0.3, stories: false, endsOn: AS_OF, firstPort: 0 },
    now: () => new Date(NOW),
  });
  const company = await readCompany(summary.config, { tables, kinds: await loadKinds(kinds) });
  const secrets = new Map(servers.vendors.map(({ kind, secret }) => [kind, JSON.stringify(secret)]));
  const sources = company.sources.flatMap((source) => {
    if ('feeds' in source) return [];
    const { kind } = source;
    const name = secretName(String(source.settings['secret']));
    const secret = { name, text: secrets.get(kind) ?? '{}' };
    return [[kind, { source: { ...source, name: kind }, secret, recorded: undefined }] as const];
  });
  return {
    sources,
    async close() {
      await servers.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
