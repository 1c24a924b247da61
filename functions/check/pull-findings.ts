import type { Finding } from '../lake/finding.ts';
import type { CheckContext } from './context.ts';

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
