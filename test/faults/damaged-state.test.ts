import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { figuresOf, localRun } from '../kit/local-run.ts';
import { quickFolder } from '../kit/quick-folder.ts';
import { tinyCompany, unmeasured } from '../kit/tiny-company.ts';
import { isItsTurn } from '../kit/turn.ts';
import { damages, filesIn, type HowDamaged, morningAfter } from './damage.ts';

let company: { readonly config: string; readonly state: string; readonly day: string };
let folder: string;
let figures: string[];
let files: string[];

const at = (state: string) => ({ config: company.config, state, at: '2026-03-12T06:00:00Z' });

beforeAll(async () => {
  folder = await quickFolder('vigie-damaged-');
  const tiny = await tinyCompany([...unmeasured, 'products_per_order', 'units_per_order'], folder);
  company = { config: tiny.config, state: join(folder, 'state'), day: tiny.lastDay };
  await localRun({
    ...at(company.state),
    asOf: '2026-03-09',
    from: '2026-03-07',
    at: '2026-03-10T06:00:00Z',
  });
  files = filesIn(company.state);
  await localRun({
    ...at(join(folder, 'reference')),
    asOf: '2026-03-09',
    from: '2026-03-07',
    at: '2026-03-10T06:00:00Z',
  });
  await localRun({ ...at(join(folder, 'reference')), asOf: company.day });
  figures = await figuresOf(at(join(folder, 'reference')), '2026-03-01', company.day);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Files of one kind are alike: by their folders and endings, a few stand for all. */
function kindOf(file: string): string {
  return file
    .replace(/\d{4}-\d{2}-\d{2}/g, '<day>')
    .replace(/\d{8}T\d+Z?/g, '<time>')
    .replace(/kpi=[^/]+/, 'kpi=<kpi>')
    .replace(/[0-9a-f]{12,16}/g, '<hash>')
    .replace(/(labels|work\/[^/]+\/[a-z]+)\/(?!_)[^/]+$/, '$1/<item>');
}

/** What a morning goes by; outputs and records that nothing reads are left to the long suite. */
const READ_AGAIN = /^(state\/|alerts\/state|checks\/|labels\/|snapshot\/kpi=orders\/|vigie\.duckdb$)/;

/**
 * Without: one file of each kind that a morning reads again, damaged in one way. `kinds`: one of every kind, in two ways.
 * `files`: every file in every way, which takes some ten minutes. CI takes a third of the cases in turn.
 */
const extent = process.env['VIGIE_DAMAGE'];
const hows = Object.keys(damages) as HowDamaged[];

test('whatever file of the state is damaged, everybody has the digest of the day, and it is named', async () => {
  const kinds = [...new Map(files.map((file) => [kindOf(file), file])).values()];
  const chosen =
    extent === 'files' ? files : extent === 'kinds' ? kinds : kinds.filter((file) => READ_AGAIN.test(file));
  const turned = (index: number) => hows.map((_, by) => hows[(index + by) % hows.length] as HowDamaged);
  const ways = extent === 'files' ? hows.length : extent === 'kinds' ? 2 : 1;
  const cases = chosen.flatMap((file, index) =>
    turned(index)
      .slice(0, ways)
      .map((how) => ({ file, how })),
  );
  const tried = cases.filter((_, index) => isItsTurn(index));
  for (const { file, how } of tried) {
    const place = join(folder, 'damaged');
    const morning = await morningAfter(company, file, how, place);
    expect(morning.digests, `${morning.what}\n${morning.said}`).toBe(2);
    expect(morning.said, morning.what).not.toMatch(/bug in Vigie/);
    if (morning.code !== 0) expect(morning.said, morning.what).toContain(file.split('/').at(-1));
    const after = await figuresOf(at(place), '2026-03-07', company.day);
    expect(after, `figures after ${morning.what}\n${morning.said}`).toEqual(
      figures.filter((line) => after.length === 0 || /2026-03-(0[7-9]|10)/.test(line)),
    );
    rmSync(place, { recursive: true, force: true });
  }
}, 7_200_000);
