import type { FeedTrial, TriedRow } from '../../functions/pull/files/try-feed.ts';
import { counted } from '../../functions/task.ts';
import { out } from '../colours.ts';
import { oneLine } from '../print.ts';
import { wrap } from '../wrap.ts';
import { flat, sideBySide } from './print-trial.ts';

/** The trials of a source of files for people: what each file says, beside what becomes of it. */
export const printFilesTrial = (trials: readonly FeedTrial[], limit: number, width: number): string =>
  `${trials.map((trial) => feedText(trial, limit, width)).join('\n\n')}\n`;

function feedText(trial: FeedTrial, limit: number, width: number): string {
  const head = `${out.bold(trial.table)}  ${trial.file === null ? oneLine(trial.path) : oneLine(trial.file)}`;
  const verdict = trial.problem
    ? [
        told(out.red('✗'), trial.problem.message, width),
        ...(trial.problem.hint ? [remedyText(trial.problem.hint, width)] : []),
      ]
    : [wrap(`${trial.refused === 0 ? out.green('✓') : out.red('✗')} ${trialCounts(trial)}`, '  ', width)];
  return [
    head,
    ...verdict,
    ...[...trial.warnings, ...(trial.conflict ? [trial.conflict] : [])].flatMap(({ finding, remedy }) => [
      told(out.red('✗'), finding, width),
      remedyText(remedy, width),
    ]),
    ...refusalLines(trial, width),
    ...(trial.wide === null ? [] : [told(out.yellow('!'), trial.wide, width)]),
    ...shownRecords(trial, limit).flatMap((record) => recordText(record, width)),
    ...(trial.unmapped.length > 0
      ? [wrap(out.dim(`not mapped: ${trial.unmapped.map(oneLine).join(', ')}`), '  ', width)]
      : []),
  ].join('\n');
}

const told = (mark: string, text: string, width: number): string =>
  wrap(`${mark} ${oneLine(text)}`, '  ', width);
const remedyText = (text: string, width: number): string => wrap(oneLine(text), '    ', width);

/** `first 100 records: 98 fit, 2 are refused`. */
export function trialCounts({ read, accepted, refused }: FeedTrial): string {
  if (read === 0) return 'the file holds no record: nothing happened on its day';
  const others = read - accepted - refused;
  const parts = [
    refused === 0 && others === 0 ? 'all fit' : `${accepted} fit`,
    ...(refused > 0 ? [`${refused} ${refused === 1 ? 'is' : 'are'} refused`] : []),
    ...(others > 0 ? [`${others} not wanted (\`where\`), or like the one before`] : []),
  ];
  return `first ${counted(read, 'record')}: ${parts.join(', ')}`;
}

function refusalLines({ refusals, empty }: FeedTrial, width: number): string[] {
  const lines = refusals.flatMap(({ field, reason, count, sample, remedy }) => [
    told(
      out.red('✗'),
      `${count} × ${field} ${reason}${sample === null ? '' : `, such as \`${sample}\``}`,
      width,
    ),
    ...(remedy === null ? [] : [remedyText(remedy, width)]),
  ]);
  if (empty.length === 0) return lines;
  return [
    ...lines,
    told(out.yellow('!'), `empty in every record: ${empty.join(', ')}. Is it the right column?`, width),
  ];
}

/** Refused records first: they are what somebody has to look at. */
const shownRecords = ({ records }: FeedTrial, limit: number): readonly TriedRow[] =>
  [...records].sort((a, b) => Math.sign(b.refusals.length) - Math.sign(a.refusals.length)).slice(0, limit);

function recordText({ line, raw, row, refusals }: TriedRow, width: number): string[] {
  const verdict =
    refusals.length === 0
      ? out.green('✓')
      : `${out.red('✗')} refused: ${refusals.map(({ field }) => field).join(', ')}`;
  return [
    `  ${out.dim(`line ${line}`)} ${oneLine(verdict)}`,
    ...sideBySide(flat(raw), row === null ? [] : flat(row), width),
  ];
}
