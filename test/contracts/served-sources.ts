import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiSource } from '../../functions/lake/company/api-source.ts';
import { readCompany } from '../../functions/lake/company/file.ts';
import { secretName } from '../../functions/pull/api/settings-fields.ts';
import { loadKinds } from '../../functions/pull/source-kinds.ts';
import { serveSandbox } from '../../sandbox/serve-sandbox.ts';

/** The made-up company's vendors on loopback, and the sources that its vigie.yaml asks them by. */
export interface ServedSources {
  readonly sources: readonly ApiSource[];
  readonly secrets: ReadonlyMap<string, string>;
  /** The vendors' clock and the pull's. */
  readonly now: string;
  readonly asOf: string;
  close(): Promise<void>;
}

/** Some weeks are enough: pages, look-back and the turn of a month are in them. */
export async function serveSources(kinds: readonly string[]): Promise<ServedSources> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-sources-'));
  const asOf = '2026-11-21';
  const now = '2026-11-22T06:00:00.000Z';
  const { summary, servers } = await serveSandbox({
    folder,
    seed: 7,
    days: 45,
    scale: 0.3,
    stories: false,
    endsOn: asOf,
    firstPort: 0,
    now: () => new Date(now),
  });
  const company = await readCompany(summary.config, { kinds: await loadKinds(kinds) });
  return {
    sources: company.sources.flatMap((source) => ('feeds' in source ? [] : [source])),
    secrets: new Map(servers.vendors.map(({ kind, secret }) => [kind, JSON.stringify(secret)])),
    now,
    asOf,
    async close() {
      await servers.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The source of a kind, named as its kind, with its secret. */
export async function servedSource(
  served: ServedSources,
  kind: string,
): Promise<{ source: ApiSource; secret: { name: string; text: string } }> {
  const source = served.sources.find((each) => each.kind === kind);
  const text = served.secrets.get(kind);
  if (!source || text === undefined)
    throw new Error(
      `the sandbox has no simulated vendor of kind ${kind}, or no source of it: add sandbox/vendors/${kind}`,
    );
  const name = secretName(String(source.settings['secret']));
  return { source: { ...source, name: kind }, secret: { name, text } };
}
