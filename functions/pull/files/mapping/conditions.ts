import { cellPattern } from '../../../lake/company/cell-pattern.ts';
import type { Condition } from '../../../lake/company/feed.ts';
import type { Cell } from '../records.ts';
import { cellText } from './slice.ts';

/** Whether a cell fulfils a condition of the feed. Texts are compared without the white space around them. */
export function compileCondition(condition: Condition): (cell: Cell | undefined) => boolean {
  const holds = testOf(condition);
  return condition.not ? (cell) => !holds(cellText(cell)) : (cell) => holds(cellText(cell));
}

function testOf({ equals, in: list, matches, empty }: Condition): (text: Cell) => boolean {
  if (empty !== undefined) return (text) => (text === null) === empty;
  if (matches !== undefined) {
    const fits = cellPattern(matches);
    return (text) => fits(text ?? '');
  }
  const wanted = list ?? [equals as string | number | boolean];
  const texts = new Set(wanted.map(String));
  const numbers = new Set(wanted.filter((each) => typeof each === 'number'));
  return (text) => texts.has(text ?? '') || (numbers.size > 0 && text !== null && numbers.has(Number(text)));
}
