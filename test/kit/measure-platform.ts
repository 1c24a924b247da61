import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { completeRows, type Given } from '../../authoring/cases/given-rows.ts';
import { withInlineTables } from '../../authoring/cases/inline-tables.ts';
import { type Catalogue, loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { type Company, companySchema } from '../../functions/lake/company/company.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import { frozenClock } from '../../functions/platform/clock.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { silentLog } from '../../functions/platform/log.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import { openRedactor } from '../../functions/platform/redact/redactor.ts';
import { tables } from './tables.ts';

const unused = (name: string) => () => {
  throw new Error(`measuring must not reach the ${name}`);
};

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'vigie-measure-'));

/** A platform whose lake tables hold just the given rows: enough for the measure step. */
export function measurePlatform(
  engine: Engine,
  given: Given,
  bucket: Bucket = fileBucket(newFolder()),
): Platform {
  const rows = completeRows(given, { tables, currency: 'EUR', timeZone: 'Europe/Paris', asOf: '2026-03-15' });
  return {
    bucket,
    engine: withInlineTables(engine, rows, tables),
    inbox: { list: unused('inbox'), stream: unused('inbox') },
    mailer: { idempotent: true, send: unused('mailer') },
    secrets: { get: unused('secrets'), put: unused('secrets') },
    http: { send: unused('http'), pause: unused('http') },
    clock: frozenClock('2026-03-16T06:00:00Z'),
    log: silentLog,
    redactor: openRedactor(),
  };
}

/** A company with defaults, and what a test changes of them. */
export const testCompany = (over: { company?: object; kpis?: object } = {}): Company =>
  companySchema.parse({
    company: { name: 'Test', time_zone: 'Europe/Paris', currency: 'EUR', ...over.company },
    sources: [
      {
        kind: 'files',
        name: 'erp',
        feeds: [{ table: 'orders', path: 'x.csv', columns: { order_id: 'id' } }],
      },
    ],
    kpis: over.kpis ?? {},
  });

const FRONT = `names: { en: Revenue, fr: Revenu }
describes: { en: Net amounts., fr: Montants nets. }
unit: currency
ratio: false
additive: true
good: up
windows: [day, mtd]
headline: mtd
dimensions: [channel]
audience: [executive]`;

const DIMENSIONS = `customer: { names: { en: Customer, fr: Client }, column: customer_id, label: customers.name }
channel: { names: { en: Channel, fr: Canal } }
region: { names: { en: Region, fr: Région }, from: customers.region }
`;

export const REVENUE_SQL = `SELECT
  p.as_of, p.period, p.comparison,
  CASE WHEN grouping(o.channel) = 0 THEN 'channel' END AS dimension,
  CASE WHEN grouping(o.channel) = 0 THEN coalesce(o.channel, '(unknown)') END AS member,
  sum(l.net_amount) AS numerator,
  CAST(NULL AS decimal(18,4)) AS denominator
FROM order_lines l
JOIN orders o ON o.order_id = l.order_id
JOIN periods p ON l.ordered_on BETWEEN p.starts_on AND p.ends_on
GROUP BY GROUPING SETS (
  (p.as_of, p.period, p.comparison),
  (p.as_of, p.period, p.comparison, o.channel)
)`;

/** A folder `sql/` with one KPI \`revenue\`; `front` and \`sql\` replace its parts. */
export function writeKpi(
  sql: string = REVENUE_SQL,
  front: string = FRONT,
  folder: string = join(newFolder(), 'sql'),
): string {
  mkdirSync(join(folder, 'kpis'), { recursive: true });
  mkdirSync(join(folder, 'views'), { recursive: true });
  writeFileSync(join(folder, 'dimensions.yaml'), DIMENSIONS);
  writeFileSync(join(folder, 'kpis', 'revenue.sql'), `/*theme: sales\n${front}\n*/\n${sql}\n`);
  return folder;
}

/** The front matter of \`revenue\`, with lines replaced by key. */
export const frontWith = (over: Readonly<Record<string, string>>): string =>
  FRONT.split('\n')
    .map((line) => {
      const key = line.split(':')[0] as string;
      return key in over ? `${key}: ${over[key]}` : line;
    })
    .join('\n');

export const catalogueOf = (sql?: string, front?: string): Catalogue =>
  loadCatalogue([writeKpi(sql, front)], tables);
