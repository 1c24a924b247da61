import type { Catalogue } from '../lake/catalogue/catalogue.ts';
import { allReads, inReadingOrder } from '../lake/catalogue/relations-read.ts';
import type { Audience } from '../lake/company/audience.ts';
import { type MatchForm, matchForms } from '../lake/snapshot/audience.ts';
import { sqlText } from '../lake/values/sql-text.ts';
import { type Engine, queryRows } from '../platform/engine.ts';
import { VigieError } from '../platform/errors.ts';
import { listStatement } from './statement.ts';

/** Hashes of the addresses of people, by form; somebody without one in a form is left out of it. */
export type People = Readonly<Record<MatchForm, readonly string[]>>;

interface Wanted {
  readonly id: string;
  readonly audience: Audience;
  readonly asOf: string;
}

const COLUMNS: Readonly<Record<MatchForm, string>> = { email: 'email_hash', google: 'google_email_hash' };
const BOTH = Object.values(COLUMNS).join(', ');
const VIEWS = ['article_interest', 'standing_consents'];

/**
 * Who is on an audience. What people did comes from a view that a company may have its own way with; whether they agree is asked
 * of the table once more, by another statement: whoever is on no list of both makes all of it void. Throws AUDIENCE_WRONG_RECIPIENT, with
 * how many, and nothing of who they are.
 */
export async function peopleOf(
  engine: Engine,
  facts: Omit<Parameters<typeof listStatement>[0], 'dialect'>,
  wanted: Wanted,
): Promise<People> {
  const sql = audienceStatement({ ...facts, dialect: engine.dialect }, wanted);
  const found = await hashes(engine, sql, `audience ${wanted.id}`);
  const agreed = await agreedTo(engine, wanted.audience.purpose, wanted.id);
  for (const form of matchForms) {
    const known = new Set(agreed[form]);
    const wrong = found[form].filter((hash) => !known.has(hash)).length;
    if (wrong > 0) throw wrongRecipients(wanted, wrong);
  }
  return found;
}

/** Who agrees to a purpose now, as the table of consents says. */
export const agreedTo = (engine: Engine, purpose: string, audience: string): Promise<People> =>
  hashes(engine, agreedStatement(engine, purpose), `consents of audience ${audience}`);

const wrongRecipients = ({ id, audience }: Wanted, wrong: number): VigieError =>
  new VigieError(`${wrong} of those who would be on ${id} have not agreed to ${audience.purpose}`, {
    code: 'AUDIENCE_WRONG_RECIPIENT',
    hint: `Nobody is on it. Look at ${VIEWS.join(' and ')} of your own folder; if there are none, this is a bug of Vigie.`,
  });

async function hashes(engine: Engine, sql: string, label: string): Promise<People> {
  const rows = await queryRows(engine, sql, { label });
  const of = (form: MatchForm): string[] =>
    rows.flatMap((row) => (row[COLUMNS[form]] == null ? [] : [String(row[COLUMNS[form]])]));
  return { email: of('email'), google: of('google') };
}

/** The statement of an audience: rows of `email_hash`, `google_email_hash`, each pair once. */
export function audienceStatement(
  facts: Parameters<typeof listStatement>[0],
  { audience, asOf }: Wanted,
): string {
  const { catalogue } = facts;
  const views = inReadingOrder(
    VIEWS,
    viewsByName(catalogue),
    (view) => new Error(`${view.file} reads itself`),
  );
  const list = {
    ...{ file: 'vigie.yaml', sqlLine: 1, sql: selectOf(audience), windows: ['day' as const] },
    ...{ views, reads: allReads(views.map(({ reads }) => reads)) },
  };
  return listStatement(facts, list, { asOf, rows: 1, at_least: 0 });
}

const viewsByName = ({ views }: Catalogue) => new Map(views.map((view) => [view.name, view]));

function selectOf({ did, purpose, days, categories, products }: Audience): string {
  const among = (column: string, names: readonly string[] | undefined): string[] =>
    names === undefined ? [] : [`i.${column} IN (${names.map(sqlText).join(', ')})`];
  const conditions = [
    `i.${did} AND NOT i.bought`,
    `i.day <= w.as_of AND i.day > CAST(w.as_of - INTERVAL '${days}' DAY AS date)`,
    ...among('category', categories),
    ...among('product_id', products),
  ];
  return `SELECT DISTINCT ${BOTH}
FROM article_interest i
JOIN periods w ON w.period = 'day'
JOIN standing_consents c ON c.customer_id = i.customer_id AND c.purpose = ${sqlText(purpose)}
WHERE ${conditions.join('\n  AND ')}`;
}

/** Who agrees, asked of the table itself and in other words than the view does: by the last instant, and by refusals of that. */
function agreedStatement({ dialect }: Engine, purpose: string): string {
  const said = (columns: string, more: string): string =>
    `(SELECT ${columns} FROM ${dialect.table('consents')} t WHERE t.purpose = ${sqlText(purpose)}${more})`;
  return `SELECT ${BOTH}
FROM ${said(`person, said_at, ${BOTH}`, ' AND t.granted')} c
JOIN ${said('person, max(said_at) AS last_at', ' GROUP BY person')} m ON m.person = c.person AND m.last_at = c.said_at
LEFT JOIN ${said('DISTINCT person, said_at', ' AND NOT t.granted')} r ON r.person = c.person AND r.said_at = c.said_at
WHERE r.person IS NULL`;
}
