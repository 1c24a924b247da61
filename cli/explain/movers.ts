import type { Kpi, PeriodName } from '../../functions/lake/catalogue/kpi.ts';
import { type Labels, labelWithId } from '../../functions/lake/catalogue/labels.ts';
import type { MemberEffect } from '../../functions/lake/drivers/dimension-split.ts';
import { type ChangeExplanation, effectOfMember } from '../../functions/lake/drivers/explain-change.ts';
import { readChange } from '../../functions/lake/drivers/read-change.ts';
import type { Suspect } from '../../functions/lake/drivers/suspects.ts';
import { en } from '../../functions/languages/en.ts';
import {
  type FormatOptions,
  formatChange,
  formatDifference,
  formatValue,
} from '../../functions/languages/numbers.ts';
import type { Context } from '../context.ts';
import { asTable, oneLine } from '../print.ts';

export interface Movement {
  readonly kpi: Kpi;
  readonly asOf: string;
  readonly period: PeriodName;
  readonly against: 'previous' | 'last_year';
  readonly labels: Labels;
}

/** Who moved a figure: the verdict first, then the members that are most suspect with what speaks against them. */
export async function moversOf(context: Context, movement: Movement): Promise<string[]> {
  const { kpi, against } = movement;
  const { company } = context.company;
  const change = await readChange(context.platform.bucket, company, kpi, movement);
  const options = { language: en, currency: company.currency } as const;
  const moved = formatChange(change.after, change.before, kpi.unit, options);
  const head = `  vs ${against}: ${moved ?? 'nothing to compare with'}`;
  if (moved === null || change.dimensions.length === 0) return [head];
  const told = { change, movement, options };
  return [head, ...verdict(told).map((line) => `    ${line}`), ...suspects(told)];
}

interface Told {
  readonly change: ChangeExplanation;
  readonly movement: Movement;
  readonly options: FormatOptions;
}

/** With fewer earlier windows than this it says little that nobody stands out. */
const FEW_WINDOWS = 4;

function verdict(told: Told): string[] {
  const { culprit, offsetting, windows } = told.change;
  const seen = `${windows} earlier window${windows === 1 ? '' : 's'}`;
  const pair = offsetting?.map((each) => nameOf(told, each)).join(' and ');
  const also = pair === undefined ? [] : [`offsetting one another: ${pair}`];
  if (culprit === null) {
    const nobody =
      windows < FEW_WINDOWS
        ? `no member is named: only ${seen} to see what is usual`
        : `no single cause: no member moved further from its habit of ${seen} than some always do`;
    return [nobody, ...also];
  }
  const aliases = culprit.aliases.map((alias) => `the same rows as ${nameOf(told, alias)}`);
  const how = culprit.returned ? ['back to its habit, from which it was far'] : [];
  const known = [...how, ...aliases, `judged by ${seen}`].join('; ');
  return [`cause: ${nameOf(told, culprit)} (${known})`, ...also];
}

const nameOf = ({ movement }: Told, { dimension, member }: Pick<Suspect, 'dimension' | 'member'>): string =>
  `${dimension} ${oneLine(labelWithId(movement.labels, dimension, member))}`;

function suspects(told: Told): string[] {
  const { change } = told;
  if (change.suspects.length === 0) return [];
  const rows = change.suspects.map((suspect) => [
    `    ${nameOf(told, suspect)}`,
    ...figures(told, effectOfMember(change.dimensions, suspect)),
    `${suspect.z > 0 ? '+' : '−'}${Math.abs(suspect.z).toFixed(1)} σ`,
    `${(suspect.explained * 100).toFixed(0)}%`,
  ]);
  const head = ['    most suspect', 'before', 'after', 'part', 'from its habit', 'explains'];
  return [asTable(head, rows, [1, 2, 3, 4, 5])];
}

function figures({ movement: { kpi }, options }: Told, effect: MemberEffect | undefined): string[] {
  const part = effect?.contribution;
  return [
    formatValue(effect?.before ?? null, kpi.unit, options),
    formatValue(effect?.after ?? null, kpi.unit, options),
    part == null ? '' : formatDifference(part, kpi.unit, options),
  ];
}
