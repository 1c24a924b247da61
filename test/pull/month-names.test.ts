import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayText } from '../../functions/lake/values/day.ts';
import { isUsableFormat, momentReader } from '../../functions/pull/files/mapping/dates.ts';
import { monthNamed } from '../../functions/pull/files/mapping/month-names.ts';

const DAY = 86_400_000;

/** The day that a text tells; undefined where it tells none. */
function dayOf(format: string, text: string): string | undefined {
  const moment = momentReader(format)(text);
  return moment ? dayText(moment.wall / DAY) : undefined;
}

describe('a month by its name', () => {
  test.each([
    ['MMM YYYY', 'Jan 2026', '2026-01-01'],
    ['MMM-YY', 'janv-26', '2026-01-01'],
    ['MMM YY', 'févr. 26', '2026-02-01'],
    ['MMM YY', 'fe\u0301vr. 26', '2026-02-01'],
    ['MMM YYYY', 'AOÛT 2026', '2026-08-01'],
    ['MMM YYYY', 'avril\u00a02026', '2026-04-01'],
    ['D MMM YYYY', '1\u202fmai\u202f2026', '2026-05-01'],
    ['MMM YYYY', 'aout 2026', '2026-08-01'],
    ['MMM YYYY', 'Sept 2026', '2026-09-01'],
    ['MMMM YYYY', 'Décembre 2026', '2026-12-01'],
    ['MMM YYYY', 'December 2026', '2026-12-01'],
    ['D MMM YYYY', '9 Nov 2026', '2026-11-09'],
    ['DD-MMM-YY', '21-Jul-26', '2026-07-21'],
    ['MMM YYYY', 'juil. 2026', '2026-07-01'],
    ['MMM YYYY', 'juin 2026', '2026-06-01'],
    ['MMMYY', 'MAI26', '2026-05-01'],
    ['Budget MMM YYYY', 'Budget mars 2026', '2026-03-01'],
  ])('%s of %s', (format, text, day) => {
    expect(isUsableFormat(format)).toBe(true);
    expect(dayOf(format, text)).toBe(day);
  });

  test.each([
    ['MMM YYYY', 'jui 2026'], // juin or juillet
    ['MMM YYYY', 'Ja 2026'],
    ['MMM YYYY', 'Total 2026'],
    ['MMM YYYY', 'Januar 2026x'],
    ['MMM YYYY', 'Jan 26'],
    ['D MMM YYYY', '31 Feb 2026'],
  ])('%s refuses %s', (format, text) => expect(dayOf(format, text)).toBeUndefined());

  test('every name, whole or cut where it means one month, in English and French, is its month', () => {
    const names = fc.constantFrom('en', 'fr').chain((tag) =>
      fc.integer({ min: 1, max: 12 }).map((month) => ({
        month,
        name: new Intl.DateTimeFormat(tag, { month: 'long' }).format(new Date(2026, month - 1, 15)),
      })),
    );
    fc.assert(
      fc.property(names, fc.integer({ min: 4, max: 12 }), fc.boolean(), ({ month, name }, length, upper) => {
        const cut = name.slice(0, length);
        expect(monthNamed(upper ? cut.toUpperCase() : cut)).toBe(month);
      }),
    );
  });

  test.each(['MMM', 'MMM DD', 'MMM YYYY HH:mm', 'MMMMM YYYY', 'MM MMM YYYY'])('%s is no format', (format) =>
    expect(isUsableFormat(format)).toBe(false),
  );
});
