import type { Check } from '../lake/catalogue/check.ts';
import type { Finding } from '../lake/snapshot/finding.ts';
import type { Cell } from '../platform/engine.ts';
import type { Subject } from './subjects.ts';

type Row = Readonly<Record<string, Cell>>;

/** A row that a check returned, as a finding. Columns `severity`, `source`, `last_date` and `sample…` have a meaning. */
export function findingOf(check: Check, subject: Subject, row: Row): Finding {
  const words = { ...subject.words, ...row };
  const sample = Object.entries(row).filter(([name, value]) => name.startsWith('sample') && value !== null);
  return {
    check: check.id,
    ...(check.means && { means: check.means }),
    severity: row['severity'] === 'error' || row['severity'] === 'warning' ? row['severity'] : check.severity,
    table: subject.table,
    source: textOrNull(row['source']) ?? subject.source,
    message: fill(check.message, words),
    lastDate: textOrNull(row['last_date']),
    sample: sample.length === 0 ? null : [...new Set(sample.map(([, value]) => String(value)))].join(', '),
    hint: fill(check.hint, words),
  };
}

const textOrNull = (cell: Cell | undefined): string | null =>
  cell === null || cell === undefined ? null : String(cell);

const PLACEHOLDER = /\{([a-z_]+)(?: ([a-z]+))?(?::([^}]*))?\}/g;

/** Puts cells into a template: `{rows row}` is `1 row`, `2 rows`; null becomes the word after the colon. */
export const fill = (template: string, words: Row): string =>
  template.replaceAll(PLACEHOLDER, (whole, name: string, noun?: string, otherwise?: string) => {
    const value = words[name];
    if (value === undefined) return whole;
    if (value === null) return otherwise ?? 'nothing';
    return noun === undefined
      ? shown(name, value)
      : `${shown(name, value)} ${noun}${Number(value) === 1 ? '' : 's'}`;
  });

/** Counts with separators, shares as percent, decimals without trailing zeros. */
function shown(name: string, value: Exclude<Cell, null>): string {
  if (name.endsWith('_share') && typeof value === 'number')
    return `${(value * 100).toLocaleString('en', { maximumFractionDigits: 1 })} %`;
  if (typeof value === 'number' || typeof value === 'bigint')
    return value.toLocaleString('en', { maximumFractionDigits: 1 });
  if (typeof value === 'string' && /^-?\d+\.\d+$/.test(value))
    return value.replace(/(?<!0)0+$/, '').replace(/\.$/, '');
  return String(value);
}
