import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  currencyDecimals,
  fromMicros,
  fromTwoDecimals,
  multiplyDecimals,
  negateDecimal,
  roundDecimal,
  sapDecimal,
  shiftDecimal,
  signOf,
  subtractDecimals,
  sumDecimals,
} from '../../../functions/pull/api/decimals.ts';
import { FieldError, RecordReader } from '../../../functions/pull/api/record-reader.ts';
import {
  dayIn,
  epochMillis,
  epochSeconds,
  isoDay,
  isoInstant,
  sapDay,
  sapInstant,
  stripZeros,
} from '../../../functions/pull/api/values.ts';

/** Whatever the scale, at most the 14 digits before the point that the lake keeps. */
const LARGEST = 10n ** 14n - 1n;
const amount = fc.record({
  mantissa: fc.bigInt(-LARGEST, LARGEST),
  scale: fc.integer({ min: 0, max: 9 }),
});

/** Plain text of mantissa / 10^scale. */
function written(mantissa: bigint, scale: number): string {
  const digits = (mantissa < 0n ? -mantissa : mantissa).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return mantissa < 0n ? `-${text}` : text;
}

/** The canonical text as ten-thousandths. */
function tenThousandths(text: string): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  return BigInt(whole + fraction.padEnd(4, '0')) * (text.startsWith('-') ? -1n : 1n);
}

describe('decimals', () => {
  test('rounding is half away from zero and never off by more than half a ten-thousandth', () => {
    fc.assert(
      fc.property(amount, ({ mantissa, scale }) => {
        const got = tenThousandths(roundDecimal(written(mantissa, scale)));
        // |got / 10^4 − mantissa / 10^scale| ≤ 0.5 / 10^4, in integers of 10^(scale + 5).
        const error = got * 10n ** BigInt(scale) * 2n - mantissa * 10_000n * 2n;
        const size = error < 0n ? -error : error;
        expect(size <= 10n ** BigInt(scale)).toBe(true);
        if (size === 10n ** BigInt(scale)) expect(error > 0n === mantissa > 0n).toBe(true);
      }),
    );
  });

  test('moving the point there and back changes nothing', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 12n), 10n ** 12n),
        fc.integer({ min: 0, max: 4 }),
        (mantissa, places) => {
          const text = mantissa.toString();
          expect(shiftDecimal(shiftDecimal(text, -places), places)).toBe(text);
        },
      ),
    );
  });

  test('a sum of any order and its parts is the same', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(-(10n ** 9n), 10n ** 9n)), (cents) => {
        const texts = cents.map((each) => written(each, 3));
        const expected = cents.reduce((sum, each) => sum + each, 0n) * 10n;
        expect(tenThousandths(sumDecimals(texts))).toBe(expected);
        expect(sumDecimals([...texts].reverse())).toBe(sumDecimals(texts));
      }),
    );
  });

  test.each([
    ['1.5e-7', '0'],
    ['5e-324', '0'],
    ['1e3', '1000'],
    ['0.00005', '0.0001'],
    ['-0.00005', '-0.0001'],
    ['0.00004999', '0'],
    ['+7', '7'],
    ['.5', '0.5'],
    ['3.', '3'],
    ['0.1000000000000000055511151231257827021181583404541015625', '0.1'],
    ['12.50', '12.50'],
  ])('%s is kept as %s', (text, expected) => expect(roundDecimal(text)).toBe(expected));

  test.each(['', '.', 'abc', '1,5', '1e', '0x10', 'NaN', 'Infinity', '--1'])('%j is refused', (text) =>
    expect(() => roundDecimal(text)).toThrow(FieldError),
  );

  test('what the lake cannot hold is refused, and takes no memory', () => {
    expect(() => roundDecimal('100000000000000')).toThrow('too large');
    expect(() => roundDecimal('1e999999')).toThrow('too large');
    expect(roundDecimal('99999999999999.9999')).toBe('99999999999999.9999');
  });

  test('micros, SAP signs and products are exact', () => {
    expect(fromMicros('2500000')).toBe('2.5');
    expect(fromMicros('1')).toBe('0');
    expect(fromMicros('-12345678')).toBe('-12.3457');
    expect(sapDecimal(' 12.50- ')).toBe('-12.50');
    expect(multiplyDecimals('0.1', '0.2')).toBe('0.02');
    expect(subtractDecimals('0.3', '0.1')).toBe('0.2');
    expect(negateDecimal('-4.50')).toBe('4.5');
    expect(negateDecimal('0')).toBe('0');
    expect([signOf('-0.0'), signOf('-1e-9'), signOf('3')]).toEqual([0, -1, 1]);
  });

  test('an amount stored with two decimals is turned to those of its currency', () => {
    expect(fromTwoDecimals('1.00', 'JPY')).toBe('100');
    expect(fromTwoDecimals('12.34', 'EUR')).toBe('12.34');
    expect(fromTwoDecimals('12.34', 'KWD')).toBe('1.234');
    expect(fromTwoDecimals('1.00', 'HUF', 0)).toBe('100');
    expect(['EUR', 'JPY', 'KWD'].map(currencyDecimals)).toEqual([2, 0, 3]);
  });
});

