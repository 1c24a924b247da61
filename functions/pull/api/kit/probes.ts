import type { ProbeResult } from '../source.ts';

/** What is seen of one account: a line, or what is wrong with it. */
export type Seen = string | ProbeResult;

/** Looks at each account. The first that fails is told alone; a warning keeps the line of the others. */
export async function probeEach(
  names: readonly string[],
  look: (name: string) => Promise<Seen>,
): Promise<ProbeResult> {
  const lines: string[] = [];
  let status: ProbeResult['status'] = 'ok';
  for (const name of names) {
    const seen = await look(name);
    if (typeof seen === 'string') lines.push(seen);
    else if (seen.status === 'failed') return seen;
    else {
      if (seen.status === 'warning') status = 'warning';
      lines.push(seen.finding);
    }
  }
  return { status, finding: lines.join('; ') };
}

/** Asks each list for a record: one without any may be empty, or hidden from the user. */
export async function probeLists<List extends { readonly name: string }>(
  lists: readonly List[],
  count: (list: List) => Promise<number>,
  { kind, at, remedy }: { readonly kind: string; readonly at: string; readonly remedy: string },
): Promise<ProbeResult> {
  const silent: string[] = [];
  for (const list of lists) if ((await count(list)) === 0) silent.push(list.name);
  if (silent.length === 0) return { status: 'ok', finding: `${lists.length} ${kind} answer` };
  return { status: 'warning', finding: `nothing to be seen ${at} ${silent.join(', ')}`, remedy };
}
