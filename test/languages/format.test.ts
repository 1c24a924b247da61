import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Unit } from '../../functions/lake/values/vocabulary.ts';
import { formatDate, formatInstant } from '../../functions/languages/dates.ts';
import { languageOf, languages } from '../../functions/languages/languages.ts';
import {
  formatChange,
  formatDifference,
  formatHeadline,
  formatRounded,
  formatShort,
  formatValue,
  judgement,
} from '../../functions/languages/numbers.ts';
import { runs } from '../kit/runs.ts';

const en = { language: languageOf('en'), currency: 'EUR' } as const;
const fr = { language: languageOf('fr'), currency: 'EUR' } as const;
/** Shows which spaces there are: `_` narrow no-break, `~` no-break. */
const spaces = (text: string | null): string | null =>
  text === null ? null : text.replaceAll('\u202f', '_').replaceAll('\u00a0', '~');

describe('values', () => {
  it.each<[number | null, Unit, string, string]>([
    [691123.12, 'currency', '€691,123', '691_123_€'],
    [-342.5, 'currency', '−€342.50', '−342,50_€'],
    [0, 'currency', '€0.00', '0,00_€'],
    [0.8123, 'percent', '81.2%', '81,2_%'],
    [0.0042, 'percent', '0.42%', '0,42_%'],
    [3.456, 'ratio', '3.46', '3,46'],
    [1683, 'count', '1,683', '1_683'],
    [1, 'days', '1~day', '1~jour'],
    [1.5, 'days', '1.5~days', '1,5~jour'],
    [12, 'points', '12~points', '12~points'],
    [null, 'currency', 'no data', 'pas de données'],
  ])('%j as %s', (value, unit, english, french) => {
    expect(spaces(formatValue(value, unit, en))).toBe(english);
    expect(spaces(formatValue(value, unit, fr))).toBe(french);
  });

  it('shortens millions, and nothing below', () => {
    expect(spaces(formatShort(1_243_567, 'currency', en))).toBe('€1.24m');
    expect(spaces(formatShort(1_243_567, 'currency', fr))).toBe('1,24_M_€');
    expect(formatShort(1_203_465, 'currency', en)).toBe('€1.20m');
    expect(formatHeadline(1_203_465, 'currency', en)).toBe('€1,203,465');
    expect(formatHeadline(12_034_650, 'currency', en)).toBe('€12.0m');
    expect(formatShort(999_499, 'currency', en)).toBe('€999,499');
    expect(formatShort(12.5, 'percent', en)).toBe('1,250.0%');
  });

  it('uses the company’s currency sign, without the country', () => {
    expect(formatValue(1200, 'currency', { language: en.language, currency: 'CAD' })).toBe('$1,200');
  });

  it('no data is never 0, in any unit and language', () => {
    for (const unit of ['currency', 'count', 'percent', 'ratio', 'days', 'points', 'units'] as const) {
      for (const options of [en, fr]) expect(formatValue(null, unit, options)).not.toMatch(/\d/);
    }
  });
});

describe('changes', () => {
  it.each<[number, number, Unit, string | null, string | null]>([
    [104, 100, 'currency', '+4.0%', '+4,0_%'],
    [150, 100, 'count', '+50%', '+50_%'],
    [100, 100, 'count', '0.0%', '0,0_%'],
    [0.81, 0.748, 'percent', '+6.2~pts', '+6,2~pts'],
    [0.751, 0.742, 'percent', '+0.9~pts', '+0,9~pt'],
    [5, -5, 'currency', '+€10', '+10_€'],
    [3, 0, 'count', '+3', '+3'],
  ])('%d from %d (%s)', (value, reference, unit, english, french) => {
    expect(spaces(formatChange(value, reference, unit, en))).toBe(english);
    expect(spaces(formatChange(value, reference, unit, fr))).toBe(french);
  });

  it('is nothing where there is nothing to compare', () => {
    expect(formatChange(null, 1, 'count', en)).toBeNull();
    expect(formatChange(1, null, 'percent', en)).toBeNull();
  });

  it('has the sign of the difference, written − and not -', () => {
    const amount = fc.integer({ min: -1_000_000, max: 1_000_000 });
    const language = fc.constantFrom(...languages);
    fc.assert(
      fc.property(amount, amount, language, (value, reference, chosen) => {
        const text = formatChange(value, reference, 'currency', {
          language: chosen,
          currency: 'EUR',
        }) as string;
        expect(text).not.toContain('-');
        if (/[1-9]/.test(text)) expect(text.startsWith(value > reference ? '+' : '−')).toBe(true);
      }),
      { numRuns: runs(200) },
    );
  });

  it('differences carry their sign and unit', () => {
    expect(spaces(formatDifference(18200, 'currency', fr))).toBe('+18_200_€');
    expect(spaces(formatDifference(-0.031, 'percent', en))).toBe('−3.1~pts');
    expect(formatDifference(12, 'count', en)).toBe('+12');
  });

  it('is good or bad by the KPI’s direction', () => {
    expect(judgement(2, 1, 'up')).toBe('better');
    expect(judgement(2, 1, 'down')).toBe('worse');
    expect(judgement(2, 1, 'neither')).toBe('same');
    expect(judgement(null, 1, 'up')).toBe('same');
  });
});

describe('dates', () => {
  it('in words, the first of a month as French writes it', () => {
    expect(formatDate('2026-11-01', fr.language, 'full')).toBe('dimanche 1er novembre 2026');
    expect(formatDate('2026-11-21', en.language, 'full')).toBe('Saturday 21 November 2026');
    expect(formatDate('2026-11-21', en.language, 'short')).toBe('21 Nov');
  });

  it('instants in the company’s zone', () => {
    expect(formatInstant('2026-11-22T23:30:00Z', en.language, 'Europe/Paris')).toBe('23 Nov, 00:30');
  });
});

describe('a number in the middle of a sentence', () => {
  it.each([
    [11_227, 'currency', undefined, '€11,200'],
    [1_494.4, 'currency', undefined, '€1,494'],
    [829.61, 'currency', 1878, '€830'],
    [12.41, 'currency', 1005, '€12'],
    [12.41, 'currency', 38, '€12.41'],
    [1_234_567, 'currency', undefined, '€1.23m'],
    [-78_964, 'currency', undefined, '−€79,000'],
    [54_321, 'count', undefined, '54,300'],
    [0.729, 'percent', undefined, '72.9%'],
    [5.76, 'ratio', 100, '5.76'],
  ] as const)('%s %s of %s: %s', (value, unit, about, said) => {
    const options = {
      language: en.language,
      currency: 'EUR',
      ...(about !== undefined && { about }),
    } as const;
    expect(formatRounded(value, unit, options)).toBe(said);
  });
});
