import { describe, expect, it } from 'vitest';
import type { Company } from '../../functions/lake/company/company.ts';
import { explainChange } from '../../functions/lake/drivers/explain-change.ts';
import { en } from '../../functions/languages/en.ts';
import { fr } from '../../functions/languages/fr.ts';
import { oneLine } from '../../functions/languages/one-line.ts';
import { alertContent } from '../../functions/report/letters/alert-letter.ts';
import { digestContent } from '../../functions/report/letters/digest.ts';
import { opsContent, problemsOf } from '../../functions/report/letters/ops-letter.ts';
import { composeMail } from '../../functions/report/mail/mime.ts';
import type { Causes } from '../../functions/report/model/day.ts';
import { companyOf, event, finding, kpis, mailData, state } from './fixtures.ts';

const SCRIPT = '<script>alert(1)</script><img src=x onerror=alert(2)>';
const HEADER = 'Taiga\r\nBcc: thief@evil.example\r\n\r\n<b>body</b>';
const FORMULA = '=HYPERLINK("http://evil.example","x")';
const TURNED = 'abc\u202egnp.exe\u2066';
const NASTY = [
  SCRIPT,
  HEADER,
  FORMULA,
  TURNED,
  '"><svg onload=alert(3)>',
  "'; --",
  '&amp;&lt;',
  'line\u2028separator',
  '\u0000nul\u0007bell',
];

/** A day on which everything that can be named by somebody else has a nasty name. */
function nastyDay(name: string) {
  const part = (member: string | null, numerator: number) => ({
    dimension: member === null ? null : 'brand',
    member,
    numerator: String(numerator),
    denominator: '1000',
  });
  const causes: Causes = {
    against: 'previous',
    explanation: explainChange(
      { ratio: true, unit: 'percent' },
      [{ ...part(null, 900), denominator: '2000' }, part(name, 700), part('calm', 200)],
      [{ ...part(null, 400), denominator: '2000' }, part(name, 200), part('calm', 200)],
    ),
  };
  const base = companyOf();
  const company: Company = {
    ...base,
    company: { ...base.company, name },
    sources: base.sources.map((source) => ({ ...source, name })),
  };
  return mailData({
    company,
    alerts: {
      asOf: '2026-11-21',
      run: 'r',
      states: [state({ rule: 'brand-drop', member: name }), state()],
      events: [event({ rule: 'brand-drop', member: name })],
    },
    findings: [
      finding({ source: name, message: name, sample: name, hint: name }),
      finding({ check: 'missing_exchange_rate', message: name, source: name }),
    ],
    runs: [
      {
        kpi: 'orders',
        status: 'failed',
        rows: 0,
        seconds: 0,
        bytesScanned: null,
        kpiVersion: '1',
        problem: { code: 'X', message: name, hint: name },
      },
    ],
    sources: [{ source: name, lastDate: null, tables: [] }],
    causes: new Map([['cart_abandonment_rate|last_7d', causes]]),
    kpis,
  });
}

const made = new Map<string, ReturnType<typeof makeMails>>();

function mailsOf(name: string): ReturnType<typeof makeMails> {
  const mails = made.get(name) ?? makeMails(name);
  made.set(name, mails);
  return mails;
}

async function makeMails(name: string) {
  const data = nastyDay(name);
  const contents = [en, fr].flatMap((language) => [
    digestContent(data, language),
    alertContent(data, data.alertNews, language),
    opsContent(data, problemsOf(data, language), language),
  ]);
  const envelope = {
    id: 'digest.2026-11-21.abc',
    kind: 'digest',
    asOf: '2026-11-21',
    from: 'Vigie <v@x.example>',
    unsubscribe: 'mailto:u@x.example',
    date: new Date('2026-11-22T06:00:00Z'),
  } as const;
  return Promise.all(
    contents.map((content) => composeMail(content, { ...envelope, to: { email: 'a@x.example', name } })),
  );
}

const headersOf = (raw: Uint8Array): string => {
  const text = new TextDecoder().decode(raw);
  return text.slice(0, text.indexOf('\r\n\r\n'));
};

describe.each(NASTY.map((name) => [name] as const))('a thing called %j', (name) => {
  it('harms nobody in HTML', async () => {
    for (const { page } of await mailsOf(name)) {
      const body = page.slice(page.indexOf('<body'));
      expect(body).not.toMatch(/<(script|svg|b)\b/i);
      expect(page.match(/<img [^>]*>/g)?.every((tag) => /src="data:image\/png/.test(tag)) ?? true).toBe(true);
      expect(body).not.toMatch(/<[^>]*\son\w+=/i);
    }
  });

  it('stays on its line in the text, unseen characters gone', async () => {
    for (const { text } of await mailsOf(name)) {
      expect(text).not.toMatch(/^\s*Bcc:/m);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that they are gone is the point
      expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
    }
  });

  it('adds no header and no recipient', async () => {
    for (const { raw, to } of await mailsOf(name)) {
      const names = headersOf(raw)
        .split(/\r\n(?![ \t])/)
        .map((line) => line.slice(0, line.indexOf(':')));
      const known = [
        'List-Unsubscribe',
        'Auto-Submitted',
        'Content-Language',
        'From',
        'To',
        'Subject',
        'Message-ID',
        'Date',
        'MIME-Version',
        'Content-Type',
      ];
      expect([...names].sort()).toEqual([...known].sort());
      expect(headersOf(raw)).not.toMatch(/[^\x20-\x7e\r\n\t]/);
      expect(to).toBe('a@x.example');
    }
  });
});

it('a name is shown, not swallowed', async () => {
  const [digest] = await mailsOf(SCRIPT);
  expect(digest?.text).toContain(oneLine(SCRIPT, 60));
  expect(digest?.page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

it('a long name is cut by characters, not through one', () => {
  expect(oneLine('😀'.repeat(100), 10)).toBe(`${'😀'.repeat(9)}…`);
});
