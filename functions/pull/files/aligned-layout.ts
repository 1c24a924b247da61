import { isRule } from './list-lines.ts';

/** Where a column stands: from its first character to the one behind its last, as far as is known. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The columns of a text that is aligned by blanks, with their titles. */
export interface Layout {
  readonly spans: readonly Span[];
  readonly names: readonly string[];
}

/**
 * Finds the columns, and what they are called. Where a wanted title has no column of text of its own below it, the titles
 * are not aligned with the text (as R and Unix write tables): one title a column, they then name the columns in order.
 */
export function layoutOf(
  header: string | undefined,
  lines: readonly string[],
  wanted: readonly string[],
): Layout {
  const standing = standingLayout(header, lines, wanted);
  if (header === undefined || wanted.every((name) => hasText(standing, name, lines))) return standing;
  const names = header.trim().split(/ +/);
  const { spans } = standingLayout(undefined, lines, wanted);
  const knowsAll = wanted.every((name) => names.includes(name) || !standing.names.includes(name));
  const areTitles = names.length === spans.length && knowsAll;
  return areTitles ? { spans, names } : standing;
}

const hasText = ({ spans, names }: Layout, name: string, lines: readonly string[]): boolean => {
  const span = spans[names.indexOf(name)];
  return span !== undefined && lines.some((line) => line.slice(span.start, span.end).trim() !== '');
};

/**
 * Finds the columns where they stand: under a rule of dashes its groups are the columns; else a column goes as far as there is text in
 * the header or in any of the lines. What has no title belongs to the nearer title; a title of several words is one
 * where the feed wants it so.
 */
function standingLayout(
  header: string | undefined,
  lines: readonly string[],
  wanted: readonly string[],
): Layout {
  const rule = lines.find((line) => isRule(line) && groupsOf(line, /[-=_]+/g).length > 1);
  const written = lines.filter((line) => !isRule(line));
  if (rule !== undefined) return titled(groupsOf(rule, /[-=_]+/g), header);
  const runs = occupied(header === undefined ? written : [header, ...written]);
  return header === undefined ? titled(runs, header) : joined(adopted(runs, header), header, wanted);
}

const titleAt = (header: string, { start, end }: Span): string => header.slice(start, end).trim();

const titled = (spans: readonly Span[], header: string | undefined): Layout => ({
  spans,
  names: spans.map((span) => (header === undefined ? '' : titleAt(header, span))),
});

const groupsOf = (line: string, group: RegExp): Span[] =>
  [...line.matchAll(group)].map((found) => ({ start: found.index, end: found.index + found[0].length }));

/** The runs of places at which any line has text. */
function occupied(lines: readonly string[]): Span[] {
  const marks: string[] = [];
  for (const line of lines) for (let at = 0; at < line.length; at += 1) if (line[at] !== ' ') marks[at] = 'x';
  const text = Array.from(marks, (mark) => mark ?? ' ').join('');
  return groupsOf(text, /x+/g);
}

/** Runs without a title are parts of the column beside them, the nearer one. */
function adopted(runs: readonly Span[], header: string): Span[] {
  const spans: Span[] = [];
  let waiting: Span | undefined;
  for (const [index, run] of runs.entries()) {
    const before = spans.at(-1);
    const hasTitle = titleAt(header, run) !== '';
    const start = waiting?.start ?? run.start;
    waiting = undefined;
    if (hasTitle) spans.push({ start, end: run.end });
    else if (before && isNearer(run, before, runs[index + 1]))
      spans[spans.length - 1] = { start: before.start, end: run.end };
    else waiting = { start, end: run.end };
  }
  const last = spans.at(-1);
  if (waiting && last) spans[spans.length - 1] = { start: last.start, end: waiting.end };
  return spans;
}

const isNearer = (run: Span, before: Span, after: Span | undefined): boolean =>
  after === undefined || run.start - before.end <= after.start - run.end;

/** Words of one title that no text holds together: `Order No` over short numbers. */
function joined(spans: readonly Span[], header: string, wanted: readonly string[]): Layout {
  const longest = Math.max(0, ...wanted.map((title) => title.length));
  const found: Span[] = [];
  for (let at = 0; at < spans.length; ) {
    const { start } = spans[at] as Span;
    let first = start;
    while (first < header.length && header[first] === ' ') first += 1;
    let end = at;
    for (let next = at + 1; next < spans.length; next += 1) {
      // Every span has a title: with one that begins here it is longer than any that is wanted.
      if ((spans[next] as Span).start - first > longest) break;
      const title = header.slice(first, (spans[next] as Span).end).trim();
      if (/\s{2}/.test(title)) break;
      if (wanted.includes(title)) end = next;
    }
    found.push({ start, end: (spans[end] as Span).end });
    at = end + 1;
  }
  return titled(found, header);
}

/** The cells of a line; why not, where its text does not keep to the columns. */
export function cutLine(line: string, { spans, names }: Layout): string[] | string {
  const cells: string[] = [];
  let from = 0;
  for (const [index, span] of spans.entries()) {
    const next = spans[index + 1];
    if (!next) {
      cells.push(line.slice(from).trim());
      break;
    }
    const gap = line.slice(span.end, next.start);
    // Text may be longer than any that was seen, on either side, as long as a blank is left between.
    const overhang = /^\S*/.exec(gap)?.[0] ?? '';
    const middle = gap.slice(overhang.length, gap.length - endOfText(gap));
    const isApart = gap === '' || gap.length > overhang.length || line.length <= span.end + overhang.length;
    if (!isApart || middle.trim() !== '')
      return `has text across the columns ${nameOf(names, index)} and ${nameOf(names, index + 1)}`;
    const cut = span.end + overhang.length;
    cells.push(line.slice(from, cut).trim());
    from = cut;
  }
  return cells;
}

/** How many characters behind the last blank there are. */
function endOfText(text: string): number {
  let at = text.length;
  while (at > 0 && /\S/.test(text[at - 1] as string)) at -= 1;
  return text.length - at;
}

const nameOf = (names: readonly string[], index: number): string => names[index] || String(index + 1);
