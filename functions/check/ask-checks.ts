import pLimit, { type LimitFunction } from 'p-limit';
import type { Check } from '../lake/catalogue/check.ts';
import type { Finding } from '../lake/snapshot/finding.ts';
import { understood } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import type { CheckContext } from './context.ts';
import { findingOf } from './finding-of.ts';
import { checkStatement } from './statement.ts';
import { type Subject, subjectsOf } from './subjects.ts';
import { type Answer, askTogether, type Part } from './together.ts';

/** Statements under way at once: hides the time that an engine far away takes to answer. */
export const AT_ONCE = 4;

type Needed = Pick<Platform, 'engine' | 'log'>;

/** What the checks find, in their order. One that cannot run is a finding itself, and the others go on. */
export async function askChecks(
  platform: Needed,
  checks: readonly Check[],
  context: CheckContext,
): Promise<Finding[]> {
  const limit = pLimit(AT_ONCE);
  return (await Promise.all(checks.map((check) => askCheck(platform, check, context, limit)))).flat();
}

/** All subjects of a check; where not even those can be told, that is the finding. */
async function askCheck(
  platform: Needed,
  check: Check,
  context: CheckContext,
  limit: LimitFunction,
): Promise<Finding[]> {
  try {
    const parts = partsOf(check, context);
    const answers = await askTogether(platform, parts, limit);
    return parts.flatMap(({ subject }, at) => findingsOf(platform, check, subject, answers[at] as Answer));
  } catch (error) {
    return [cannotRun(check, { table: check.about ?? null, source: null }, error)];
  }
}

/**
 * A statement for each subject of a check. Several subjects may be asked in one, as the SELECT is the same; two checks never are,
 * so that a broken one takes no other along.
 */
export const partsOf = (check: Check, context: CheckContext): (Part & { readonly subject: Subject })[] =>
  subjectsOf(check, context).map((subject) => ({
    subject,
    sql: checkStatement(check, subject, context),
    label: `check ${check.id}${subject.table === null ? '' : ` of ${subject.table}`}`,
    ...(subject.alike === undefined ? {} : { alike: subject.alike }),
  }));

function findingsOf({ log }: Needed, check: Check, subject: Subject, answer: Answer): Finding[] {
  try {
    if ('error' in answer) throw answer.error;
    return answer.rows.map((row) => findingOf(check, subject, row));
  } catch (error) {
    const { message: problem } = understood(error);
    log.error('check failed', { check: check.id, table: subject.table, problem });
    return [cannotRun(check, subject, error)];
  }
}

/** Nothing is known to be wrong with the data, so no figure is held back for it. */
function cannotRun(
  check: Check,
  { table, source }: Pick<Subject, 'table' | 'source'>,
  error: unknown,
): Finding {
  const { message, hint } = understood(error);
  return {
    check: check.id,
    ...(check.means && { means: check.means }),
    severity: 'warning',
    table,
    source,
    message: `The check ${check.id} could not be run: ${message.split('\n')[0]}`,
    lastDate: null,
    sample: null,
    hint: hint ?? `Look at ${check.file}; \`vigie doctor\` tells whether the engine works.`,
  };
}
