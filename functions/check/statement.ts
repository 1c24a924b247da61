import type { Check } from '../lake/catalogue/check.ts';
import type { CheckContext } from './context.ts';
import { runRelation, tableRelation } from './relations.ts';
import type { Subject } from './subjects.ts';

/** The whole statement of a check for one subject: the relations it finds, then its SELECT. */
export function checkStatement(check: Check, subject: Subject, context: CheckContext): string {
  const reads = Object.entries(check.reads).map(([name, facts]) =>
    tableRelation(context, name, facts?.history ?? 'all'),
  );
  const relations = [runRelation(context), ...reads, ...subject.relations];
  const prelude = relations.map(({ name, select }) => `${name} AS (${select})`).join(',\n');
  return `WITH ${prelude}\nSELECT * FROM (\n${check.sql}\n) AS findings`;
}
