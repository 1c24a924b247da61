import { expect, test } from 'vitest';
import { memoryFrom } from '../../../functions/platform/local/duckdb-memory.ts';

test('the engine has the memory that the environment says; nothing said is its own', () => {
  expect(memoryFrom({ VIGIE_MEMORY: '2GB' })).toEqual({ memoryLimit: '2GB' });
  expect(memoryFrom({ VIGIE_MEMORY: '800 MB' })).toEqual({ memoryLimit: '800 MB' });
  expect(memoryFrom({ VIGIE_MEMORY: '' })).toEqual({});
  expect(memoryFrom({})).toEqual({});
});

test.each(['much', '2', '0GB', '2GB; DROP'])(
  '`%s` is no size, and is refused with how to write one',
  (size) => {
    expect(() => memoryFrom({ VIGIE_MEMORY: size })).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', hint: 'Write it as 800MB or 2GB.' }),
    );
  },
);
