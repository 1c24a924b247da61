import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { PullReport } from '../../functions/lake/landing/batch.ts';
import { fetchHttp } from '../../functions/platform/fetch-http.ts';
import type { Http } from '../../functions/platform/http.ts';
import { archivedPages, archivedSlices } from '../../functions/pull/api/archive.ts';
import { FieldError, RecordReader } from '../../functions/pull/api/record-reader.ts';
import type { Entity, MapContext, RowSink, SourceDefinition } from '../../functions/pull/api/source.ts';
import { openVendor } from '../../functions/pull/api/vendor-client.ts';
import { definitionOf } from '../../functions/pull/source-kinds.ts';
import { mutated } from '../kit/mutated.ts';
import { runs } from '../kit/runs.ts';
import { tableOf, tables } from '../kit/tables.ts';
import { fetchWithoutPause } from '../pull/api/web.ts';
import { type ApiWorld, apiWorld } from '../pull/api/world.ts';
import { AS_OF, NOW, type ServedSources } from './served-sources.ts';

/** Headings that the page of a source has to have. */
const HEADINGS: readonly (readonly [string, RegExp])[] = [
  ['what it reads', /what it reads/i],
  ['permissions', /permission/i],
  ['credentials', /credential/i],
  ['limits', /limit/i],
  ['look-back', /look.?back/i],
  ['known traps', /trap/i],
  ['version and sunset', /version|sunset/i],
];

const CANARY_ADDRESS = 'Canary.Person@nobody-here.example';
const MUTATIONS = 150;

