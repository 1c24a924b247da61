import { createHash } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { unfedTables } from '../../../functions/lake/catalogue/kpi-needs.ts';
import { wordIn } from '../../../functions/lake/values/language.ts';
import { fr } from '../../../functions/languages/fr.ts';
import type { Language } from '../../../functions/languages/language.ts';
import type { Bucket } from '../../../functions/platform/bucket.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import { readDay } from '../../../functions/report/model/read-day.ts';
import { writeReport } from '../../../functions/report/page/write-report.ts';
import { asOf, catalogue, company, fillBucket, measured, NASTY } from './sample-report.ts';

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
/** What a reader sees: without tags, and without what stands inside scripts and styles. */
const visible = (html: string): string =>
  html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
const unescaped = (html: string): string => html.replaceAll('&#x27;', "'");
const drawing = (html: string, id: string): string =>
  new RegExp(`<g id="${id}">[\\s\\S]*?(?=<g id="(?:line|trend)-)`).exec(html)?.[0] ?? '';
const article = (html: string, id: string): string =>
  new RegExp(`<article id="${id}"[\\s\\S]*?</article>`).exec(html)?.[0] ?? '';

const written = async (bucket: Bucket, language?: Language, of = company): Promise<string> =>
  writeReport({ bucket }, await readDay(bucket, { company: of, catalogue, asOf }), language);

async function report(days: number): Promise<{ html: string; again: string }> {
  const bucket = fileBucket(await mkdtemp(join(tmpdir(), 'vigie-report-')));
  await fillBucket(bucket, days);
  const key = await written(bucket);
  expect(key).toBe('reports/2026-11-21.html');
  const html = textOf(await bucket.read(key));
  await written(bucket);
  return { html, again: textOf(await bucket.read(key)) };
}

