import type { FilesSource } from '../../functions/lake/company/company.ts';
import { type FeedTrial, tryFiles } from '../../functions/pull/files/try-feed.ts';
import { counted } from '../../functions/task.ts';
import type { Context } from '../context.ts';
import { todayOf } from '../past-day.ts';
import { trialCounts } from '../sources/print-files-trial.ts';
import { looking, type Symptom } from './symptom.ts';

/** Each feed of files: whether there are files, and what becomes of the first records of the newest one. */
export async function examineFeeds(context: Context): Promise<Symptom[]> {
  const sources = context.company.sources.filter((source): source is FilesSource => 'feeds' in source);
  const found = await Promise.all(
    sources.map((source) =>
      looking(source.name, async () => {
        const { company, tables } = context;
        const input = { company, tables, source, asOf: todayOf(context) };
        const trials = await tryFiles(context.platform, input);
        return trials.flatMap((trial) => symptomsOf(context, source, trial));
      }),
    ),
  );
  return found.flat();
}

function symptomsOf(context: Context, source: FilesSource, trial: FeedTrial): Symptom[] {
  const what = `${source.name} → ${trial.table}`;
  if (trial.problem?.code === 'AWS_ACCESS_DENIED') return [{ what, ...notToBeRead }];
  if (trial.problem) return [{ what, status: 'failed', ...problemOf(context, trial) }];
  const troubles = [...trial.warnings, ...(trial.conflict ? [trial.conflict] : [])];
  const found: Symptom[] = [
    ...troubles.map((trouble) => ({ what, status: 'failed' as const, ...trouble })),
    ...trial.refusals.map((refusal) => refusedSymptom(what, source, trial, refusal)),
  ];
  if (found.length > 0) return found;
  const files = `${counted(trial.files, 'file')}, the last one ${trial.file}; ${trialCounts(trial)}`;
  if (trial.wide !== null)
    return [{ what, status: 'warning', finding: `${files}, but a month a column`, remedy: trial.wide }];
  if (trial.empty.length === 0) return [{ what, status: 'ok', finding: files }];
  return [
    {
      what,
      status: 'warning',
      finding: `${files}, but ${trial.empty.join(', ')} ${trial.empty.length === 1 ? 'is' : 'are'} empty in each`,
      remedy: `Is it the right column? \`vigie try ${source.name} --entity ${trial.table}\` shows what the file says.`,
    },
  ];
}

/** The policy for people leaves the drop folder out: there systems put what they have in the clear. */
const notToBeRead: Omit<Symptom, 'what'> = {
  status: 'warning',
  finding: 'not looked at: your permissions leave out inbox/, where systems drop names and addresses too',
  remedy:
    'The last run says what became of its files. Whoever has to look into them: docs/operations/company-account.md#systems-that-drop-files.',
};

function problemOf({ stack }: Context, { problem, path }: FeedTrial): Pick<Symptom, 'finding' | 'remedy'> {
  const isMissing = problem?.code === 'FILES_MISSING' && stack !== undefined;
  const remedy = isMissing ? uploadTo(stack.outputs['Bucket'], path) : problem?.hint;
  return { finding: problem?.message ?? '', ...(remedy === undefined ? {} : { remedy }) };
}

/** More than the source allows would fail the table: the rest is worth a look. */
function refusedSymptom(
  what: string,
  source: FilesSource,
  trial: FeedTrial,
  { field, reason, count, sample, remedy }: FeedTrial['refusals'][number],
): Symptom {
  return {
    what,
    status: trial.refused / trial.read > source.max_rejected_share ? 'failed' : 'warning',
    finding: `${trial.file}, ${trialCounts(trial)}: ${count} × ${field} ${reason}${sample === null ? '' : `, such as \`${sample}\``}`,
    remedy:
      remedy ??
      `Correct the mapping or the export: \`vigie try ${source.name} --entity ${trial.table}\` shows rows beside what becomes of them.`,
  };
}

const uploadTo = (bucket: string | undefined, path: string): string =>
  `Put the exports there: aws s3 cp FILE s3://${bucket}/inbox/${path.replaceAll(/[^/]*$/g, '')}`;
