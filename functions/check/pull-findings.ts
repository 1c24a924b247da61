import { failedFor, type PullReport, type ReportedProblem } from '../lake/landing/batch.ts';
import type { Finding } from '../lake/snapshot/finding.ts';
import { daysBetween } from '../lake/values/day.ts';
import type { CheckContext } from './context.ts';
import type { FeedExpectation } from './expectations.ts';

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
        means: { en: 'its interface will be switched off soon', fr: 'son interface sera bientôt arrêtée' },
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

/**
 * A source that could not be pulled: one finding for each table that failed, which makes that table stale. Its other
 * tables are good. Where the source as a whole failed, that is each table it feeds.
 */
export function pullFindings({ pulls, feeds }: CheckContext): Finding[] {
  return pulls.flatMap((pull) =>
    feeds
      .filter((feed) => feed.source === pull.source && failedFor(pull, feed.table))
      .map((feed) =>
        pullFinding(feed, ownProblem(pull, feed.table), pull.lacking?.includes(feed.table) === true),
      ),
  );
}

const ownProblem = ({ failed, problem }: PullReport, table: string): ReportedProblem | undefined =>
  failed?.find((each) => each.table === table)?.problem ?? problem;

const WHOLE = { check: 'pull', means: { en: 'could not be read', fr: 'lecture impossible' } };
const PART = {
  check: 'pull_part',
  means: { en: 'only a part could be read', fr: 'une partie seulement a pu être lue' },
};

/** A table of which a part came (one account failed, its siblings are there) is not late but incomplete. */
function pullFinding(
  { source, table, lastDate }: FeedExpectation,
  problem: ReportedProblem | undefined,
  isPart: boolean,
): Finding {
  const late = `${source} could not be read, so ${table} ${lastDate === null ? 'has no data from it' : `stands as of ${lastDate}`}`;
  const what = isPart ? `${source} was read in part only, so ${table} lacks some of it` : late;
  return {
    ...(isPart ? PART : WHOLE),
    severity: 'error',
    table,
    source,
    message: `${what}: ${problem?.message ?? 'no reason was given'}`,
    lastDate: isPart ? null : lastDate,
    sample: null,
    hint: problem?.hint ?? 'Repair the source and run the day again.',
  };
}
