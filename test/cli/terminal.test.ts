import { expect, test } from 'vitest';
import { takesColours } from '../../cli/colours.ts';
import { terminalProgress } from '../../cli/run/progress.ts';
import { wrap } from '../../cli/wrap.ts';
import { pipeline } from '../../functions/pipeline.ts';

test.each([
  [{ isTTY: true }, {}, true],
  [{}, {}, false],
  [{}, { CI: 'true' }, false],
  [{ isTTY: true }, { NO_COLOR: '1' }, false],
  [{ isTTY: true }, { TERM: 'dumb' }, false],
  [{}, { FORCE_COLOR: '1' }, true],
])('colours for %j with %j: %s', (stream, env, expected) => {
  expect(takesColours(stream, env)).toBe(expected);
});

test('lines are broken between words and keep their indent; without a terminal they stay', () => {
  const text = 'sessions from tags: the latest day is Tuesday, Friday was expected';
  const lines = wrap(text, '    ', 40).split('\n');
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) expect(line).toMatch(/^ {4}\S.{0,35}$/);
  expect(lines.map((line) => line.trim()).join(' ')).toBe(text);
  expect(wrap(text, '', undefined)).toBe(text);
  expect(wrap('one\ntwo', '  ', 80)).toBe('  one\n  two');
});

test('on a terminal: what went wrong is below its stage, cleaned, within the width', () => {
  const written: string[] = [];
  const stream = { columns: 60, isTTY: false, write: (text: string) => written.push(text) };
  const progress = terminalProgress(stream as unknown as NodeJS.WriteStream);
  const [stage] = pipeline;
  if (!stage) throw new Error('an empty pipeline');
  progress.stage(stage, 1);
  progress.item('tags', { status: 'failed', detail: `no file matches ${'x '.repeat(40)}\u001b[2J` });
  progress.done('nothing new');
  const text = written.join('');
  expect(text).toMatch(/pull .*nothing new .*\d\.\d s/);
  expect(text).toContain('✗ tags: no file matches');
  expect(text).not.toContain('\u001b[2J');
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
});
