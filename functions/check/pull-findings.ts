import { daysBetween } from '../lake/calendar.ts';
import type { Finding } from '../lake/finding.ts';
import type { CheckContext } from './context.ts';

/** So many days before its end a version of an API is warned of. */
export const SUNSET_WARNING_DAYS = 60;

/** A source whose version of an API ends soon, or has ended: from that day on it may give nothing. */
export function sunsetFindings({ pulls, today }: Pick<CheckContext, 'pulls' | 'today'>): Finding[] {
  return pulls.flatMap(({ source, api }) => {
    if (!api || api.sunset === null) return [];
    const days = daysBetween(today, api.sunset);
    if (days > SUNSET_WARNING_DAYS) return [];
    const when = days < 0 ? `ended on ${api.sunset}` : `ends on ${api.sunset}, in ${days} days`;
    return [
      {
        check: 'api_sunset',
        severity: 'warning' as const,
        table: null,
        source,
        message: `${source} is read over version ${api.version ?? '(unnamed)'} of ${api.title}, which ${when}.`,
        lastDate: null,
        sample: null,
        hint: 'Set a newer `version` of the source where its page offers one, or update Vigie; `vigie try` shows whether it works.',
      },
    ];
  });
}

/** A source that could not be pulled: one finding for each table it feeds, which makes that table stale. */
export function pullFindings({ pulls, feeds }: CheckContext): Finding[] {
  const failed = pulls.filter((pull) => pull.status === 'failed');
  return failed.flatMap(({ source, problem }) =>
    feeds
      .filter((feed) => feed.source === source)
      .map(({ table, lastDate }) => ({
        check: 'pull',
        severity: 'error' as const,
        table,
        source,
        message: `${source} could not be read, so ${table} ${lastDate === null ? 'has no data from it' : `stands as of ${lastDate}`}: ${problem?.message ?? 'no reason was given'}`,
        lastDate,
        sample: null,
        hint: problem?.hint ?? 'Repair the source and run the day again.',
      })),
  );
}
