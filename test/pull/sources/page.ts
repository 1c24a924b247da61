import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { SourceDefinition } from '../../../functions/pull/api/source.ts';
import { sourceKind } from '../../../functions/pull/source-kinds.ts';

/** A source's page: its text, and its examples of vigie.yaml. */
export function pageOfSource(kind: string) {
  const text = readFileSync(
    new URL(`../../../functions/pull/sources/${kind}/README.md`, import.meta.url),
    'utf8',
  );
  const examples = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
    ([, yaml]) => (parse(yaml ?? '') as { sources: Record<string, unknown>[] }).sources,
  );
  return { text, sources: examples.flat() };
}

/** Keys of the kind that the table of settings on its page does not have. */
export function undocumented(definition: SourceDefinition, text: string): string[] {
  const table = text.slice(text.indexOf('## Settings'), text.indexOf('## Permissions'));
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  const named = new Set(
    rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name)),
  );
  return Object.keys(sourceKind(definition).settings.shape).filter((key) => !named.has(key));
}
