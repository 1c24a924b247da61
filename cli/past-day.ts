import { addDays } from '../functions/lake/values/day.ts';
import { businessDate } from '../functions/lake/values/zone.ts';
import { VigieError } from '../functions/platform/errors.ts';
import type { Context } from './context.ts';

/** The day that runs in the company's time zone. */
export const todayOf = ({ platform, company }: Pick<Context, 'platform' | 'company'>): string =>
  businessDate(platform.clock.now(), company.company.time_zone);

/**
 * Refuses days that have not begun: there are no figures of them, and a digest of one would take the place of the
 * right one. Throws `USAGE`, naming the option.
 */
export function refuseFuture(
  context: Pick<Context, 'platform' | 'company'>,
  days: Readonly<Record<string, string | undefined>>,
): void {
  const today = todayOf(context);
  for (const [option, day] of Object.entries(days)) {
    if (day === undefined || day.slice(0, 10) <= today) continue;
    throw new VigieError(
      `${option} ${day} lies in the future: today is ${today} in ${context.company.company.time_zone}.`,
      {
        code: 'USAGE',
        hint: `Name a day that is over, such as yesterday, ${addDays(today, -1)}.`,
      },
    );
  }
}
