import { VigieError } from '../../../platform/errors.ts';

/** A field that a CRM has. */
export interface CrmField {
  readonly name: string;
  readonly label: string;
  /** Whether the company added it, and not the vendor. */
  readonly own: boolean;
}

/** What a setting may be meant for, told by names and labels of fields. */
export interface Use {
  /** The key in vigie.yaml: `deal.competitor`. */
  readonly key: string;
  readonly looks: RegExp;
  /** Only fields that the company added: of the CRM's own, many sound alike. */
  readonly ownOnly?: true;
}

/** How companies call their own fields, in English and French. */
export const COMPETITOR = /compet(?!en)|concurr/i;
export const CONTRIBUTION = /margin|marge|contribution/i;
export const LOST_REASON =
  /(lost|loss|perdu|perte).*(reason|raison|motif)|(reason|raison|motif).*(lost|loss|perdu|perte)/i;
export const CUSTOMER_NUMBER = /(customer|client|sap|erp|debitor).*(n(umber|um[eé]ro|o|r)|id|code)(\b|_)/i;

/** The same for what leads are scored by, by the column of `leads`. Words stand between underscores in names, and in capitals (`HasNeed__c`). */
const SCORE: Readonly<Record<string, RegExp>> = {
  contact_role: /(^|[^a-z])(role|r[oô]le|function|fonction)/i,
  engagement_count: /engag|score|(^|[^a-z])(answers?|r[eé]ponses?)([^a-z]|$)/i,
  yearly_potential: /potenti[ae]l/i,
  buys_within_days:
    /buy.*(within|days)|purchas.*(within|days|horizon|time)|achat.*(d[eé]lai|horizon|jours)|(d[eé]lai|horizon).*achat/i,
  has_budget: /budget/i,
  has_authority: /authority|decision.?maker|d[eé]cideur|d[eé]cisionnaire/i,
  has_need: /(^|[^a-z]|has)(needs?|besoins?)([^a-z]|$)/i,
  has_timing: /timing|time.?frame|calendrier|[eé]ch[eé]ance/i,
};

/** Uses of a lead's fields, under the key that they have in vigie.yaml: `lead`. Those of `but` are offered otherwise. */
export const scoreUses = (group: string, but: readonly string[] = []): Use[] =>
  Object.entries(SCORE)
    .filter(([column]) => !but.includes(column))
    .map(([column, looks]) => ({ key: `${group}.${column}`, looks, ownOnly: true }));

/** Those of settings that name nothing yet. `usual`: fields that are read where nobody has chosen; another may be what the company fills in. */
export const usesUnset = (
  uses: readonly Use[],
  chosen: unknown,
  usual: readonly string[] = [],
): readonly Use[] =>
  uses.filter(({ key }) => {
    const [group = '', name = ''] = key.split('.');
    const value = (chosen as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[group]?.[name];
    return value === undefined || usual.includes(String(value));
  });

/** Of settings that are not set: which fields might be meant. */
export const offersFor = (
  uses: readonly Use[],
  there: readonly CrmField[],
  used: ReadonlySet<string>,
): string[] =>
  uses.flatMap(({ key, looks, ownOnly }) => {
    const fit = there.filter(
      ({ name, label, own }) =>
        (own || ownOnly !== true) && !used.has(name) && (looks.test(name) || looks.test(label)),
    );
    if (fit.length === 0) return [];
    const shown = fit.slice(0, 3).map(({ name, label }) => `${name} (${label})`);
    return [`${key} is not set; it might be ${shown.join(', ')}`];
  });

/** Fields that are asked for and that a CRM has not, or not any more. */
export function missingFields(wanted: readonly string[], there: readonly CrmField[]): string[] {
  const names = new Set(there.map(({ name }) => name));
  return [...new Set(wanted)].filter((name) => !names.has(name));
}

/** `VENDOR_FIELD_GONE`: which, where the CRM lists them, and which look alike. */
export function fieldsGone(
  what: string,
  missing: readonly string[],
  there: readonly CrmField[],
  where: string,
): VigieError {
  const stems = missing.flatMap((name) => name.toLowerCase().split('_')).filter((part) => part.length > 4);
  const near = there
    .filter(({ name }) => stems.some((stem) => name.toLowerCase().includes(stem)))
    .slice(0, 4);
  const alike = near.length === 0 ? '' : ` There are: ${near.map(({ name }) => name).join(', ')}.`;
  return new VigieError(`${what} ${missing.join(', ')}`, {
    code: 'VENDOR_FIELD_GONE',
    where: { field: missing[0] ?? '' },
    hint: `It was removed or renamed there, or the token may not see it. ${where}: put the right name into vigie.yaml, or null where there is none any more.${alike}`,
  });
}
