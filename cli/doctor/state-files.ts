import { firstDayMissed } from '../../functions/lake/run/finished.ts';
import { lookAtState } from '../../functions/lake/run/look-at-state.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { businessDate } from '../../functions/lake/values/zone.ts';
import { counted } from '../../functions/task.ts';
import type { Context } from '../context.ts';
import type { Symptom } from './symptom.ts';

/** Looks at what the next run goes by, as that run will: what is damaged is named with its remedy, and left as it is. */
export async function examineStateFiles({ platform, company }: Context): Promise<readonly Symptom[]> {
  const { bucket, clock } = platform;
  const asOf = addDays(businessDate(clock.now(), company.company.time_zone), -1);
  const { files, damages } = await lookAtState(bucket, { asOf, from: await firstDayMissed(bucket, asOf) });
  if (damages.length === 0)
    return [{ what: 'state files', status: 'ok', finding: `${counted(files, 'file')} looked at, all whole` }];
  return damages.map(({ message, remedy }) => ({
    ...{ what: 'state files', status: 'warning', finding: message },
    ...(remedy === '' ? {} : { remedy }),
  }));
}