/** What every source over an API has to fulfil: it is run on each folder that is found. */
export function sourceContract(kind: string, served: Pick<ServedSources, 'of'>): void {
  const { recorded: recording, secret: needed } = served.of(kind);
  describe(`source ${kind}`, () => {
    let definition: SourceDefinition;
    beforeAll(async () => {
      definition = await definitionOf(kind);
    });

    test('its settings are a strict object, each documented and none shadowing a common key', () => {
      const { settings } = definition;
      if (!(settings instanceof z.ZodObject)) throw new Error('settings is no z.strictObject');
      expect(
        settings.safeParse({ no_such_key: 1 }).error?.issues.some(({ code }) => code === 'unrecognized_keys'),
      ).toBe(true);
      for (const [key, field] of Object.entries(settings.shape)) {
        expect(['kind', 'name', 'starts_on', 'max_rejected_share', 'max_age_days']).not.toContain(key);
        expect((field as z.ZodType).description, `${key} has no description`).toBeTruthy();
      }
    });

    test('its page tells what an operator needs', () => {
      const page = `functions/pull/sources/${kind}/README.md`;
      expect(existsSync(page), `${page} is missing`).toBe(true);
      const headings = readFileSync(page, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('#'));
      for (const [what, pattern] of HEADINGS)
        expect(
          headings.some((heading) => pattern.test(heading)),
          `no heading about ${what}`,
        ).toBe(true);
    });

    describe('against its vendor, simulated or recorded', () => {
      let world: ApiWorld;
      let report: PullReport;
      let settings: unknown;
      const spy = watchingHttp();

      beforeAll(async () => {
        const { source, secret } = served.of(kind);
        settings = source.settings;
        world = apiWorld(spy.http, secret === null ? {} : { [secret.name]: secret.text });
        world.setNow(NOW);
        report = await world.pull(definition, source, { asOf: AS_OF });
        await world.load(report);
      });
      afterAll(() => world?.close());

      test('it is pulled whole, and nothing is refused', () => {
        expect(report.problem).toBeUndefined();
        expect(report.status).toBe('ok');
        expect(report.batches.reduce((sum, { rejected }) => sum + rejected, 0)).toBe(0);
        expect(report.batches.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThan(0);
      });

      test('it fills the tables it declares, and only those', () => {
        const filled = [...new Set(definition.entities(settings).flatMap((entity) => entity.tables))];
        for (const table of filled) expect(tables.has(table), table).toBe(true);
        expect(report.batches.map(({ table }) => table).sort()).toEqual([...filled].sort());
      });

      test.runIf(recording !== undefined)('it becomes the rows that were worked out by hand', async () => {
        const wanted = recording?.rows ?? {};
        for (const [table, [header = [], ...rows]] of Object.entries(wanted)) {
          const columns = header.map(String);
          const select = columns.map((column) => `CAST(${column} AS varchar) AS ${column}`).join(', ');
          const found = await world.rows(table, select);
          expect(found.map((row) => columns.map((column) => row[column] ?? null)).sort()).toEqual(
            rows.sort(),
          );
        }
        expect(Object.keys(wanted).sort()).toEqual(report.batches.map(({ table }) => table).sort());
      });

      test('pulled and loaded again, it changes nothing', async () => {
        const { source } = served.of(kind);
        const rows = async () =>
          Promise.all(
            report.batches.map(({ table }) =>
              world.rows(
                table,
                tableOf(table)
                  .columns.map(({ name }) => name)
                  .join(', '),
              ),
            ),
          );
        const before = await rows();
        const again = await world.pull(definition, source, { asOf: AS_OF, run: 'run-2' });
        expect(again.problem).toBeUndefined();
        await world.load(again);
        expect(await rows()).toEqual(before);
      });

      test('no credential and no e-mail address is stored or logged', () => {
        const everything = [...world.stored().values(), ...world.logged].join('\n');
        // Where the vendor answers in JSON at all.
        expect(spy.planted() > 0).toBe(spy.isJson());
        for (const form of [CANARY_ADDRESS, CANARY_ADDRESS.toLowerCase()])
          expect(everything).not.toContain(form);
        expect(spy.secrets().length > 0).toBe(served.of(kind).secret !== null);
        for (const secret of spy.secrets())
          expect(everything.includes(secret), 'a credential is stored').toBe(false);
      });

      test('its probe says that all is well', async () => {
        const { source } = served.of(kind);
        const result = await definition.probe(
          openVendor(world.platform, source, definition),
          source.settings,
        );
        expect(result).toMatchObject({ status: 'ok' });
      });

      test.skipIf(needed === null)(
        'wrong credentials are told, with what to do, and never repeated',
        async () => {
          const { source, secret } = served.of(kind);
          if (secret === null) throw new Error(`${kind} has no secret, though its vendor wants one`);
          const wrong = wrongSecret(secret.text);
          const other = apiWorld(fetchWithoutPause(), { [secret.name]: wrong.text });
          other.setNow(NOW);
          const refused = await other.pull(definition, source, { asOf: AS_OF });
          const told = JSON.stringify([refused.problem, other.logged]);
          await other.close();
          expect(refused.status).toBe('failed');
          expect(refused.problem?.hint).toBeTruthy();
          for (const value of wrong.values)
            expect(told.includes(value), 'the wrong secret is repeated').toBe(false);
        },
      );

      test('its mapping is pure: the same record gives the same rows, and stays as it was', async () => {
        for (const { entity, record, context } of await recorded(world, definition, settings)) {
          const before = structuredClone(record);
          const first = mapped(entity, record, context);
          expect(mapped(entity, record, context)).toEqual(first);
          expect(record).toEqual(before);
        }
      });

      test('every record that is not as known is mapped, or rejected naming the field', async () => {
        const records = await recorded(world, definition, settings);
        for (const { entity, record, context } of onePerEntity(records))
          fc.assert(
            fc.property(mutated(record), (broken) => {
              const result = mapped(entity, broken, context);
              if (result instanceof FieldError) expect(result.field, result.reason).not.toBe('');
            }),
            { numRuns: runs(MUTATIONS) },
          );
      });
    });
  });
}

interface Recorded {
  readonly entity: Entity;
  readonly record: unknown;
  readonly context: MapContext;
}

/** Records of the archive, some of each slice. */
async function recorded(
  world: ApiWorld,
  definition: SourceDefinition,
  settings: unknown,
): Promise<Recorded[]> {
  const found: Recorded[] = [];
  for (const slice of await archivedSlices(world.platform.bucket, definition.kind, 'run-1')) {
    const entity = definition.entities(settings).find(({ name }) => name === slice.slice.entity);
    if (!entity) throw new Error(`no entity ${slice.slice.entity}`);
    for await (const page of archivedPages(world.platform.bucket, slice)) {
      const context = {
        source: definition.kind,
        settings,
        slice: slice.slice,
        page,
        timeZone: 'Europe/Paris',
        currency: 'EUR',
      };
      for (const record of entity.records(page).slice(0, 20)) found.push({ entity, record, context });
      break;
    }
  }
  return found;
}

const onePerEntity = (records: readonly Recorded[]): Recorded[] => [
  ...new Map(records.map((each) => [each.entity.name, each])).values(),
];

/** What a record becomes; anything thrown that is no `FieldError` is a failure. */
function mapped(entity: Entity, record: unknown, context: MapContext): unknown[] | FieldError {
  const said: unknown[] = [];
  const sink: RowSink = {
    row: (table, row) => void said.push([table, row]),
    empty: (table, scope) => void said.push([table, scope, 'empty']),
    skip: (reason) => void said.push(reason),
  };
  try {
    entity.map(new RecordReader(record), sink, context);
    return said;
  } catch (error) {
    if (error instanceof FieldError) return error;
    throw error;
  }
}

/** Real requests; every object of an answer in JSON gets a field that nobody knows, with an address in it. */
function watchingHttp() {
  const http = fetchHttp();
  const secrets = new Set<string>();
  let planted = 0;
  let json = false;
  const watching: Http = {
    pause: async () => undefined,
    async send(request) {
      for (const value of credentialsIn(request)) secrets.add(value);
      const response = await http.send(request);
      if (!/json/.test(response.headers.get('content-type') ?? '')) return response;
      json = true;
      const chunks: Uint8Array[] = [];
      for await (const chunk of response.body) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString('utf8');
      for (const token of tokensIn(text)) secrets.add(token);
      const canary = `"zz_unknown":${JSON.stringify(CANARY_ADDRESS)},`;
      const marked = text.replace(/\{(?=\s*")/g, () => {
        planted += 1;
        return `{${canary}`;
      });
      const body = (async function* () {
        yield Buffer.from(marked);
      })();
      return { ...response, body, headers: withoutLength(response.headers) };
    },
  };
  return { http: watching, secrets: () => [...secrets], planted: () => planted, isJson: () => json };
}

function withoutLength(headers: Headers): Headers {
  const copy = new Headers(headers);
  copy.delete('content-length');
  return copy;
}

function credentialsIn({
  headers,
  url,
  body,
}: {
  headers: Readonly<Record<string, string>>;
  url: string;
  body?: string;
}): string[] {
  const inHeaders = Object.entries(headers)
    .filter(([name]) => /authorization|token|key|secret/i.test(name))
    .map(([, value]) => value.replace(/^(Bearer|Basic) /, ''));
  const texts = [
    new URL(url).searchParams,
    ...(/grant_type=/.test(body ?? '') ? [new URLSearchParams(body)] : []),
  ];
  const inTexts = texts.flatMap((fields) =>
    [...fields]
      .filter(([name]) => /token$|^key$|secret|assertion|password/i.test(name) && !/skip/i.test(name))
      .map(([, value]) => value),
  );
  return [...inHeaders, ...inTexts].filter((value) => value.length >= 8);
}

const tokensIn = (text: string): string[] => {
  const found = /"(?:access|refresh)_token"\s*:\s*"([^"]+)"/g;
  return [...text.matchAll(found)].map(([, token]) => token as string);
};

/** The same secret with every value spoilt. */
function wrongSecret(text: string): { readonly text: string; readonly values: readonly string[] } {
  const fields = JSON.parse(text) as Record<string, string>;
  const spoilt = Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field,
      field === 'private_key' ? value : `wrong-${field}-${value.length}-9f3a`,
    ]),
  );
  return {
    text: JSON.stringify(spoilt),
    values: Object.values(spoilt).filter((value) => value.startsWith('wrong-')),
  };
}
