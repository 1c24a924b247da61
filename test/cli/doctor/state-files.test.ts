import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { examine } from '../../../cli/doctor/examine.ts';
import { vigie } from '../../kit/command-line.ts';
import { localRun, withContext } from '../../kit/local-run.ts';
import { tinyCompany, unmeasured } from '../../kit/tiny-company.ts';

const AT = '2026-03-11T06:00:00Z';
let run: { readonly config: string; readonly state: string; readonly at: string };
let day: string;

beforeAll(async () => {
  const tiny = await tinyCompany([...unmeasured]);
  day = tiny.lastDay;
  run = { config: tiny.config, state: join(tiny.folder, 'state'), at: AT };
  await localRun({ ...run, asOf: day });
}, 120_000);

const filesOf = (folder: string): string[] =>
  readdirSync(join(run.state, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(json|parquet)$/.test(name))
    .map((name) => `${folder}/${name}`);

/** Damages a file for as long as something is looked at. */
async function damaged<T>(file: string, look: () => Promise<T>): Promise<T> {
  const path = join(run.state, file);
  const whole = readFileSync(path);
  writeFileSync(path, whole.subarray(0, whole.length / 2));
  try {
    return await look();
  } finally {
    writeFileSync(path, whole);
  }
}

const symptoms = () => withContext(run, (context) => examine(context));

test('doctor says that the files of the state are whole', async () => {
  expect((await symptoms()).filter(({ what }) => what === 'state files')).toEqual([
    {
      what: 'state files',
      status: 'ok',
      finding: expect.stringMatching(/^[1-9]\d* files looked at, all whole$/),
    },
  ]);
});

test('doctor names each damaged file with its remedy, and leaves it as it is', async () => {
  const chosen = [
    ...filesOf('state/loaded').slice(0, 1),
    'state/finished.json',
    ...filesOf('alerts/state').slice(0, 1),
    ...filesOf('checks').slice(0, 1),
    ...filesOf('snapshot/kpi=orders').slice(0, 1),
  ];
  expect(chosen.length).toBe(5);
  for (const file of chosen) {
    const found = await damaged(file, async () => {
      const before = readFileSync(join(run.state, file));
      const seen = await symptoms();
      expect(readFileSync(join(run.state, file))).toEqual(before);
      return seen.filter(({ what }) => what === 'state files');
    });
    expect(found, file).toEqual([
      {
        ...{ what: 'state files', status: 'warning' },
        finding: expect.stringContaining(`${file} is damaged`),
        remedy: expect.stringMatching(/\S/),
      },
    ]);
  }
});

test('a damaged record of the last run is a symptom, and ends no examination', async () => {
  const [file = ''] = filesOf('runs');
  const found = await damaged(file, symptoms);
  expect(found.find(({ what }) => what === 'last run')).toMatchObject({
    status: 'failed',
    finding: expect.stringContaining(`${file} is damaged`),
    remedy: expect.stringContaining('run its day again'),
  });
});

test('report prints what it could not show, with the remedy, and writes the rest', async () => {
  const [file = ''] = filesOf('snapshot/kpi=orders').filter((name) => name.endsWith('totals.parquet'));
  const { code, out, err } = await damaged(file, () =>
    vigie('report', '--date', day, '--config', run.config, '--state', run.state),
  );
  expect(out).toContain(join(day, 'index.html'));
  expect(err).toMatch(/not in the report: .*orders.*is damaged: .*vigie run --from/);
  expect(code).toBe(1);
  const page = readFileSync(join(run.state, 'reports', day, 'index.html'), 'utf8');
  expect(page).toContain('Units per order');
});
