import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { companySchema } from '../../functions/lake/company/company.ts';
import { compileFeed } from '../../functions/pull/files/mapping/compile-feed.ts';
import { tableOf } from '../kit/tables.ts';

const page = readFileSync(new URL('../../docs/sources/files.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
  ([, block = '']) => parse(block) as Record<string, unknown>,
);
const company = { name: 'X', time_zone: 'Europe/Paris', currency: 'EUR' };

describe('docs/sources/files.md', () => {
  const sources = blocks.flatMap(
    (block) =>
      (block['sources'] as object[]) ?? (block['feeds'] ? [{ kind: 'files', name: 'x', ...block }] : []),
  );

  it('shows sources that work', () => {
    const parsed = companySchema.parse({ company, sources });
    const feeds = parsed.sources.flatMap((source) => source.feeds);
    expect(feeds.length).toBeGreaterThan(3);
    for (const feed of feeds)
      expect(compileFeed(feed, tableOf(feed.table), company.time_zone).fields.length).toBeGreaterThan(1);
  });

  it('shows ways to fill a column that the configuration takes', () => {
    const written = [...page.matchAll(/^\| `(\{ .*? \})` \|/gm)].map(
      ([, source = '']) => parse(source) as unknown,
    );
    expect(written.length).toBeGreaterThan(9);
    const columns = Object.fromEntries(written.map((source, index) => [`field_${index}`, source]));
    const feeds = [{ table: 'products', path: 'x', columns }];
    expect(
      companySchema.safeParse({ company, sources: [{ kind: 'files', name: 'x', feeds }] }).error,
    ).toBeUndefined();
  });
});