describe('instants and days', () => {
  test.each([
    ['2026-11-21T06:00:00Z', '2026-11-21T06:00:00.000Z'],
    ['2026-11-21T06:00:00.1234567Z', '2026-11-21T06:00:00.123Z'],
    ['2026-11-21T06:00:00+0100', '2026-11-21T05:00:00.000Z'],
    ['2026-11-21T06:00:00-05:30', '2026-11-21T11:30:00.000Z'],
    ['2026-11-21', '2026-11-21T00:00:00.000Z'],
  ])('%s is the instant %s', (text, expected) => expect(isoInstant(text)).toBe(expected));

  test('wall-clock time is read in the zone it was written in', () => {
    expect(isoInstant('2026-07-01 12:00:00', 'Europe/Paris')).toBe('2026-07-01T10:00:00.000Z');
    expect(isoInstant('2026-01-01T12:00', 'Europe/Paris')).toBe('2026-01-01T11:00:00.000Z');
  });

  test.each(['2026-02-30', '2026-11-21T24:00:00Z', '2026-11-21T06:60:00Z', '21.11.2026', 'yesterday'])(
    '%s is refused',
    (text) => expect(() => isoInstant(text)).toThrow(FieldError),
  );

  test('every instant reads back as itself, in each form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (millis) => {
        const text = new Date(millis).toISOString();
        expect(isoInstant(text)).toBe(text);
        expect(epochMillis(millis)).toBe(text);
        expect(epochMillis(String(millis))).toBe(text);
        expect(sapInstant(`/Date(${millis})/`)).toBe(text);
        expect(sapInstant(`/Date(${millis}+0060)/`)).toBe(text);
        expect(epochSeconds(Math.floor(millis / 1000))).toBe(`${text.slice(0, 19)}.000Z`);
      }),
    );
  });

  test('days of SAP come in three forms', () => {
    expect(sapDay('/Date(1668988800000)/')).toBe('2022-11-21');
    expect(sapDay('20221121')).toBe('2022-11-21');
    expect(sapDay('2022-11-21T00:00:00')).toBe('2022-11-21');
    expect(isoDay('2026-11-21T23:59:59+14:00')).toBe('2026-11-21');
    expect(() => sapDay('/Date(x)/')).toThrow(FieldError);
    expect(() => sapDay('/Date(999999999999999)/')).toThrow('between the years');
  });

  test('the business day is the zone’s', () => {
    expect(dayIn('2026-11-21T23:30:00Z', 'Europe/Paris')).toBe('2026-11-22');
    expect(dayIn('2026-11-21T03:30:00Z', 'America/New_York')).toBe('2026-11-20');
    expect(() => dayIn('2026-11-21T03:30:00Z', 'Mars/Base')).toThrow('time zone');
  });
});

describe('texts', () => {
  test('only padded numbers lose their zeros', () => {
    expect(['0000017304', '000', '0A1', '17', ''].map(stripZeros)).toEqual(['17304', '0', '0A1', '17', '']);
  });

  test('an error through the reader names the field', () => {
    const record = new RecordReader({ metrics: { costMicros: 'lots' } });
    expect(() => record.as('metrics.costMicros', fromMicros)).toThrow('metrics.costMicros is not a decimal');
    expect(record.asOrNull('metrics.none', fromMicros)).toBeNull();
  });
});
