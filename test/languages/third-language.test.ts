import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { alertRule } from '../../functions/lake/catalogue/alert-kinds/kinds.ts';
import { en } from '../../functions/languages/en.ts';
import type { Language } from '../../functions/languages/language.ts';
import { languages } from '../../functions/languages/languages.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { alertContent } from '../../functions/report/letters/alert-letter.ts';
import { digestContent } from '../../functions/report/letters/digest.ts';
import { opsContent, problemsOf } from '../../functions/report/letters/ops-letter.ts';
import { renderHtml } from '../../functions/report/mail/html.tsx';
import { renderText } from '../../functions/report/mail/text.ts';
import { readDay } from '../../functions/report/model/read-day.ts';
import { event, finding, kpis, mailData, rules, state } from '../report/fixtures.ts';
import { pagesOf } from '../report/site/pages.ts';
import { asOf, catalogue, company, fillBucket, measured, NASTY } from '../report/site/sample-report.ts';

/** Every word becomes Cyrillic nonsense, what it is given stays: a language made of one object, as a file would be. */
function nonsense(words: unknown): unknown {
  if (typeof words === 'string') return words.replace(/\p{L}+/gu, 'жо');
  if (typeof words === 'function')
    return (...given: unknown[]) => `жо ${given.flatMap((each) => partsOf(each)).join(' жо ')}`;
  if (Array.isArray(words)) return words.map(nonsense);
  return Object.fromEntries(Object.entries(words as object).map(([key, word]) => [key, nonsense(word)]));
}

const partsOf = (given: unknown): unknown[] =>
  (given !== null && typeof given === 'object' ? Object.values(given) : [given]).filter(
    (part) => typeof part === 'string' || typeof part === 'number',
  );

const third: Language = {
  ...(nonsense(en) as Language),
  ...{ tag: 'xx', name: 'Жо', locale: 'ru-RU' },
  writing: { ...en.writing, percent: (number) => `${number}%` },
};

/** Words of Latin letters that are left once what data and names hold is taken out. */
function latin(text: string, known: readonly string[]): string[] {
  const longest = known.toSorted((a, b) => b.length - a.length);
  const left = longest.reduce((rest, name) => rest.replaceAll(new RegExp(escapeText(name), 'gi'), ' '), text);
  return left.match(/[A-Za-z]{2,}/g) ?? [];
}

const escapeText = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** All that a person sees or hears of a page in a language; not its own tags, scripts and styles. */
function seen(html: string): string {
  const body = html.replace(/<(script|style)[\s\S]*?<\/\1>/g, '');
  const attributes = [...body.matchAll(/ (?:aria-label|title|alt|placeholder|data-label)="([^"]*)"/g)];
  return `${body.replace(/<[^>]*>/g, ' ')} ${attributes.map(([, text]) => text).join(' ')}`.replaceAll(
    /&(?:amp|lt|gt|quot|#x27);/g,
    ' ',
  );
}

/** Names that the things themselves have; in the third language they have none, so others stand in. */
const NAMES = [
  ...kpis.flatMap(({ names, advice }) => [...Object.values(names), ...Object.values(advice ?? {})]),
  ...['Brand', 'Region', 'Nordwind Négoce', 'Nordwind', 'Alpina', 'Bretagne', 'Alsace', 'Taiga', 'ad spend'],
  ...[
    'sap',
    'shop',
    'ads',
    'vigie@localhost',
    'subject',
    'unsubscribe',
    'mailto',
    'Vigie',
    'reports',
    'html',
    'index',
  ],
];

const day = mailData({
  rules: [
    ...rules,
    ...(['anomaly', 'target_gap', 'forecast_gap', 'benchmark_gap'] as const).map((kind) => ({
      ...(rules[0] as (typeof rules)[number]),
      rule: alertRule.parse({ id: kind.replace('_', '-'), kind, kpi: 'cart_abandonment_rate', above: 0.2 }),
    })),
  ],
  alerts: {
    asOf: '2026-11-21',
    run: 'r',
    states: ['abandonment', 'anomaly', 'target-gap', 'forecast-gap', 'benchmark-gap'].map((rule) =>
      state({ rule }),
    ),
    events: (['opened', 'still_firing', 'no_data', 'data_back', 'resolved', 'ended'] as const).map((kind) =>
      event({ kind }),
    ),
  },
  findings: [
    finding({ message: '1', hint: null }),
    finding({ check: 'unique_keys', means: { en: 'some rows stand there twice' }, message: '2', hint: '3' }),
  ],
  broken: [
    { step: 'judge', item: '4', problem: { code: 'X', message: '5' } },
    { step: 'report', item: '6', problem: { code: 'X', message: '7' } },
  ],
});

describe('a language that is one object, and nothing else', () => {
  const mails = {
    digest: digestContent(day, third),
    alert: alertContent(day, day.alertNews, third),
    'operators’ mail': opsContent(day, problemsOf(day, third), third),
  };
  test.each(Object.entries(mails))('says the whole %s', async (_, content) => {
    const text = `${content.subject} ${content.preheader} ${renderText(content)}`;
    expect(text).toMatch(/жо/);
    // Ids of checks, steps and commands are what operators search for.
    const ids = ['freshness', 'unique_keys', 'ad_spend', 'judge', 'report', 'vigie run --date'];
    expect(latin(text, [...NAMES, ...ids])).toEqual([]);
    const html = await renderHtml(content, () => 'x');
    expect(html).toContain('<html lang="xx"');
    expect(latin(seen(html), [...NAMES, ...ids])).toEqual([]);
  });

  test('says the whole report, beside the others', async () => {
    const bucket = fileBucket(await mkdtemp(join(tmpdir(), 'vigie-third-')));
    await fillBucket(bucket, 70);
    const pages = pagesOf(await readDay(bucket, { company, catalogue, asOf }), third, [third, ...languages]);
    const editions = [...pages.values()].map((html) =>
      html.slice(html.indexOf('<nav'), html.indexOf('</main>')),
    );
    const names = catalogue.kpis.flatMap((kpi) => [
      ...[kpi.names, kpi.describes, kpi.advice ?? {}].flatMap((words) => Object.values(words)),
      ...kpi.brokenDownBy.flatMap((dimension) => Object.values(dimension.names)),
      ...[kpi.benchmark?.source ?? '', kpi.file, ...Object.keys(kpi.reads)],
    ]);
    const tables = catalogue.tables.names.flatMap((name) => [name, catalogue.tables.said(name, en)]);
    const own = [NASTY, 'script', 'alert', 'x', 'Nordwind', 'Alpina', 'Hercule Pneus', 'Jantes', 'Sud-Est'];
    const rest = [
      '12 rows in USD without a rate',
      'Maison',
      'Fils',
      'English',
      'Français',
      'analytics',
      'brand-abandonment',
      'run',
      'edition',
      'lang',
    ];
    const known = [...names, ...tables, ...own, ...rest, `${asOf}.20261122T060004Z`].filter(Boolean);
    expect(measured.length).toBeGreaterThan(3);
    expect(pages.size).toBeGreaterThan(measured.length);
    for (const edition of editions) expect(latin(seen(edition), known)).toEqual([]);
  });
});
