import { createHash } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { unfedTables } from '../../../functions/lake/catalogue/kpi-needs.ts';
import { wordIn } from '../../../functions/lake/values/language.ts';
import { fr } from '../../../functions/languages/fr.ts';
import type { Language } from '../../../functions/languages/language.ts';
import type { Bucket } from '../../../functions/platform/bucket.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import { readDay } from '../../../functions/report/model/read-day.ts';
import { memberId } from '../../../functions/report/site/address.ts';
import type { MemberIndex } from '../../../functions/report/site/member-index.ts';
import { writeSite } from '../../../functions/report/site/write-site.ts';
import { asOf, catalogue, company, fillBucket, measured, NASTY } from './sample-report.ts';

const newBucket = async (): Promise<Bucket> => fileBucket(await mkdtemp(join(tmpdir(), 'vigie-site-')));
/** What a reader sees: without tags, and without what stands inside scripts and styles. */
const visible = (html: string): string =>
  html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
const unescaped = (html: string): string => html.replaceAll('&#x27;', "'");
const drawing = (html: string, id: string): string =>
  new RegExp(`<g id="${id}">[\\s\\S]*?</g>`).exec(html)?.[0] ?? '';
const edition = (html: string, language: string): string =>
  new RegExp(`data-edition="${language}"[\\s\\S]*?</main>`).exec(html)?.[0] ?? '';

const write = async (bucket: Bucket, { day = asOf, language, of = company }: Written = {}): Promise<string> =>
  writeSite({ bucket }, await readDay(bucket, { company: of, catalogue, asOf: day }), language);
interface Written {
  readonly day?: string;
  readonly language?: Language;
  readonly of?: typeof company;
}

/** Every file of the site, by its key below it. */
async function filesOf(bucket: Bucket): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const { key } of bucket.list('reports/'))
    files.set(key.replace('reports/', ''), new TextDecoder().decode(await bucket.read(key)));
  return files;
}

