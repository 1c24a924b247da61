import { readFileSync } from 'node:fs';
import Papa from 'papaparse';

/** The KPIs of the comparison. */
export const PEER_KPIS: readonly string[] = [
  'orders',
  'average_order_value',
  'cart_abandonment_rate',
  'units_per_order',
  'net_revenue',
  'repurchase_rate',
  'orders_per_customer',
  'customer_lifetime_value',
];

type Row = Readonly<Record<string, string>>;

const keyOf = ({ kpi, period, comparison, dimension, member }: Row): string =>
  `${kpi} ${period} ${comparison} ${dimension}=${member}`;

function read(path: string): Map<string, Row> {
  const { data } = Papa.parse<Row>(readFileSync(path, 'utf8'), { header: true, skipEmptyLines: true });
  return new Map(data.map((row) => [keyOf(row), row]));
}

/** Figures have six decimals; a lifetime value is a division of doubles. */
const isSame = (a = '', b = ''): boolean =>
  a === b ||
  (a !== '' && b !== '' && Math.abs(Number(a) - Number(b)) <= 1e-9 * Math.max(1000, Math.abs(Number(a))));

/** How many figures two files have in common; throws with the first that differ where they are not the same. */
export function sameFigures(who: string, ours: string, theirs: string): number {
  const [mine, other] = [read(ours), read(theirs)];
  const differing = [...new Set([...mine.keys(), ...other.keys()])].filter((key) => {
    const [a, b] = [mine.get(key), other.get(key)];
    return !(a && b && isSame(a['numerator'], b['numerator']) && isSame(a['denominator'], b['denominator']));
  });
  if (mine.size === 0) throw new Error('Vigie has no figure: there is nothing to compare');
  const show = (row?: Row): string => (row ? `${row['numerator']} / ${row['denominator']}` : 'none');
  const told = differing
    .slice(0, 12)
    .map((key) => `\n  ${key}: Vigie ${show(mine.get(key))}, ${who} ${show(other.get(key))}`);
  if (differing.length > 0)
    throw new Error(
      `${differing.length} of ${mine.size} figures differ between Vigie and ${who}:${told.join('')}`,
    );
  return mine.size;
}
