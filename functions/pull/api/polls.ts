import { VigieError } from '../../platform/errors.ts';
import type { Http } from '../../platform/http.ts';
import type { Vendor } from './vendor.ts';

/** The moments to look at a job: each wait is twice the one before, up to a longest. Throws `VENDOR_JOB_TIMEOUT`. */
export async function* polls(
  http: Pick<Http, 'pause'>,
  title: string,
  { firstSeconds, mostSeconds, timeoutSeconds }: Parameters<Vendor['polls']>[0],
  checkDeadline: () => void = () => undefined,
): AsyncIterable<number> {
  let waited = 0;
  for (let wait = firstSeconds; waited < timeoutSeconds; wait = Math.min(mostSeconds, wait * 2)) {
    const seconds = Math.min(wait, timeoutSeconds - waited);
    await http.pause(seconds * 1000);
    waited += seconds;
    checkDeadline();
    yield waited;
  }
  throw new VigieError(`${title}: a report that was ordered is not ready after ${timeoutSeconds} seconds`, {
    code: 'VENDOR_JOB_TIMEOUT',
    retryable: true,
    hint: 'The vendor is slow today. The next run orders it again; fewer days at once make smaller reports.',
  });
}
