import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Kpi } from '../../../functions/lake/catalogue/kpi.ts';
import type { Company } from '../../../functions/lake/company/company.ts';
import { parseCompany, readCompany } from '../../../functions/lake/company/file.ts';
import { VigieError } from '../../../functions/platform/errors.ts';
import { tables } from '../../kit/tables.ts';

const kpi = (id: string, more: Partial<Kpi> = {}): Kpi => ({
  id,
  file: `sql/kpis/${id}.sql`,
  sql: 'SELECT 1',
  sqlLine: 1,
  version: 'v1',
  names: { en: id, fr: id },
  describes: { en: id, fr: id },
  unit: 'currency',
  ratio: false,
  cube: null,
  brokenDownBy: [],
  good: 'up',
  windows: ['day', 'mtd'],
  headline: 'mtd',
  dimensions: { region: { en: 'Region', fr: 'Région' } },
  reads: { orders: { history: 0, ahead: 0 } },
  dependsOn: ['orders'],
  views: [],
  additive: true,
  counts: [],
  theme: 'sales',
  audience: ['executive'],
  runbook: 'docs/kpis.md',
  ...more,
});
const catalogue = {
  kpis: [kpi('net_revenue'), kpi('orders'), kpi('bounce_rate', { unit: 'percent', ratio: true })],
};

const head = `company:
  name: Cordage & Fils
  time_zone: Europe/Paris
  currency: EUR
sources:
  - kind: files
    name: erp
    feeds:
      - table: targets
        path: targets.csv
        columns:
          kpi: KPI
          dimension: { constant: total }
          member: { constant: total }
          starts_on: From
          ends_on: To
          value: Value
`;

const options = { tables, catalogue };
const feedsOf = ({ sources }: Company) =>
  sources.flatMap((source) => ('feeds' in source ? source.feeds : []));
function problems(text: string): string[] {
  try {
    parseCompany(text, 'vigie.yaml', options);
  } catch (error) {
    if (!(error instanceof VigieError)) throw error;
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.hint).toBeTruthy();
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

describe('vigie.yaml', () => {
  it('is read with its defaults', () => {
    const company = parseCompany(head, 'vigie.yaml', options);
    expect(company.company.fiscal_year_starts).toBe(1);
    expect(feedsOf(company)[0]?.encoding).toBe('utf-8');
    expect(company.delivery.mailer).toEqual({ kind: 'files' });
  });

  it('may leave a section empty, and share settings by anchor and merge key', () => {
    const text = `${head}recipients:\nkpis:\n`.replace('columns:\n', 'columns: &columns\n').concat('');
    const merged = text.replace(
      'recipients:',
      `      - table: targets\n        path: more.csv\n        columns:\n          <<: *columns\n          value: Amount\nrecipients:`,
    );
    const company = parseCompany(merged, 'vigie.yaml', options);
    expect(feedsOf(company)[1]?.columns).toMatchObject({ kpi: 'KPI', value: 'Amount' });
    expect(company.recipients).toEqual([]);
  });

  it('leaves environment variables in paths to the inbox: figures can be shown without them', () => {
    const path = `\${NOWHERE}/targets_{date}.csv`;
    const company = parseCompany(head.replace('targets.csv', path), 'vigie.yaml', options);
    expect(feedsOf(company)[0]?.path).toBe(path);
  });

  describe('${NAME}', () => {
    const named = head.replace('Cordage & Fils', '"${FIRM} & Fils, ${TOWN}"');

    it('works in every text; a value is a text, whatever signs it has', () => {
      const env = { FIRM: 'A: "B" #', TOWN: 'Lille', OWNER: 'a@b.co' };
      const text = `${named}recipients:\n  - { email: "${'${OWNER}'}", roles: [ops] }\n`;
      const company = parseCompany(text, 'vigie.yaml', { ...options, env });
      expect(company.company.name).toBe('A: "B" # & Fils, Lille');
      expect(company.recipients[0]?.email).toBe('a@b.co');
    });

    it('is named with its line where it is not set, and nothing else is said of that text', () => {
      const text = named.replace('currency: EUR', 'currency: ${MONEY}');
      expect(problems(text).map((line) => line.replace(/;.*/, '').replace(/:\d+ /, ' '))).toEqual([
        'vigie.yaml:2  company.name: the environment variable FIRM is not set',
        'vigie.yaml:2  company.name: the environment variable TOWN is not set',
        'vigie.yaml:4  company.currency: the environment variable MONEY is not set',
      ]);
    });

    it('is written with two dollar signs where it is meant as it is; secrets are not variables', () => {
      const text = named.replace('${FIRM}', () => '$${FIRM}').replace('${TOWN}', '${secret:x}');
      expect(parseCompany(text, 'vigie.yaml', options).company.name).toBe('${FIRM} & Fils, ${secret:x}');
    });
  });

  it('asks for no column that is derived from another one', () => {
    const carts = `      - table: carts\n        path: carts.csv\n        columns: { cart_id: Id, last_changed_at: Changed, item_count: Items }\n`;
    expect(feedsOf(parseCompany(head + carts, 'vigie.yaml', options))).toHaveLength(2);
    expect(problems(head + carts.replace('last_changed_at: Changed, ', ''))).toHaveLength(3);
  });

  it('tells where a missing file was looked for', async () => {
    await expect(readCompany('/nowhere/vigie.yaml', options)).rejects.toMatchObject({
      code: 'CONFIG_MISSING',
    });
  });

  it('reads a file that begins with a byte order mark', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'vigie-')), 'vigie.yaml');
    await writeFile(file, `\uFEFF${head}`);
    expect((await readCompany(file, options)).company.name).toBe('Cordage & Fils');
  });

  it('answers every mistake at once, in the order of the file', () => {
    const text = head
      .replace('Europe/Paris', 'Europe/Pari')
      .replace('  currency: EUR', '  curency: EUR')
      .concat(
        'kpis: { off: { net_revenu: never } }\nrecipients:\n  - { email: nobody, roles: [executive] }\n',
      );
    expect(problems(text)).toEqual([
      'vigie.yaml:1:1  company.currency: is missing; it takes a text',
      'vigie.yaml:3:14  company.time_zone: "Europe/Pari": not an IANA time zone such as Europe/Paris',
      'vigie.yaml:4:3  company.curency: there is no such field; did you mean `currency`?',
      'vigie.yaml:18:16  kpis.off.net_revenu: there is no KPI "net_revenu"; did you mean `net_revenue`?',
      'vigie.yaml:20:14  recipients[0].email: "nobody" is not an e-mail address',
    ]);
  });
});