describe('the site', () => {
  const before = '2026-11-19';
  let bucket: Bucket;
  let files: Map<string, string>;
  const day = (): string => files.get(`${asOf}/index.html`) ?? '';
  const kpi = (id: string): string => files.get(`${asOf}/${id}/index.html`) ?? '';
  const calendar = (): string => files.get('index.html') ?? '';
  beforeAll(async () => {
    bucket = await newBucket();
    await fillBucket(bucket, 70);
    await write(bucket, { day: before });
    expect(await write(bucket)).toBe('reports/2026-11-21/index.html');
    files = await filesOf(bucket);
  });

  it('is the same when it is written again, and leaves no page of what the company went without since', async () => {
    const key = `reports/${asOf}/gone_since/index.html`;
    await bucket.write(key, 'a page of an earlier run');
    await write(bucket);
    expect(await filesOf(bucket)).toEqual(files);
  });

  it('has a page a day, a page a KPI, and one of all days; each below 300 kB', () => {
    expect([...files.keys()].filter((key) => key.startsWith(asOf)).length).toBeGreaterThan(measured.length);
    for (const id of measured) expect(kpi(id)).not.toBe('');
    for (const html of files.values()) expect(Buffer.byteLength(html)).toBeLessThan(300_000);
  });

  it('loads nothing: no address of a script, style, picture or font', () => {
    for (const html of files.values()) {
      expect(html).not.toMatch(/<(link|img|iframe|object|embed|base)\b/i);
      expect(html).not.toMatch(/\s(src|srcset|xlink:href|action)=/i);
      expect(html).not.toMatch(/@import|[^\w]url\((?!#)/i);
      expect(unescaped(html)).toContain("default-src 'none'");
    }
  });

  it('harms nobody with names', () => {
    for (const html of files.values()) {
      expect(html.match(/<script/gi)).toHaveLength(1);
      expect(html).not.toContain(NASTY);
      expect(html).toContain('Maison &amp; Fils &lt;b&gt;');
    }
    expect(visible(kpi('cart_abandonment_rate'))).toContain('&lt;script&gt;alert(');
  });

  it('runs only the script that its policy names', () => {
    const script = /<script>([\s\S]*?)<\/script>/.exec(day())?.[1] ?? '';
    expect(unescaped(day())).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    expect(() => new Function(script)).not.toThrow();
  });

  it('has every id once, and a page and a place for every link: nothing leads nowhere', () => {
    const ids = new Map(
      [...files].map(([file, html]) => [file, [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)]),
    );
    for (const [file, html] of files) {
      const own = ids.get(file) ?? [];
      expect(own.length).toBe(new Set(own).size);
      for (const [, href = ''] of html.matchAll(/href="([^"]+)"/g)) {
        if (href.startsWith('data:')) continue;
        const [path = '', place] = href.split('#');
        const target = path === '' ? file : normalize(join(dirname(file), path.split('?')[0] ?? ''));
        // What is below an address that a server has: nothing begins at its root, nothing leaves the folder.
        expect([file, href, ids.has(target)]).toEqual([file, href, true]);
        // A member that is not among the largest of a day has no line on it.
        if (place && !place.includes('='))
          expect([file, href, ids.get(target)?.includes(place)]).toEqual([file, href, true]);
      }
    }
  });

  it('finds every member that has a line, where it has one: on the day’s page, in every language', () => {
    for (const language of ['en', 'fr']) {
      const [, text = ''] = /data-members="([^"]*)"/.exec(edition(day(), language)) ?? [];
      const { kpis, members } = JSON.parse(
        text
          .replaceAll('&quot;', '"')
          .replaceAll('&#x27;', "'")
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&amp;', '&'),
      ) as MemberIndex;
      const told = members.flatMap(([, , anchor, ...places]) =>
        places.map((place) => `${kpis[place]} ${anchor}`),
      );
      const lines = catalogue.kpis.flatMap(({ id }) =>
        [...edition(kpi(id), language).matchAll(/<tr id="(?:[a-z]{2}-)?([^"]+=[^"]+)"/g)]
          .map(([, anchor = '']) => `${id} ${anchor}`)
          .filter((line) => !/=\((other|unknown)\)$/.test(decodeURIComponent(line))),
      );
      expect(told.toSorted()).toEqual(lines.toSorted());
      expect(lines.length).toBeGreaterThan(20);
      expect(members).toContainEqual(
        expect.arrayContaining([language === 'en' ? 'Brand' : 'Marque', NASTY, memberId('brand', NASTY)]),
      );
    }
    expect(kpi('net_revenue')).not.toContain('data-members=');
  });

  it('leads to the day before, on the same figure; from the calendar to every day', () => {
    expect(kpi('conversion_rate')).toContain(`href="../../${before}/conversion_rate/index.html" rel="prev"`);
    expect(kpi('conversion_rate')).toContain(`href="../../index.html?after=${asOf}&amp;kpi=conversion_rate"`);
    expect(calendar()).toContain(`data-days="${asOf} ${before}"`);
    expect(visible(edition(calendar(), 'en'))).toMatch(
      /21 1 Saturday 21 November 2026, 1 alert open .* 19 Nov to 21 Nov, open Cart abandonment rate, brand/,
    );
    expect(calendar()).toContain(
      `href="${asOf}/cart_abandonment_rate/index.html#${memberId('brand', NASTY).replaceAll("'", '&#x27;')}"`,
    );
  });

  it('shows a page for every KPI of systems that the company has, and every window of those with figures', () => {
    const fed = new Set(['carts', 'cart_lines']);
    const concerns = (each: (typeof catalogue.kpis)[number]): boolean =>
      measured.some((id) => id === each.id) || unfedTables(each, fed).length === 0;
    const shown = catalogue.kpis.filter(({ id }) => kpi(id) !== '');
    expect(shown.map(({ id }) => id)).toEqual(catalogue.kpis.filter(concerns).map(({ id }) => id));
    expect(shown.length).toBeGreaterThan(measured.length);
    expect(shown.length).toBeLessThan(catalogue.kpis.length);
    for (const id of measured) {
      for (const language of ['en', 'fr']) {
        const [table = ''] = /<table class="windows[\s\S]*?<\/table>/.exec(edition(kpi(id), language)) ?? [];
        expect(table.match(/<tr/g)).toHaveLength(catalogue.kpi(id).windows.length + 1);
      }
      expect(edition(kpi(id), 'fr')).toContain(wordIn(catalogue.kpi(id).names, fr));
    }
  });

  it('shows a dash and says "no data" where a comparison is missing, never zero', () => {
    const [year = ''] =
      /<th scope="row">last 365 days[\s\S]*?<\/tr>/.exec(edition(kpi('lost_sales_amount'), 'en')) ?? [];
    const cell = [...year.matchAll(/<td class="number"[\s\S]*?<\/td>/g)][1]?.[0] ?? '';
    expect(cell).toContain('no data');
    expect(cell).not.toMatch(/>[^<]*\d[^<]*</);
  });

  it('says the news, names late sources before any figure, then the figures asked for first, then what is open', () => {
    const text = visible(edition(day(), 'en').replace(/<nav class="contents"[\s\S]*?<\/nav>/, ''));
    const order = [
      'Saturday 21 November 2026',
      'analytics: nothing after 18 November',
      'The headline figures',
      'Critical',
      'At a glance',
    ];
    const places = order.map((words) => text.search(new RegExp(words, 'i')));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    expect(edition(kpi('bounce_rate'), 'en')).toContain('late data');
  });

  it('an open alert leads to its member’s line', () => {
    const href = `cart_abandonment_rate/index.html#${memberId('brand', NASTY)}`;
    expect(unescaped(edition(day(), 'en'))).toContain(`href="${href}"`);
    expect(unescaped(kpi('cart_abandonment_rate'))).toContain(`id="${memberId('brand', NASTY)}"`);
  });

  it('says the days of a member’s alert in words; it does not shade the line of all', () => {
    expect(drawing(kpi('cart_abandonment_rate'), 'trend-wide')).not.toContain('fill="var(--alert)"');
    const section = visible(edition(kpi('cart_abandonment_rate'), 'en'));
    expect(section).toContain('10 Oct to 14 Oct');
    expect(section).toContain('19 Nov to 21 Nov, open');
    expect(drawing(kpi('conversion_rate'), 'trend-wide')).toContain('stroke="var(--line)"');
  });

  it('draws each line once, labels it in each language, and begins its axis where the figures are', () => {
    const html = kpi('lost_sales_amount');
    expect(html.match(/<g id="trend-wide">/g)).toHaveLength(1);
    const labels = (language: string): string[] =>
      [...edition(html, language).matchAll(/<text[^>]*>([^<]*)</g)].map((match) => match[1] as string);
    const [english, french] = [labels('en'), labels('fr')];
    expect(english).toContain('€1.4m');
    expect(french.map((label) => label.replaceAll('\u202f', ' '))).toContain('1,4 M €');
    expect(english).not.toContain('0');
    expect(english.some((label) => /^\d+ Oct$/.test(label))).toBe(true);
    expect(french.some((label) => /^\d+ oct\.$/.test(label))).toBe(true);
    expect(french).toHaveLength(english.length);
  });

  it('says the chart in words, and hides the picture from who cannot see it', () => {
    const section = edition(kpi('conversion_rate'), 'en');
    expect(section).toMatch(/role="img" aria-label="Conversion rate\. 67 days: [^"]+"/);
    expect(section).toMatch(/aria-hidden="true"[^>]*><use href="#trend-wide"\/>/);
  });

  it('shows what part of a target is due, and how far along the whole of it is', () => {
    const section = visible(edition(kpi('lost_sales_amount'), 'en'));
    expect(section.match(/\d+% of the full target of €[\d.]+M?/g)).toHaveLength(1);
    expect(visible(kpi('cart_abandonment_rate'))).not.toContain('full target');
  });

  it('defines each figure: benchmark with source, where it says what to do', () => {
    const section = visible(edition(kpi('cart_abandonment_rate'), 'en'));
    expect(section).toContain('75.0% – Eight B2B marketing KPIs');
    expect(section).toContain('One brand or category: check its stock.');
  });

  it('goes theme by theme, in the company’s order, in contents and overview', () => {
    const contents = /<nav class="contents"[\s\S]*?<\/nav>/.exec(day())?.[0] ?? '';
    expect(visible(contents)).toMatch(
      /At a glance Web shop Lost sales Cart abandonment rate .*Leads and funnel Customer/,
    );
    const overview = /<table class="stacked"[\s\S]*?<\/table>/.exec(day())?.[0] ?? '';
    expect([...overview.matchAll(/data-group="(\w+)"/g)].map(([, theme]) => theme)).toEqual([
      'storefront',
      'funnel',
      'channels',
    ]);
  });
});

