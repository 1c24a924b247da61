import type { Feed } from '../../lake/company/feed.ts';
import type { Column, TableDefinition } from '../../lake/tables/table.ts';
import { type NumberFormat, numberFormat, readDecimal } from '../../lake/values/read-decimal.ts';
import { readable } from './known-formats.ts';

/** A field that was refused, with values that it did not take; null stands for an empty cell. */
export interface RefusedField {
  /** As rejections name it: `ordered_on (Datum)`, or `ordered_on` where the column is called the same. */
  readonly column: string;
  readonly values: readonly (string | null)[];
}

/** What to write in the feed so that the values fit; undefined where nothing is known that would help. */
export function remedyFor(
  feed: Feed,
  { columns }: Pick<TableDefinition, 'columns'>,
  { column, values }: RefusedField,
): string | undefined {
  const [, field = column, from = field] = /^(\S+) \((.*)\)$/.exec(column) ?? [];
  const definition = columns.find(({ name }) => name === field);
  if (!definition) return undefined;
  const told = values.filter((value): value is string => value !== null && value.trim() !== '');
  if (told.length === 0)
    return `Leave such rows out (\`where: [{ column: ${from}, empty: false }]\`), or give \`${field}: { from: ${from}, default: … }\`.`;
  const texts = [...new Set(told.map((text) => text.trim()))];
  switch (definition.kind) {
    case 'date':
    case 'timestamp':
      return dateRemedy(definition, from, texts);
    case 'decimal':
    case 'rate':
    case 'integer':
      return numberRemedy(feed, texts);
    case 'boolean':
      return wordsRemedy(field, from, texts, ['true', 'false']);
    default:
      return definition.values ? wordsRemedy(field, from, texts, definition.values) : undefined;
  }
}

const MOST_WORDS = 5;

/** Words that stand for values of a closed list. */
function wordsRemedy(
  field: string,
  from: string,
  texts: readonly string[],
  allowed: readonly string[],
): string {
  const words = texts.slice(0, MOST_WORDS).map((text) => `${yamlWord(text)}: …`);
  return `Say what the words mean: \`${field}: { from: ${from}, values: { ${words.join(', ')} } }\`, each with one of ${allowed.join(', ')}.`;
}

export const yamlWord = (text: string): string =>
  /^[A-Za-z_][\w-]*$/.test(text) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text)
    ? text
    : JSON.stringify(text);

/** A name of a zone behind a time: `CET`, `Europe/Paris`. */
const ZONE_NAME = /^(.*\d)\s?\[?([A-Z]{2,5}|[A-Z][a-z]+\/[A-Za-z_]+)\]?$/;

/** `dates` is for columns of dates, `timestamps` for those of instants: people set the one and need the other. */
function dateRemedy({ name, kind }: Column, from: string, texts: readonly string[]): string {
  const setting = kind === 'date' ? 'dates' : 'timestamps';
  const formats = readable(texts);
  const [first] = formats;
  if (first !== undefined) {
    // Of two that read the same values one has to be chosen by somebody who knows: 03/04 is March or April.
    const same = formats.filter((format) => skeleton(format) !== skeleton(first));
    const other = same.find((format) => !isLooser(format, first));
    const choice =
      other === undefined || first === 'auto' ? '' : ` (or \`${other}\`, if that is what the export means)`;
    const kindOf = kind === 'timestamp' ? ` \`${name}\` is an instant: \`dates\` does not hold for it.` : '';
    return `Set \`${setting}: ${first}\` on the feed${choice}, or \`${name}: { from: ${from}, format: ${first} }\` for this column alone.${kindOf}`;
  }
  const [, rest, zone] = ZONE_NAME.exec(texts[0] ?? '') ?? [];
  if (rest !== undefined && readable([rest]).length > 0)
    return `The zone \`${zone}\` is not known: have the export write an offset (+01:00 or Z), or leave it out and set \`time_zone: Europe/Paris\` (or yours) on the feed.`;
  return `Write the format of \`${from}\` in letters under \`${setting}\` of the feed, such as \`DD.MM.YYYY HH:mm\`; docs/sources/files.md lists them.`;
}

/** Which of day and month comes first, and the year. */
const skeleton = (format: string): string => format.replace(/[^YMD]/g, '').replace(/(.)\1+/g, '$1');

/** Whether a format differs only in taking one digit where the other takes two. */
const isLooser = (format: string, other: string): boolean =>
  format.replace(/(.)\1+/g, '$1') === other.replace(/(.)\1+/g, '$1');

const DECIMALS = ['.', ','] as const;
const THOUSANDS = ['none', '.', ',', ' ', "'"] as const;

function numberRemedy(feed: Feed, texts: readonly string[]): string | undefined {
  const reads = (format: NumberFormat): boolean =>
    texts.every((text) => readDecimal(text, format, { mantissa: 0, scale: 0 }));
  const found = THOUSANDS.flatMap((thousands) =>
    DECIMALS.filter((decimal) => decimal !== thousands).map((decimal) => numberFormat(decimal, thousands)),
  ).find(reads);
  if (!found) return undefined;
  const settings = [
    ...(found.decimal === feed.decimal ? [] : [`decimal: "${found.decimal}"`]),
    ...(found.thousands === feed.thousands ? [] : [`thousands: ${yamlSign(found.thousands)}`]),
  ];
  return settings.length === 0
    ? undefined
    : `Set ${settings.map((setting) => `\`${setting}\``).join(' and ')} on the feed.`;
}

const yamlSign = (sign: string): string => (sign === 'none' ? sign : JSON.stringify(sign));
