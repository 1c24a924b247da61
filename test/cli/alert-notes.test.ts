import { expect, it } from 'vitest';
import { alertNotes } from '../../cli/alert-notes.ts';
import type { AlertState } from '../../functions/lake/catalogue/alert.ts';

const state = (member: string | null, basis: AlertState['basis']): AlertState => ({
  ...{ rule: 'odd', member, state: 'normal', since: '2026-11-01', count: 0, before: null, firedOn: null },
  ...{ lastNotifiedOn: null, value: 1, level: null, muted: false, basis },
});

it('says what opened no alert and why, and what nobody can judge', () => {
  const history = { why: 'history', days: 12, needed: 30 } as const;
  const used = { weekday: true, place: false, special: false, year: false };
  const report = {
    ...{ asOf: '2026-11-21', run: 'r', events: [] },
    states: [
      state(null, undefined),
      state('east', { expected: 5, days: 120, used }),
      ...['a', 'b', 'c', 'd', 'e'].map((member) => state(member, history)),
      state('west', { why: 'place' }),
      state('moon', { why: 'nothing' }),
    ],
    heldBack: [{ rule: 'odd', member: 'north', value: 1, level: 2, why: 'chance' as const }],
  };
  expect(alertNotes(report)).toEqual([
    'Unusual, but no alert: odd (north): among as many figures as were judged, one so far off is to be expected.',
    'Not judged on 2026-11-21: odd (a), odd (b), odd (c) and 2 more: too little history: 12 days can be compared, 30 are needed.',
    'Not judged on 2026-11-21: odd (west): this place in the month was seen in fewer than two months, so nobody knows what is usual there.',
    'Not judged on 2026-11-21: odd (moon): as a rule there is nothing on such a day.',
  ]);
  expect(alertNotes(undefined)).toEqual([]);
});