describe('the HTML report', () => {
  let html: string;
  let again: string;
  beforeAll(async () => {
    ({ html, again } = await report(70));
  });

  it('is the same when it is written again', () => {
    expect(again === html).toBe(true);
  });

  it('loads nothing: no address of a script, style, picture or font', () => {
    expect(html).not.toMatch(/<(link|img|iframe|object|embed|base)\b/i);
    expect(html).not.toMatch(/\s(src|srcset|xlink:href|action)=/i);
    expect(html).not.toMatch(/@import|url\((?!#)/i);
    expect(unescaped(html)).toContain("default-src 'none'");
  });

  it('harms nobody with names', () => {
    expect(html.match(/<script/gi)).toHaveLength(1);
    expect(html).not.toContain(NASTY);
    expect(visible(html)).toContain('&lt;script&gt;alert(');
    expect(html).toContain('Maison &amp; Fils &lt;b&gt;');
  });

  it('runs only the script that its policy names', () => {
    const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
    expect(unescaped(html)).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    expect(() => new Function(script)).not.toThrow();
  });

  it('has every id once, and a target for every link inside the page', () => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    expect(ids.length).toBe(new Set(ids).size);
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
    const clips = [...html.matchAll(/url\(#([^)]+)\)/g)].map((match) => match[1]);
    expect(clips.filter((clip) => !ids.includes(clip))).toEqual([]);
  });

  it('shows every KPI of systems that the company has in both languages, and every window of those with figures', () => {
    const fed = new Set(['carts', 'cart_lines']);
    const concerns = (kpi: (typeof catalogue.kpis)[number]): boolean =>
      measured.some((id) => id === kpi.id) || unfedTables(kpi, fed).length === 0;
    const shown = catalogue.kpis.filter((kpi) => html.includes(`id="${kpi.id}"`));
    expect(shown.map(({ id }) => id)).toEqual(catalogue.kpis.filter(concerns).map(({ id }) => id));
    expect(shown.length).toBeGreaterThan(measured.length);
    expect(shown.length).toBeLessThan(catalogue.kpis.length);
    for (const id of measured) {
      const kpi = catalogue.kpi(id);
      for (const place of [id, `fr-${id}`]) {
        const rows = article(html, place)
          .match(/<table class="windows[\s\S]*?<\/table>/)?.[0]
          .match(/<tr/g);
        expect(rows).toHaveLength(kpi.windows.length + 1);
      }
      expect(article(html, `fr-${id}`)).toContain(wordIn(kpi.names, fr));
    }
  });

  it('shows a dash and says "no data" where a comparison is missing, never zero', () => {
    const year =
      /<th scope="row">last 365 days[\s\S]*?<\/tr>/.exec(article(html, 'lost_sales_amount'))?.[0] ?? '';
    const cell = /data-label="vs last year"[\s\S]*?<\/td>/.exec(year)?.[0] ?? '';
    expect(cell).toContain('no data');
    expect(cell).not.toMatch(/>[^<]*\d[^<]*</);
  });

  it('names late sources and open alerts before any figure', () => {
    const top = visible(html.slice(0, html.indexOf('id="overview"')));
    expect(top).toContain('analytics: nothing after 18 November');
    expect(top).toContain('Cart abandonment rate, brand');
    expect(article(html, 'bounce_rate')).toContain('late data');
  });

  it('says the days of a member’s alert in words; it does not shade the line of all', () => {
    expect(drawing(html, 'trend-cart_abandonment_rate-wide')).not.toContain('fill="var(--alert)"');
    const section = article(html, 'cart_abandonment_rate');
    expect(visible(section)).toContain('10 Oct to 14 Oct');
    expect(visible(section)).toContain('19 Nov to 21 Nov, open');
    expect(drawing(html, 'trend-conversion_rate-wide')).toContain('stroke="var(--line)"');
    expect(drawing(html, 'trend-conversion_rate-wide')).not.toContain('fill="var(--alert)"');
  });

  it('draws each line once, and labels it in each language', () => {
    expect(html.match(/<g id="trend-lost_sales_amount-wide">/g)).toHaveLength(1);
    const labels = (place: string): string[] =>
      [...article(html, place).matchAll(/<text[^>]*>([^<]*)</g)].map((match) => match[1] as string);
    const [english, french] = [labels('lost_sales_amount'), labels('fr-lost_sales_amount')];
    expect(english).toContain('€500k');
    expect(french.map((label) => label.replaceAll('\u202f', ' '))).toContain('500 k €');
    expect(english.some((label) => /^\d+ Oct$/.test(label))).toBe(true);
    expect(french.some((label) => /^\d+ oct\.$/.test(label))).toBe(true);
    expect(french).toHaveLength(english.length);
    expect(html).not.toContain('\u241f');
  });

  it('says the chart in words, and hides the picture from who cannot see it', () => {
    const section = article(html, 'conversion_rate');
    expect(section).toMatch(/role="img" aria-label="Conversion rate\. 67 days: [^"]+"/);
    expect(section).toContain('aria-hidden="true"><use href="#trend-conversion_rate-wide"/>');
  });

  it('shows what part of a target is due, and how far along the whole of it is', () => {
    const section = visible(article(html, 'lost_sales_amount'));
    expect(section.match(/\d+% of the full target of €[\d.]+M?/g)).toHaveLength(1);
    expect(visible(article(html, 'cart_abandonment_rate'))).not.toContain('full target');
  });

  it('defines each figure: benchmark with source, where it says what to do', () => {
    const section = visible(article(html, 'cart_abandonment_rate'));
    expect(section).toContain('75.0% – Eight B2B marketing KPIs');
    expect(section).toContain('One brand or category: check its stock.');
  });

  it('goes theme by theme, in the company’s order, in contents, overview and sections', () => {
    const contents = /<nav[\s\S]*?<\/nav>/.exec(html)?.[0] ?? '';
    expect(visible(contents)).toMatch(
      /At a glance Web shop Lost sales Cart abandonment rate .*Leads and funnel Customer/,
    );
    const overview = /<table class="stacked">[\s\S]*?<\/table>/.exec(html)?.[0] ?? '';
    expect([...overview.matchAll(/data-group="(\w+)"/g)].map(([, theme]) => theme)).toEqual([
      'storefront',
      'funnel',
      'channels',
    ]);
  });

  it('names what the company goes without, with the reason in the reader’s language', async () => {
    const bucket = fileBucket(await mkdtemp(join(tmpdir(), 'vigie-report-')));
    const off = {
      bounce_rate: { en: 'The tag is <missing>.', fr: 'La balise manque.' },
      orders: 'Counted twice.',
    };
    const key = await written(bucket, undefined, { ...company, kpis: { ...company.kpis, off } });
    const page = textOf(await bucket.read(key));
    const [english, french] = page.split('data-edition="fr"');
    expect(visible(english ?? '')).toMatch(
      /Left out as unreliable here .*Bounce rate The tag is &lt;missing&gt;\./,
    );
    expect(visible(french ?? '')).toMatch(/Taux de rebond La balise manque\. .*Commandes Counted twice\./);
    expect(article(page, 'bounce_rate')).toBe('');
    expect(visible(html)).not.toContain('Left out as unreliable');
  });

  it('opens in the language asked for', async () => {
    const bucket = fileBucket(await mkdtemp(join(tmpdir(), 'vigie-report-')));
    const key = await written(bucket, fr);
    const french = textOf(await bucket.read(key));
    expect(french).toContain('<html lang="fr">');
    expect(french).toMatch(/data-edition="en" hidden/);
    expect(french).toContain('Samedi 21 novembre 2026');
  });

  it('says of a day without any figure that nothing was measured', async () => {
    const bucket = fileBucket(await mkdtemp(join(tmpdir(), 'vigie-report-')));
    const key = await written(bucket);
    const text = visible(textOf(await bucket.read(key)));
    expect(text).toContain('Not measured');
    expect(text).not.toMatch(/€ ?0|0\.0 ?%/);
  });
});
