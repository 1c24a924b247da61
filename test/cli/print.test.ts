import { expect, test } from 'vitest';
import { asTable } from '../../cli/print.ts';

const ESC = '\u001b';

test('a table keeps the colours of its cells', () => {
  expect(asTable(['a'], [[`${ESC}[31m−7.9%${ESC}[39m`]])).toContain(`${ESC}[31m−7.9%${ESC}[39m`);
});

test('a name with control characters reaches no terminal', () => {
  const table = asTable(['a'], [[`x${ESC}]0;title\u0007y${ESC}[2Jz\r\nw`]]);
  expect(table.split('\n').at(-1)?.trim()).toBe('x ]0;title y [2Jz w');
});
