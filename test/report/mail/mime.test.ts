import { describe, expect, it } from 'vitest';
import { fr } from '../../../functions/languages/fr.ts';
import { chartsOf } from '../../../functions/report/letters/blocks.ts';
import { digestContent } from '../../../functions/report/letters/digest.ts';
import { composeMail, senderOf } from '../../../functions/report/mail/mime.ts';
import { styleSheet } from '../../../functions/report/mail/theme.ts';
import { companyOf, facts, kpiOf, mailData, row, totals } from '../fixtures.ts';
import { decodeWords, subjectOf } from '../stored-day.ts';

const envelope = {
  id: 'digest.2026-11-21.abc',
  kind: 'digest',
  asOf: '2026-11-21',
  from: 'Vigie — été <vigie@nordwind.example>',
  to: { email: 'claire@example.com', name: 'Claire Élysée' },
  unsubscribe: 'https://x.example/u?id=1',
  date: new Date('2026-11-22T06:00:00Z'),
} as const;
const content = digestContent(mailData(), fr);
const compose = (change: Partial<Parameters<typeof composeMail>[1]> = {}) =>
  composeMail(content, { ...envelope, ...change });
const textOf = (raw: Uint8Array): string => new TextDecoder().decode(raw);
const header = (raw: Uint8Array, name: string): string => {
  const folded = new RegExp(`^${name}: ((?:.*)(?:\\r\\n[ \\t].*)*)`, 'm').exec(textOf(raw))?.[1] ?? '';
  return decodeWords(folded.replaceAll(/\r\n[ \t]/g, ' '));
};
/** The HTML part as the reader's program sees it. */
const htmlOf = (raw: Uint8Array): string => {
  const part = /Content-Type: text\/html[\s\S]*?\r\n\r\n([\s\S]*?)\r\n----_NmP/.exec(textOf(raw))?.[1] ?? '';
  const bytes = part
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
};

describe('headers', () => {
  it('identity, time and list headers, accents encoded', async () => {
    const { raw, from, to } = await compose();
    expect(header(raw, 'Message-ID')).toBe('<digest.2026-11-21.abc@nordwind.example>');
    expect(header(raw, 'Date')).toBe('Sun, 22 Nov 2026 06:00:00 +0000');
    expect(header(raw, 'From')).toBe('Vigie — été <vigie@nordwind.example>');
    expect(header(raw, 'To')).toBe('Claire Élysée <claire@example.com>');
    expect(subjectOf({ ...(await compose()) })).toBe(content.subject);
    expect([from, to]).toEqual(['vigie@nordwind.example', 'claire@example.com']);
    expect(header(raw, 'List-Unsubscribe')).toBe('<https://x.example/u?id=1>');
    expect(header(raw, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
  });

  it('one click only by https', async () => {
    const { raw } = await compose({ unsubscribe: 'unsubscribe@x.example' });
    expect(header(raw, 'List-Unsubscribe')).toBe('<mailto:unsubscribe@x.example>');
    expect(header(raw, 'List-Unsubscribe-Post')).toBe('');
  });

  it.each(['nobody', 'A <a@x.example>, B <b@x.example>', ''])('refuses the sender %j', (from) => {
    expect(() => senderOf(from)).toThrowError(expect.objectContaining({ code: 'MAIL_FROM_INVALID' }));
  });
});

it('the same message is the same bytes', async () => {
  expect((await compose()).raw).toEqual((await compose()).raw);
});

it('HTML and text twin; every picture attached once, named by the HTML, with the same in words', async () => {
  const { raw, text } = await compose();
  const whole = textOf(raw);
  expect(whole).toContain('multipart/alternative');
  const html = htmlOf(raw);
  const sources = [...html.matchAll(/<img[^>]* src="cid:([^"]+)"/g)].map((match) => match[1]);
  const attached = [...whole.matchAll(/Content-I[Dd]:\s+<([^>]+)>/g)].map((match) => match[1]);
  expect(sources).toHaveLength(6);
  expect(attached).toEqual(sources);
  for (const chart of chartsOf(content)) {
    expect(text).toContain(chart.alt);
  }
  // Every attachment begins as a PNG does.
  expect(whole.match(/\r?\n\r?\niVBORw0KGgo/g)).toHaveLength(6);
  expect(html).not.toMatch(/src="(?!cid:)/);
});

it('readable without pictures: every figure, change and reason is text', async () => {
  const html = htmlOf((await compose()).raw)
    .replaceAll(/<img[^>]*>/g, '')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&#x27;', "'");
  for (const block of content.blocks) {
    if (block.kind !== 'figure') continue;
    for (const said of [
      block.name,
      block.value ?? block.noValue,
      ...block.comparisons.map((each) => each.change),
    ])
      expect(html).toContain(said);
  }
});

it('phones, dark mode, language, preview line', async () => {
  const html = htmlOf((await compose()).raw);
  expect(html).toContain('<html lang="fr"');
  expect(html).toContain('name="color-scheme" content="light dark"');
  expect(html).toContain('name="supported-color-schemes" content="light dark"');
  expect(html).toContain('prefers-color-scheme:dark');
  expect(html).toContain('max-width:600px');
  expect(html.indexOf(content.preheader)).toBeLessThan(html.indexOf('<h1'));
  // React would escape these in the style sheet, and break it.
  expect(styleSheet).not.toMatch(/[<>&"']/);
});

it('stays below 100 kB when everything is said, at which Gmail would cut it', async () => {
  const many = Array.from({ length: 20 }, (_, index) =>
    kpiOf(
      `kpi_${index}`,
      `A figure with quite a long name ${index}`,
      `Un chiffre au nom plutôt long ${index}`,
    ),
  );
  const rows = many
    .flatMap((kpi) =>
      totals.filter((each) => each.kpi === 'net_revenue').map((each) => ({ ...each, kpi: kpi.id })),
    )
    .concat(many.map((kpi) => row(kpi.id, 'mtd', 'target', 1)));
  const causes = new Map(
    many.map((kpi) => [`${kpi.id}|mtd`, facts().causes.get('net_revenue|mtd') as never]),
  );
  const { alerts } = facts();
  const states = Array.from({ length: 15 }, (_, index) => ({
    ...(alerts?.states[1] as NonNullable<typeof alerts>['states'][number]),
    member: `Brand number ${index}`,
  }));
  const company = companyOf({ kpis: { digest: many.map((kpi) => kpi.id) } });
  const data = mailData({
    company,
    kpis: many,
    totals: rows,
    causes,
    alerts: { asOf: '2026-11-21', run: 'r', states, events: [] },
  });
  const mail = await composeMail(digestContent(data, fr), envelope);
  expect(Buffer.byteLength(htmlOf(mail.raw))).toBeLessThan(100_000);
});