const feed = (lines: string): string =>
  head.replace('          value: Value\n', `          value: Value\n${lines}`);
const rule = (line: string, more = ''): string =>
  `${head}alerts:\n  rules:\n    - ${line}\n${more}recipients:\n  - { email: a@b.co, roles: [executive] }\n`;

/** What is written, and what the answer must say. */
const slips: [name: string, text: string, answer: RegExp][] = [
  ['a tab', head.replace('  name', '\tname'), /^vigie.yaml:2:1 .*tab/],
  ['a key twice', `${head}company: 3\n`, /^vigie.yaml:18:1 .*already above/],
  ['an unclosed quote', head.replace('Cordage', '"Cordage'), /closing quote/],
  ['an open bracket', `${head}kpis: { digest: [orders }\n`, /^vigie.yaml:18:/],
  ['an anchor nobody set', `${head}kpis: *none\n`, /none/],
  ['a list instead of a company', '- 1\n- 2\n', /^vigie.yaml:1:1 {2}a list is not a map/],
  ['an empty file', '', /^vigie.yaml:1:1/],
  [
    'a number for a text',
    head.replace('Cordage & Fils', '2024'),
    /2:9 {2}company.name: 2024 is not a text; put it in quotes/,
  ],
  ['an unknown table', head.replace('table: targets', 'table: target'), /9:16 .*did you mean `targets`/],
  [
    'an unknown column',
    feed('          valeu: X\n'),
    /18:11 .*columns.valeu: the table targets has no such column; did you mean `value`/,
  ],
  [
    'a needed column left out',
    head.replace('          value: Value\n', ''),
    /11:9 .*`value` of targets is needed/,
  ],
  [
    'a field source misspelt',
    head.replace('From', '{ from: From, formt: DD }'),
    /15:36 .*formt: there is no such field; did you mean `format`/,
  ],
  [
    'a field source that is none',
    head.replace('From', '{ colunm: From }'),
    /15:24 .*colunm: there is no such field/,
  ],
  [
    'a column not in the header',
    head.replace('path:', 'header: [KPI, From, To, Valeu]\n        path:'),
    /18:18 .*no column "Value"; did you mean `Valeu`/,
  ],
  [
    'a broken pattern',
    head.replace('path:', "where: [{ column: KPI, matches: '(' }]\n        path:"),
    /10:41 .*regular expression/,
  ],
  [
    'a broken pattern of headings',
    head.replace('path:', "unpivot: { name: m, value: v, columns: { matches: '(' } }\n        path:"),
    /10:\d+ .*regular expression/,
  ],
  [
    'a cell called as its heading',
    head.replace('path:', 'unpivot: { name: m, value: m }\n        path:'),
    /10:\d+ .*what a cell is called cannot be what its heading is called/,
  ],
  [
    'headings both listed and matched',
    head.replace('path:', 'unpivot: { name: m, value: v, columns: { in: [a], matches: b } }\n        path:'),
    /give exactly one of in, matches/,
  ],
  [
    'a column that neither the header nor unpivot makes',
    head.replace('path:', 'header: [KPI, To, Jan]\n        unpivot: { name: From, value: V }\n        path:'),
    /has no column "Value"/,
  ],
  [
    'grouping by the decimal sign',
    head.replace('path:', "decimal: ','\n        thousands: ','\n        path:"),
    /11:20 .*cannot both/,
  ],
  [
    'a factor that is no number',
    head.replace('Value\n', '{ from: V, times: 1e-6x }\n'),
    /times: "1e-6x" is not a decimal/,
  ],
  ['an unknown zone of a feed', head.replace('path:', 'time_zone: Mars/Base\n        path:'), /not an IANA/],
  [
    'a source twice',
    head.concat(head.slice(head.indexOf('  - kind'))),
    /name: "erp" is the name of another source/,
  ],
  [
    'a recipient twice',
    `${head}recipients:\n  - { email: a@b.co, roles: [x] }\n  - { email: A@B.co, roles: [x] }\n`,
    /20:14 .*recipient already/,
  ],
  [
    'a role that nobody uses',
    `${head}recipients:\n  - { email: a@b.co, roles: [ops, exectuive] }\n`,
    /19:\d+ .*recipients\[0\]\.roles\[1\]: nobody is told anything as "exectuive"; did you mean `executive`/,
  ],
  [
    'a KPI both off and in the digest',
    `${head}kpis: { off: { orders: counted twice }, digest: [orders] }\n`,
    /digest\[0\]: "orders" is also/,
  ],
  [
    'KPIs switched off without a reason',
    `${head}kpis: { off: [orders] }\n`,
    /18:\d+ +kpis\.off: a list is not a map of names to values \(`name: value`\)/,
  ],
  [
    'an empty reason',
    `${head}kpis: { off: { orders: } }\n`,
    /kpis\.off\.orders: is empty|null is not a text/,
  ],
  [
    'a theme in the dashboard',
    `${head}kpis: { dashboard: [orders, sales] }\n`,
    /kpis\.dashboard\[1\]: there is no KPI "sales"/,
  ],
  [
    'an unknown theme',
    `${head}kpis: { themes: [sales, funel] }\n`,
    /kpis\.themes\[1\]: "funel" is not allowed; did you mean `funnel`/,
  ],
  ['a theme twice', `${head}kpis: { themes: [sales, sales] }\n`, /kpis\.themes: a list: names a theme twice/],
  [
    'a figure of a theme that is left out',
    `${head}kpis: { themes: [funnel], digest: [orders] }\n`,
    /kpis\.themes leaves out the theme of "orders", sales; name it there/,
  ],
  [
    'a theme that is left out, shown to a role',
    `${head}kpis: { themes: [funnel], roles: { executive: [storefront] } }\nrecipients: [{ email: a@b.co, roles: [executive] }]\n`,
    /kpis\.roles\.executive\[0\]: kpis\.themes leaves out "storefront"/,
  ],
  [
    'figures for a role that nobody has',
    `${head}kpis: { roles: { sale: [orders] } }\nrecipients: [{ email: a@b.co, roles: [sales, executive] }]\n`,
    /kpis\.roles\.sale: nobody has the role "sale"; did you mean `sales`/,
  ],
  [
    'a figure of a recipient that does not exist',
    `${head}recipients: [{ email: a@b.co, roles: [executive], kpis: [orders, storefrnt] }]\n`,
    /recipients\[0\]\.kpis\[1\]: there is no KPI and no theme "storefrnt"; did you mean `storefront`/,
  ],
  [
    'a rule on a KPI of a theme that is left out',
    rule('{ kind: limit, id: a, kpi: orders, above: 1 }', 'kpis: { themes: [funnel] }\n'),
    /"orders" is left out: kpis\.themes does not name sales; the rule would never be judged/,
  ],
  ['an unknown window', `${head}kpis: { windows_off: [last_28] }\n`, /did you mean `last_28d`/],
  [
    'a KPI left without a window',
    `${head}kpis: { windows_off: [day, mtd], off: { orders: 'no', bounce_rate: 'no' } }\n`,
    /leaves net_revenue without a window/,
  ],
  [
    'an unknown kind of rule',
    rule('{ kind: limt, id: a, kpi: orders, above: 1 }'),
    /20:15 .*"limt" is not allowed; did you mean `limit`/,
  ],
  [
    'a rule without kind',
    rule('{ id: a, kpi: orders, above: 1 }'),
    /kind: is missing; it takes one of limit, change/,
  ],
  [
    'a rule with two sides',
    rule('{ kind: limit, id: a, kpi: orders, above: 1, below: 0 }'),
    /give either `above` or `below`/,
  ],
  [
    'a rule of an unknown KPI',
    rule('{ kind: limit, id: a, kpi: ordres, above: 1 }'),
    /20:34 .*there is no KPI "ordres"; did you mean `orders`/,
  ],
  [
    'a rule of a KPI that is off',
    rule('{ kind: limit, id: a, kpi: orders, above: 1 }', 'kpis: { off: { orders: counted twice } }\n'),
    /never be judged/,
  ],
  [
    'a window the KPI lacks',
    rule('{ kind: limit, id: a, kpi: orders, above: 1, period: ytd }'),
    /orders has no window ytd; it offers day, mtd/,
  ],
  [
    'a window left out',
    rule('{ kind: limit, id: a, kpi: orders, above: 1 }', 'kpis: { windows_off: [mtd] }\n'),
    /window mtd is left out/,
  ],
  [
    'an unknown dimension',
    rule('{ kind: limit, id: a, kpi: orders, above: 1, dimension: regoin }'),
    /did you mean `region`/,
  ],
  [
    'members of no dimension',
    rule('{ kind: limit, id: a, kpi: orders, above: 1, members: [x] }'),
    /of which dimension/,
  ],
  [
    'a clear level beyond the limit',
    rule('{ kind: limit, id: a, kpi: orders, above: 1, clear: 2 }'),
    /clear: 2 lies above/,
  ],
  [
    'a clear level beyond the lower limit',
    rule('{ kind: limit, id: a, kpi: orders, below: 2, clear: 1 }'),
    /clear: 1 lies below/,
  ],
  [
    'a rule id twice',
    rule(
      '{ kind: limit, id: a, kpi: orders, above: 1 }\n    - { kind: limit, id: a, kpi: orders, above: 2 }',
    ),
    /21:26 .*"a" is the id of rule 1/,
  ],
  [
    'an unknown rule switched off',
    rule('{ kind: limit, id: a, kpi: orders, above: 1 }', '  off: [acquisition-cost-jmp]\n'),
    /did you mean `acquisition-cost-jump`/,
  ],
  [
    'an interval of what is no share',
    rule('{ kind: limit, id: a, kpi: orders, above: 1, confidence: 0.9 }'),
    /only a share of a whole/,
  ],
  [
    'a benchmark that is not there',
    rule('{ kind: benchmark_gap, id: a, kpi: bounce_rate, above: 0.1 }'),
    /has no benchmark/,
  ],
  [
    'an unsigned drop',
    rule('{ kind: change, id: a, kpi: orders, against: previous, below: 0.2 }'),
    /`below` is negative: -0.2/,
  ],
  [
    'an anomaly of a growing window',
    rule('{ kind: anomaly, id: a, kpi: orders, above: 3 }'),
    /window that grows \(mtd\)/,
  ],
  [
    'a forecast of what has none',
    rule('{ kind: forecast_gap, id: a, kpi: bounce_rate, below: 0 }'),
    /kpi: nothing says where bounce_rate will end/,
  ],
  [
    'a role nobody has',
    rule('{ kind: limit, id: a, kpi: orders, above: 1, notify: [exectuive] }'),
    /did you mean `executive`/,
  ],
];

describe('a slip in vigie.yaml is answered with its place and the remedy', () => {
  it.each(slips)('%s', (_, text, answer) => {
    const found = problems(text);
    expect(found.join('\n')).toMatch(answer);
    expect(found.every((line) => /^vigie\.yaml:\d+:\d+ /.test(line))).toBe(true);
  });

  it('several slips in one feed are all told, though the feed as a whole is not valid', () => {
    const found = problems(feed('          valeu: X\n').replace('starts_on: From', 'starts_on: 3'));
    expect(found).toHaveLength(2);
  });
});
