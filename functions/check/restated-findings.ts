import type { LoadedState } from '../lake/landing/batch.ts';
import { fallen, type Restatement } from '../lake/landing/restatement.ts';
import type { Finding } from '../lake/snapshot/finding.ts';
import type { CheckContext } from './context.ts';

/** So many are told one by one. */
const MOST_TOLD = 3;

/** Past days that today's delivery made much smaller: figures that people have read are now other figures. */
export function restatedFindings(
  { table, source, restatements = [] }: LoadedState,
  { asOf, company, tables }: Pick<CheckContext, 'asOf' | 'company' | 'tables'>,
): Finding[] {
  const share = company.checks.restated_fall;
  const fell = restatements
    .filter((each) => each.asOf === asOf && fallen(each, share).length > 0)
    .toSorted((a, b) => sizeOf(b, share) - sizeOf(a, share));
  if (fell.length === 0) return [];
  const told = fell.slice(0, MOST_TOLD).map((each) => wordsOf(each, share));
  const more = fell.length > MOST_TOLD ? `; and ${fell.length - MOST_TOLD} more` : '';
  return [
    {
      check: 'restated_fall',
      means: {
        en: 'past days were restated to much less',
        fr: 'des jours passés ont été revus nettement à la baisse',
      },
      severity: 'warning',
      table,
      source,
      message: `${table} from ${source}: what was there was delivered anew and fell to nothing, or by more than ${percent(share)}: ${told.join('; ')}${more}.`,
      lastDate: null,
      sample: fell
        .slice(0, MOST_TOLD)
        .map(({ scope }) => scope.join(' '))
        .join(', '),
      hint: `Compare one of these days with the vendor’s own interface (${tables.table(table).scope.join(', ')}). A tag that went, a conversion that was removed or a permission that was lost looks like this; where the vendor is right, nothing is to be done.`,
    },
  ];
}

/** `google 123 2026-11-12: conversions 12 → 0`. */
const wordsOf = (restatement: Restatement, share: number): string =>
  `${restatement.scope.join(' ')}: ${fallen(restatement, share)
    .map((column) => `${column} ${plain(restatement.before[column])} → ${plain(restatement.after[column])}`)
    .join(', ')}`;

const sizeOf = (restatement: Restatement, share: number): number =>
  Math.max(...fallen(restatement, share).map((column) => Number(restatement.before[column])));

/** `12.0000` is 12. */
const plain = (decimal = '0'): string => (decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal);

const percent = (share: number): string => `${Math.round(share * 100)} %`;
