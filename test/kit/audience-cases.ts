import { completeRows, type Given } from '../../authoring/cases/given-rows.ts';
import { withInlineTables } from '../../authoring/cases/inline-tables.ts';
import { type Catalogue, loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Audience } from '../../functions/lake/company/audience.ts';
import { type People, peopleOf } from '../../functions/measure/audience-people.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import { anyCompany } from './list-cases.ts';

const AS_OF = '2026-11-21';

/** Who is on an audience of 21 November 2026, made of these rows alone on an engine. */
export function audiencePeople(
  engine: Engine,
  audience: Partial<Audience>,
  given: Given,
  catalogue: Catalogue = loadCatalogue(),
): Promise<People> {
  const { tables } = catalogue;
  const context = { tables, currency: 'EUR', timeZone: 'Europe/Paris', asOf: AS_OF };
  const inline = withInlineTables(engine, completeRows(given, context), tables);
  const whole: Audience = { did: 'viewed', purpose: 'ads', days: 14, vendors: ['meta'], ...audience };
  const wanted = { id: 'looked', audience: whole, asOf: AS_OF };
  return peopleOf(inline, { catalogue, company: anyCompany.company }, wanted);
}

type Row = Given[string][number];

/** A statement: `ada` acts for `C1`. */
export const said = (
  who: string,
  customer_id: string,
  at: string,
  granted: boolean,
  more: Row = {},
): Row => ({
  ...{ person: `p-${who}`, purpose: 'ads', said_at: `2026-11-${at}T09:00:00Z`, granted, customer_id },
  ...{ email_hash: `h-${who}`, google_email_hash: `g-${who}`, ...more },
});
const session = (
  session_id: string,
  customer_id: string | null,
  started_on: string,
  consented: boolean | null,
): Row => ({
  ...{ session_id, customer_id, started_on, consented },
});
const view = (session_id: string, viewed_on: string, product_id: string): Row => ({
  ...{ session_id, viewed_on, product_id, kind: 'product' },
});

/** Customers C1 to C9, each with somebody who agrees, called as it is. */
const nine = Array.from({ length: 9 }, (_, at) => said(`c${at + 1}`, `C${at + 1}`, '01', true));

/** What customers did, of every awkward kind. */
export const did: Given = {
  consents: nine,
  products: [
    { product_id: 'P1', category: 'pumps' },
    { product_id: 'P2', category: 'pumps' },
    { product_id: 'P3', category: 'pumps' },
    { product_id: 'V1', category: 'valves' },
  ],
  sessions: [
    session('s1', 'C1', '2026-11-21', true),
    session('s2', 'C2', '2026-11-08', true),
    // Of too long ago; begun too long ago, and gone on since; of the day after.
    session('s3', 'C3', '2026-11-07', true),
    session('s4', 'C4', '2026-11-07', true),
    session('s5', 'C5', '2026-11-22', true),
    // Refused; nothing is said; nobody knows who.
    session('s6', 'C6', '2026-11-20', false),
    session('s7', 'C7', '2026-11-20', null),
    session('s8', null, '2026-11-20', true),
    session('s9', 'C9', '2026-11-20', true),
  ],
  page_views: [
    view('s1', '2026-11-21', 'P1'),
    // Three of one category: compared. The valve beside them is not.
    ...['P1', 'P2', 'P3', 'V1'].map((product) => view('s2', '2026-11-08', product)),
    view('s3', '2026-11-07', 'P1'),
    view('s4', '2026-11-08', 'V1'),
    view('s5', '2026-11-22', 'P1'),
    view('s6', '2026-11-20', 'P1'),
    view('s7', '2026-11-20', 'P1'),
    view('s8', '2026-11-20', 'P1'),
    view('s9', '2026-11-20', 'P9'),
  ],
  carts: [
    { cart_id: 'K1', customer_id: 'C6', settles_on: '2026-11-21', session_id: 's6' },
    { cart_id: 'K2', customer_id: 'C7', settles_on: '2026-11-21', session_id: 's7' },
    { cart_id: 'K3', customer_id: 'C8', settles_on: '2026-11-09' },
    { cart_id: 'K4', customer_id: 'C9', settles_on: '2026-11-21', ordered_at: '2026-11-20T13:00:00Z' },
    { cart_id: 'K5', customer_id: 'C3', settles_on: '2026-11-08' },
  ],
  cart_lines: ['K1', 'K2', 'K3', 'K4', 'K5'].map((cart_id) => ({ cart_id, line_id: '1', product_id: 'P1' })),
  orders: [
    // C1 ordered what it viewed before it did; C2 one of the pumps afterwards.
    { order_id: 'O1', customer_id: 'C1', ordered_on: '2026-11-20' },
    { order_id: 'O2', customer_id: 'C2', ordered_on: '2026-11-08' },
    { order_id: 'O9', customer_id: 'C9', ordered_on: '2026-11-21', status: 'cancelled' },
  ],
  order_lines: [
    { order_id: 'O1', line_id: '1', product_id: 'P1', net_amount: '10' },
    { order_id: 'O2', line_id: '1', product_id: 'P1', net_amount: '10' },
    { order_id: 'O9', line_id: '1', product_id: 'P9', net_amount: '10' },
  ],
};

/** Audiences of these customers, and who is on them. */
export const audiencesOfDid: readonly (readonly [string, Partial<Audience>, readonly string[]])[] = [
  ['viewed', {}, ['c1', 'c2', 'c4', 'c9']],
  ['viewed, of a category', { categories: ['valves'] }, ['c2', 'c4']],
  ['viewed, of articles', { products: ['P1', 'P9'] }, ['c1', 'c9']],
  ['viewed, in a day', { days: 1 }, ['c1']],
  ['viewed, in more days', { days: 15 }, ['c1', 'c2', 'c3', 'c4', 'c9']],
  ['compared', { did: 'compared' }, ['c2']],
  ['compared valves', { did: 'compared', categories: ['valves'] }, []],
  ['abandoned', { did: 'abandoned' }, ['c7', 'c8']],
  ['abandoned, in more days', { did: 'abandoned', days: 15 }, ['c3', 'c7', 'c8']],
  ['agreed to something else', { purpose: 'newsletter' }, []],
];

/** Statements about C1, which viewed something, and who is found by them. */
export const consentCases: readonly (readonly [string, readonly Row[], readonly string[]])[] = [
  ['nobody has said anything', [], []],
  ['said yes', [said('ada', 'C1', '02', true)], ['ada']],
  ['said no', [said('ada', 'C1', '02', false)], []],
  ['took it back', [said('ada', 'C1', '02', true), said('ada', 'C1', '03', false)], []],
  ['both at one instant', [said('ada', 'C1', '02', true), said('ada', 'C1', '02', false)], []],
  ['agreed once more', [said('ada', 'C1', '02', false), said('ada', 'C1', '03', true)], ['ada']],
  [
    'took back another purpose',
    [said('ada', 'C1', '02', true), said('ada', 'C1', '03', false, { purpose: 'newsletter' })],
    ['ada'],
  ],
  ['said so of another purpose', [said('ada', 'C1', '02', true, { purpose: 'newsletter' })], []],
  ['acts for another customer', [said('ada', 'C2', '02', true)], []],
  ['acts for nobody known', [said('ada', 'C1', '02', true, { customer_id: null })], []],
  [
    'one of two',
    [said('ada', 'C1', '02', true), said('bob', 'C1', '02', true), said('bob', 'C1', '04', false)],
    ['ada'],
  ],
];
