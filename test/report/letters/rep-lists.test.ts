import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import type { List } from '../../../functions/lake/catalogue/list.ts';
import { readersOf } from '../../../functions/lake/company/readers.ts';
import { recipient } from '../../../functions/lake/company/recipient.ts';
import type { ListEntry } from '../../../functions/lake/snapshot/list-entries.ts';
import { en } from '../../../functions/languages/en.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { channelsOf } from '../../../functions/report/channels/channels.ts';
import { slack } from '../../../functions/report/channels/slack.ts';
import { digestContent } from '../../../functions/report/letters/digest.ts';
import { planLetters } from '../../../functions/report/letters/plan.ts';
import { composeMail } from '../../../functions/report/mail/mime.ts';
import { renderText } from '../../../functions/report/mail/text.ts';
import type { Day } from '../../../functions/report/model/day.ts';
import { listsFor } from '../../../functions/report/model/reader-lists.ts';
import { funnelDay } from '../funnel-day.ts';
import { dayPage } from '../site/pages.ts';

const { lists } = loadCatalogue();
const list = lists.find(({ id }) => id === 'lost_sales') as List;

/** A cart of a customer whose name says whose it is. */
const cart = (at: number, rep: string | null, customer = `Customer of ${rep}`): ListEntry => ({
  key: `K${at}`,
  values: {
    ...{ customer: `${customer} ${at}`, amount: String(1000 - at), reason: 'stock_out', product: 'Pump' },
    ...{ alternative: 'Pump plus', left_on: '2026-11-20', last_order_on: '2026-10-02' },
    ...{ objective_gap: '2500.5', sales_rep_id: rep, customer_id: `C${at}`, cart_id: `K${at}` },
  },
  reasons: [],
});

const reps = ['R1', 'R2', null];
const day = (entries = Array.from({ length: 18 }, (_, at) => cart(at, reps[at % 3] ?? null))): Day => ({
  ...funnelDay(),
  company: { ...funnelDay().company, lists: { lost_sales: { in_full: ['head'] } } },
  lists: [{ list, entries }],
});

const rep = (email: string, more: object) =>
  recipient.parse({ email, roles: ['sales'], digest: true, ...more });
const told = (of: readonly ReturnType<typeof rep>[]) =>
  planLetters(
    day(),
    readersOf(of).map((each) => ({ ...each, key: each.email, personal: true as const })),
  )
    .filter(({ kind }) => kind === 'digest')
    .map(({ reader, content }) => ({ reader: reader.key, said: JSON.stringify(content(new Set())) }));

test('a representative is told of her customers and of no other’s, also beside others of the same role and language', () => {
  const letters = told([
    rep('one@example.com', { members: { sales_rep: ['R1'] } }),
    rep('two@example.com', { members: { sales_rep: ['R2'] } }),
    rep('nobody@example.com', {}),
    rep('stranger@example.com', { members: { sales_rep: ['R3'] } }),
    rep('head@example.com', { roles: ['sales', 'head'] }),
  ]);
  const named = Object.fromEntries(
    letters.map(({ reader, said }) => [reader, [...new Set(said.match(/Customer of \w+/g))].sort()]),
  );
  expect(named).toEqual({
    'one@example.com': ['Customer of R1'],
    'two@example.com': ['Customer of R2'],
    'nobody@example.com': [],
    'stranger@example.com': [],
    'head@example.com': ['Customer of R1', 'Customer of R2', 'Customer of null'],
  });
});

test('whatever the entries and whoever reads: no entry of another’s is shown', () => {
  const ids = fc.constantFrom<string[]>('R1', 'R2', 'R3', '__proto__', '');
  const readers = fc.record(
    {
      roles: fc.subarray(['sales', 'executive', 'ops']),
      lists: fc.constantFrom(['lost_sales'], undefined),
      personal: fc.constant(true as const),
      members: fc.record({ sales_rep: fc.uniqueArray(ids, { minLength: 1 }) }),
    },
    { requiredKeys: ['roles'] },
  );
  fc.assert(
    fc.property(fc.array(fc.option(ids)), readers, (whose, reader) => {
      const of = day(whose.map((each, at) => cart(at, each)));
      const shown = listsFor(of, reader).flatMap(({ entries }) => entries);
      expect(
        shown.every(({ values }) => reader.members?.sales_rep.includes(String(values['sales_rep_id']))),
      ).toBe(true);
    }),
  );
});

test('no page, no chat: a list that names customers is in mails alone', () => {
  expect(dayPage(day(), en)).not.toContain('Customer of');
  const settings = {
    name: 'sales',
    secret: 'hook',
    language: 'en',
    roles: ['sales', 'head'],
    digest: true,
    members: { sales_rep: ['R1'] },
  };
  const company = { ...day().company, channels: [{ ...settings, kind: slack.kind }] };
  const platform = {} as Parameters<typeof channelsOf>[0];
  const readers = channelsOf({ ...platform, mailer: {} as never }, company).flatMap((each) => each.readers);
  const chat = readers.filter(({ roles }) => roles.includes('sales'));
  expect(chat.length).toBeGreaterThan(0);
  expect(chat.flatMap((reader) => listsFor(day(), reader))).toEqual([]);
});

test('the mail has the first five, and all of it as a file in which no cell is a formula', async () => {
  const hostile = day([
    cart(0, 'R1', '=HYPERLINK("http://x")'),
    cart(1, 'R2'),
    ...[2, 3, 4, 5, 6].map((at) => cart(at, 'R1')),
  ]);
  const content = digestContent(hostile, en, {
    reader: { roles: ['sales'], personal: true, members: { sales_rep: ['R1'] } },
  });
  const text = renderText(content);
  expect(text).toContain('Lost sales to call about');
  expect(text).toContain(
    'stock-out · Article: Pump · In stock instead: Pump plus · Abandoned: 20 Nov · Last order: 2 Oct · Behind objective: €2,501 · Customer number: C0\n',
  );
  // Whose she is shown is known: the list has entries of hers, though no figure names her.
  expect(text).not.toContain('No figure knows');
  expect(text).toContain('1 more in the attached file: lost_sales-2026-11-21.csv');
  const mail = await composeMail(content, {
    ...{ id: 'digest.x', kind: 'digest', asOf: '2026-11-21', from: 'Vigie <vigie@example.com>' },
    ...{ to: { email: 'r1@example.com' }, unsubscribe: 'mailto:x@example.com', date: new Date(0) },
  } as const);
  const raw = Buffer.from(mail.raw).toString('utf8');
  expect(raw).toContain('filename=lost_sales-2026-11-21.csv');
  const encoded =
    /filename=lost_sales-2026-11-21\.csv[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(raw)?.[1] ?? '';
  const csv = Buffer.from(encoded, 'base64').toString('utf8');
  expect(csv.split('\n').slice(0, 2)).toEqual([
    '\ufeffcustomer,amount,reason,product,alternative,left_on,last_order_on,objective_gap,region,sales_rep_id,customer_id,cart_id',
    '"\'=HYPERLINK(""http://x"") 0",1000,stock-out,Pump,Pump plus,2026-11-20,2026-10-02,2500.5,,R1,C0,K0',
  ]);
  expect(csv).not.toContain('Customer of R2');
  expect(
    renderText(
      digestContent(hostile, fr, {
        reader: { roles: ['sales'], personal: true, members: { sales_rep: ['R1'] } },
      }),
    ),
  ).toContain('1 de plus dans le fichier joint : lost_sales-2026-11-21.csv');
});
