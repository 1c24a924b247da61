import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A company's own folder with these files, by their paths in it. */
export function ownFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-own-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** The front matter of a count of documents; `front` says more, or otherwise. */
export const ownKpi = (
  front: Readonly<Record<string, string>> = {},
  sql = 'SELECT ordered_on AS day, customer_id, 1 AS documents FROM sales_documents',
): string => {
  const facts = {
    names: '{ en: Documents, fr: Pièces }',
    describes: '{ en: Documents of any kind., fr: Pièces de toute nature. }',
    unit: 'count',
    numerator: 'sum documents',
    good: 'up',
    windows: '[day, mtd]',
    headline: 'mtd',
    dimensions: '[region]',
    theme: 'sales',
    audience: '[finance]',
    ...front,
  };
  const lines = Object.entries(facts).map(([field, text]) => `${field}: ${text}`);
  return `/*\n${lines.join('\n')}\n*/\n${sql}\n`;
};

export const ownMeasure = (values: string, sql = 'SELECT ordered_on AS day, 1 AS n FROM orders'): string =>
  `/*\ndescribes: Made up.\nvalues: ${values}\n*/\n${sql}\n`;