describe('a site of another kind', () => {
  it('names what the company goes without, with the reason in the reader’s language', async () => {
    const bucket = await newBucket();
    const off = {
      bounce_rate: { en: 'The tag is <missing>.', fr: 'La balise manque.' },
      orders: 'Counted twice.',
    };
    await write(bucket, { of: { ...company, kpis: { ...company.kpis, off } } });
    const files = await filesOf(bucket);
    const page = files.get(`${asOf}/index.html`) ?? '';
    expect(visible(edition(page, 'en'))).toMatch(
      /Left out as unreliable here .*Bounce rate The tag is &lt;missing&gt;\./,
    );
    expect(visible(edition(page, 'fr'))).toMatch(
      /Taux de rebond La balise manque\. .*Commandes Counted twice\./,
    );
    expect(files.has(`${asOf}/bounce_rate/index.html`)).toBe(false);
  });

  it('opens in the language asked for, and says of a day without any figure that nothing was measured', async () => {
    const bucket = await newBucket();
    await write(bucket, { language: fr });
    const page = (await filesOf(bucket)).get(`${asOf}/index.html`) ?? '';
    expect(page).toContain('<html lang="fr">');
    expect(page).toMatch(/data-edition="en"[^>]* hidden/);
    expect(page).toContain('Samedi 21 novembre 2026');
    expect(visible(page)).toContain('Non mesurés');
    expect(visible(page)).not.toMatch(/€ ?0|0\.0 ?%/);
  });
});
