import { type Invention, invent } from '../../sandbox/companies/wholesale/invent.ts';
import type { DayTruth } from '../../sandbox/companies/wholesale/truth/day-truth.ts';
import type { InventOptions } from '../../sandbox/kit/folder.ts';

/** A company that has lived its days, without a file being written. */
export function lived(options: Partial<InventOptions> = {}): Invention {
  const invention = invent({
    seed: 1887,
    endsOn: '2026-11-21',
    days: 120,
    scale: 1,
    stories: true,
    ...options,
  });
  for (const happened of invention.company.live()) invention.truth.count(happened);
  return invention;
}

export const total = (days: readonly DayTruth[], of: (day: DayTruth) => number): number =>
  days.reduce((sum, day) => sum + of(day), 0);
