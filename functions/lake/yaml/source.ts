import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml';
import { messageOf } from '../../platform/errors.ts';
import { sha256 } from '../../platform/hash.ts';
import { knownYaml } from './known.ts';
import type { Mistake, PlacedMistake } from './mistake.ts';

/** What the YAML library says, in the words of somebody who edits the file. */
const SYNTAX: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'a tab is used to indent; YAML takes spaces only',
  DUPLICATE_KEY: 'this key was given already above; remove one of the two',
  BAD_INDENT:
    'the indentation does not fit the lines above, or a bracket or brace was not closed before this line',
  MISSING_CHAR: 'something is missing here: a colon after a key, or the closing quote of a text',
  BAD_SCALAR_START: 'a text that begins with @, % or ` needs quotes around it',
  BLOCK_AS_IMPLICIT_KEY:
    'a colon inside a text needs quotes around the text, or the next line is indented too far',
  MULTILINE_IMPLICIT_KEY: 'a line without a key and colon, or an item indented differently from its siblings',
  UNEXPECTED_TOKEN: 'unexpected text; a quote within a quoted text is written twice',
  BAD_DQ_ESCAPE: 'a backslash in double quotes starts an escape; use single quotes around the text',
  MULTIPLE_DOCS: 'a second document starts here; the file may hold only one (remove the line ---)',
  BAD_ALIAS: 'a text that begins with * needs quotes around it (it would name an anchor)',
};

/** A YAML text, its data and the way back from a field to its place. */
export interface YamlSource {
  /** Undefined when the text is not YAML. */
  readonly data: unknown;
  readonly syntax: readonly PlacedMistake[];
  /** Gives a mistake its place: that of the deepest part of its path that is in the file. */
  place(mistake: Mistake): PlacedMistake;
}

/** Reads YAML 1.2 with merge keys (`<<`). What the build has read already is parsed only to place a mistake in it. */
export function readYaml(text: string, known: Readonly<Record<string, string>> = knownYaml): YamlSource {
  const data = known[sha256(text)];
  if (data === undefined) return parse(text);
  return {
    data: JSON.parse(data) as unknown,
    syntax: [],
    place: (mistake) => parse(text).place(mistake),
  };
}

function parse(text: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const place = (mistake: Mistake): PlacedMistake => ({ ...mistake, ...at(offsetOf(document, mistake)) });
  const syntax = oncePerLine(
    document.errors.map((error) => ({ path: [], message: translate(error), ...at(error.pos[0]) })),
  );
  if (syntax.length > 0) return { data: undefined, syntax, place };
  try {
    return { data: document.toJS() as unknown, syntax, place };
  } catch (error) {
    // An alias without its anchor, or aliases that multiply without end.
    return { data: undefined, syntax: [{ path: [], message: messageOf(error), ...at(0) }], place };
  }
}

const translate = (error: YAMLError): string => {
  const known = SYNTAX[error.code];
  return known === undefined ? `not YAML: ${error.message}` : `not YAML: ${known} (${error.message})`;
};

/** One slip often makes several errors of the parser on one line; the first says enough. */
const oncePerLine = (mistakes: readonly PlacedMistake[]): PlacedMistake[] =>
  mistakes.filter((mistake, index) => mistakes.findIndex((other) => other.line === mistake.line) === index);

/** Offset of the deepest part of a path that exists. A field that holds a list or map is shown at its key. */
function offsetOf(document: Document, mistake: Mistake): number {
  let node: unknown = document.contents;
  let offset = startOf(document.contents) ?? 0;
  for (const [depth, part] of mistake.path.entries()) {
    const step = child(document, node, part);
    if (!step) return offset;
    const last = depth === mistake.path.length - 1;
    const showKey = step.key !== undefined && (!isScalar(step.value) || (last && mistake.atKey));
    offset = (showKey ? startOf(step.key) : (startOf(step.value) ?? startOf(step.key))) ?? offset;
    node = step.value;
  }
  return offset;
}

const startOf = (node: unknown): number | undefined => (node as Node | null | undefined)?.range?.[0];

function child(
  document: Document,
  parent: unknown,
  part: string | number,
): { key?: unknown; value: unknown } | undefined {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isSeq(node)) {
    const item = node.items[Number(part)];
    return item === undefined ? undefined : { value: item };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(
    (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(part),
  );
  return pair && { key: pair.key, value: pair.value };
}
