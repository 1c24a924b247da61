import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { starterConfig } from '../../cli/commands/starter-config.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { companySchema } from '../../functions/lake/company/company.ts';
import { parseCompany } from '../../functions/lake/company/file.ts';
import { tables } from '../kit/tables.ts';

const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');
const catalogue = loadCatalogue();

/** What an example leaves out of a whole file. */
const REST = {
  company: 'company: { name: Example, time_zone: Europe/Paris, currency: EUR }\n',
  sources:
    'sources: [{ kind: files, name: erp, feeds: [{ table: budgets, path: b.csv, columns: { budget_id: B, starts_on: F, ends_on: T, amount: A, currency: C } }, { table: consents, path: c.csv, columns: { person: { hash_email: E, as: person }, purpose: P, said_at: W, granted: G } }] }]\n',
};

describe('docs/configuration.md', () => {
  test.each(examples.map((text) => [text.split('\n')[0], text]))('the example of %s is read', (_, text) => {
    const rest = Object.entries(REST).flatMap(([section, words]) =>
      text.startsWith(`${section}:`) ? [] : [words],
    );
    expect(parseCompany(rest.join('') + text, 'docs/configuration.md', { tables, catalogue })).toBeTruthy();
  });

  test('names every key that vigie.yaml may have', () => {
    const keys = keysOf(z.toJSONSchema(companySchema, { io: 'input', unrepresentable: 'any' }));
    expect(keys.size).toBeGreaterThan(60);
    expect([...keys].filter((key) => !new RegExp(`[\`{ .]${key}[\`:]`).test(page))).toEqual([]);
  });

  test('the first vigie.yaml of `init` is read too', () => {
    const text = starterConfig({
      folder: '.',
      name: 'Dupont & Fils: "A"',
      currency: 'EUR',
      timeZone: 'Europe/Paris',
    });
    expect(parseCompany(text, 'vigie.yaml', { tables, catalogue }).company.name).toBe('Dupont & Fils: "A"');
  });
});

/** Names of properties anywhere in a JSON schema. */
function keysOf(schema: unknown): Set<string> {
  const keys = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const item of node) walk(item);
    else if (typeof node === 'object' && node !== null)
      for (const [name, value] of Object.entries(node)) {
        if (name === 'properties') for (const key of Object.keys(value as object)) keys.add(key);
        walk(value);
      }
  };
  walk(schema);
  return keys;
}
