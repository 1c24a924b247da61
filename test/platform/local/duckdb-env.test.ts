import { expect, test } from 'vitest';
import { engineFrom } from '../../../functions/platform/local/duckdb-env.ts';

test('the engine has what the environment says; nothing said is its own', () => {
  expect(engineFrom({ VIGIE_MEMORY: '2GB' })).toEqual({ memoryLimit: '2GB' });
  expect(engineFrom({ VIGIE_MEMORY: '800 MB', VIGIE_THREADS: '1' })).toEqual({
    memoryLimit: '800 MB',
    threads: 1,
  });
  expect(engineFrom({ VIGIE_MEMORY: '', VIGIE_THREADS: '' })).toEqual({});
  expect(engineFrom({})).toEqual({});
});

test.each(['much', '2', '0GB', '2GB; DROP'])(
  '`%s` is no size, and is refused with how to write one',
  (size) => {
    expect(() => engineFrom({ VIGIE_MEMORY: size })).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', hint: 'Write it as 800MB or 2GB.' }),
    );
  },
);

test.each(['all', '0', '-1', '1.5', '100'])('`%s` is no number of threads', (threads) => {
  expect(() => engineFrom({ VIGIE_THREADS: threads })).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', hint: 'Write it as 1 or 2.' }),
  );
});
