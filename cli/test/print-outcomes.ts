import type { Detail, Outcome } from '../../authoring/run/outcome.ts';
import { out } from '../colours.ts';

const MARKS = { ok: out.green('✓'), failed: out.red('✗'), note: out.yellow('!') } as const;

/** An outcome as lines of a terminal, under the name of its group where another group was before. */
export function outcomeLines(outcome: Outcome, before: Outcome | undefined): string[] {
  const { group, name, status, place, details } = outcome;
  const head = before?.group === group ? [] : [...(before ? [''] : []), out.bold(group)];
  const where = place === null || status === 'ok' ? '' : `  ${out.dim(place)}`;
  return [...head, `  ${MARKS[status]} ${name}${where}`, ...details.map(detailLine)];
}

const detailLine = ({ kind, text }: Detail): string => {
  if (kind === 'missing') return out.red(`      - ${text}   (expected, and did not come)`);
  if (kind === 'extra') return out.green(`      + ${text}   (came, and is not expected)`);
  return kind === 'same' ? out.dim(`        ${text}`) : `      ${text}`;
};

/** `12 of 13 hold; 1 failed`. */
export function sumLine(outcomes: readonly Outcome[]): string {
  const failed = outcomes.filter(({ status }) => status === 'failed').length;
  const ok = outcomes.filter(({ status }) => status === 'ok').length;
  const all = `\n${ok} of ${ok + failed} hold`;
  return failed === 0 ? out.green(all) : `${all}; ${out.red(`${failed} failed`)}`;
}
