import { nearest } from '../../functions/lake/values/nearest.ts';
import { INSTEAD, ORDERED, PORTABLE_FUNCTIONS } from './functions.ts';
import type { TrinoGrammar } from './trino-grammar.ts';

type Node = InstanceType<TrinoGrammar['ParserRuleContext']>;

/** A thing an author must not write. `finds` looks at one node of the parse tree and says what is wrong with it. */
export interface Rule {
  readonly id: string;
  /** What is wrong, as a sentence begun: “`avg` of a decimal …”. */
  readonly words: string;
  readonly remedy: string;
  readonly finds: (
    node: Node,
    grammar: TrinoGrammar,
  ) => boolean | { readonly words?: string; readonly remedy: string };
  /** Files under these folders only; default all. */
  readonly only?: readonly string[];
}

const textOf = (node: { getText(): string } | null | undefined): string =>
  node?.getText().toLowerCase() ?? '';

/** The name of the function a node calls; undefined for other nodes. */
const calledBy = (node: Node, g: TrinoGrammar): string | undefined =>
  node instanceof g.FunctionCallContext ? textOf(node.functionName()) : undefined;

/** The node without the layers that a bare expression is wrapped in, and without parentheses. */
function bare(node: Node | null | undefined, g: TrinoGrammar): Node | undefined {
  let inner = node ?? undefined;
  while (
    inner &&
    (inner instanceof g.ParenthesizedExpressionContext || !(inner instanceof g.PrimaryExpressionContext))
  ) {
    const children = (inner.children ?? []).filter((child) => child instanceof g.ParserRuleContext) as Node[];
    if (
      children.length !== 1 ||
      (inner.children?.length !== 1 && !(inner instanceof g.ParenthesizedExpressionContext))
    )
      return inner;
    inner = children[0];
  }
  return inner;
}

const isCastTo = (node: Node | null | undefined, type: string, g: TrinoGrammar): boolean => {
  const inner = bare(node, g);
  return inner instanceof g.CastContext && textOf(inner.type()) === type;
};

/** The first node around this one that is more than a wrapper. */
function around(node: Node, g: TrinoGrammar): Node | null {
  let outer = node.parent as Node | null;
  while (outer && (outer.children?.length === 1 || outer instanceof g.ParenthesizedExpressionContext))
    outer = outer.parent as Node | null;
  return outer;
}

function inCastToDate(node: Node, g: TrinoGrammar): boolean {
  const outer = around(node, g);
  return outer instanceof g.CastContext && textOf(outer.type()) === 'date';
}

/** Midnight of a day compares like the day. */
const isCompared = (node: Node, g: TrinoGrammar): boolean =>
  [g.BetweenContext, g.ComparisonContext, g.PredicatedContext].some(
    (kind) => around(node, g) instanceof kind,
  );

/** `did you mean …`, or where the list is. */
function insteadOf(name: string): string {
  const near = nearest(name, PORTABLE_FUNCTIONS);
  return near === undefined ? 'docs/sql.md lists the functions that do.' : `Did you mean \`${near}\`?`;
}

const PORTABLE_TYPES =
  /^(varchar(\(\d+\))?|integer|bigint|double|decimal\(\d+,\d+\)|date|timestamp|boolean)$/;

/** The rules of docs/sql.md that a parse tree can tell. */
export const rules: readonly Rule[] = [
  {
    id: 'portable-function',
    words: 'a function that is not known to give the same on every engine',
    remedy: 'docs/sql.md lists the functions that do.',
    finds(node, g) {
      const name = calledBy(node, g);
      if (name === undefined || PORTABLE_FUNCTIONS.includes(name)) return false;
      return {
        words: `\`${name}\` is not known to give the same on every engine`,
        remedy: INSTEAD[name] ?? insteadOf(name),
      };
    },
  },
  {
    id: 'division',
    words: '`/` divides whole numbers, decimals and by zero differently on DuckDB and Trino',
    remedy: 'Return numerator and denominator; inside, write CAST(x AS double) / NULLIF(y, 0).',
    finds(node, g) {
      if (!(node instanceof g.ArithmeticBinaryContext) || !node.SLASH()) return false;
      const [left, right] = node.valueExpression();
      const divisor = bare(right, g);
      const never0 =
        divisor instanceof g.NumericLiteralContext || (divisor && calledBy(divisor, g) === 'nullif');
      return !(isCastTo(left, 'double', g) && never0);
    },
  },
  {
    id: 'bare-avg',
    words: '`avg` of a decimal rounds on Trino and is a double on DuckDB',
    remedy: 'Return sum and count, or write avg(CAST(x AS double)).',
    finds: (node, g) =>
      node instanceof g.FunctionCallContext &&
      calledBy(node, g) === 'avg' &&
      !isCastTo(node.expression(0), 'double', g),
  },
  {
    id: 'date-trunc',
    words: '`date_trunc` of a DATE is a timestamp on DuckDB',
    remedy: "Write CAST(date_trunc('month', day) AS date).",
    finds: (node, g) => calledBy(node, g) === 'date_trunc' && !inCastToDate(node, g),
  },
  {
    id: 'date-interval',
    words: 'a DATE plus an interval is a timestamp on DuckDB',
    remedy: "Write CAST(day + INTERVAL '7' DAY AS date).",
    finds(node, g) {
      if (!(node instanceof g.ArithmeticBinaryContext) || !(node.PLUS() || node.MINUS())) return false;
      const hasInterval = node
        .valueExpression()
        .some((side) => bare(side, g) instanceof g.IntervalLiteralContext);
      return hasInterval && !inCastToDate(node, g) && !isCompared(node, g);
    },
  },
  {
    id: 'date-diff-unit',
    words: '`date_diff` counts boundaries on DuckDB and whole units on Trino',
    remedy: "Use date_diff('day', from, to), on DATEs.",
    finds: (node, g) =>
      node instanceof g.FunctionCallContext &&
      calledBy(node, g) === 'date_diff' &&
      textOf(node.expression(0)) !== "'day'",
  },
  {
    id: 'date-diff-instants',
    words: '`date_diff` of instants counts midnights on DuckDB and whole days on Trino',
    remedy: 'Compare the instants themselves, or use the business dates (…_on).',
    finds: (node, g) =>
      node instanceof g.FunctionCallContext &&
      calledBy(node, g) === 'date_diff' &&
      [node.expression(1), node.expression(2)].some((side) => /(^|\.)\w+_at$/.test(textOf(bare(side, g)))),
  },
  {
    id: 'extract',
    words: 'weekdays and weeks are numbered differently',
    remedy: 'Only year, quarter, month and day can be extracted; windows come from `periods`.',
    finds: (node, g) =>
      node instanceof g.ExtractContext &&
      !['year', 'quarter', 'month', 'day'].includes(textOf(node.identifier())),
  },
  {
    id: 'clock',
    words: 'the clock must not be read: yesterday’s figure could not be computed again',
    remedy: 'Take as_of, starts_on and ends_on from `periods`.',
    finds: (node, g) =>
      [
        g.CurrentDateContext,
        g.CurrentTimeContext,
        g.CurrentTimestampContext,
        g.LocalTimeContext,
        g.LocalTimestampContext,
      ].some((kind) => node instanceof kind),
  },
  {
    id: 'time-zone',
    words: 'there is no time-zone work in SQL',
    remedy: 'Business dates are DATE columns, made in the company’s zone when a file is read.',
    finds: (node, g) => node instanceof g.AtTimeZoneContext,
  },
  {
    id: 'portable-type',
    words: 'a type that not every engine has, or names otherwise',
    remedy: 'Use varchar, integer, bigint, double, decimal(p, s), date, timestamp or boolean.',
    finds: (node, g) => node instanceof g.CastContext && !PORTABLE_TYPES.test(textOf(node.type())),
  },
  {
    id: 'order-in-window',
    words: 'without ORDER BY in OVER (…) the result is different each time',
    remedy: 'Order by columns that make every row unique.',
    finds(node, g) {
      const name = calledBy(node, g);
      if (!(node instanceof g.FunctionCallContext) || name === undefined || !ORDERED.includes(name))
        return false;
      return !textOf(node.over()).includes('orderby');
    },
  },
  {
    id: 'limit-without-order',
    words: 'LIMIT without ORDER BY takes other rows each time',
    remedy: 'Order by columns that make every row unique.',
    finds: (node, g) =>
      node instanceof g.QueryNoWithContext && node.KW_LIMIT() !== null && node.KW_ORDER() === null,
  },
  {
    id: 'qualified-table',
    words: 'a table named with its schema escapes the cut to the dates that are needed',
    remedy: 'List the table under `reads` and use its bare name.',
    only: ['kpis', 'views'],
    finds: (node, g) => node instanceof g.TableNameContext && textOf(node).includes('.'),
  },
  {
    id: 'count-columns',
    words: 'count of several columns is not the same everywhere',
    remedy: 'Count distinct rows of a subquery.',
    finds: (node, g) =>
      node instanceof g.FunctionCallContext && calledBy(node, g) === 'count' && node.expression().length > 1,
  },
  {
    id: 'null-treatment',
    words: 'IGNORE NULLS and RESPECT NULLS stand in different places',
    remedy: 'Filter the NULLs out first.',
    finds: (node, g) => node instanceof g.NullTreatmentContext,
  },
  {
    id: 'nested-values',
    words: 'arrays, maps, rows, lambdas and JSON differ from engine to engine',
    remedy: 'Keep to plain columns; nested data is taken apart when a file is read.',
    finds: (node, g) =>
      [
        g.ArrayConstructorContext,
        g.SubscriptContext,
        g.LambdaContext,
        g.JsonValueContext,
        g.JsonQueryContext,
        g.JsonObjectContext,
        g.JsonArrayContext,
        g.JsonExistsContext,
      ].some((kind) => node instanceof kind),
  },
  {
    id: 'sample',
    words: 'a sample is different each time',
    remedy: 'Read all rows; `periods` keeps them few.',
    finds: (node, g) => node instanceof g.SampleTypeContext,
  },
  {
    id: 'quotes',
    words: 'only Hive quotes names with `',
    remedy: 'Use double quotes, or a name that needs none.',
    finds: (node, g) => node instanceof g.BackQuotedIdentifierContext,
  },
];

/** What is no Trino SQL at all, but DuckDB takes: found in the words, since no tree comes of it. */
export const dialectWords: readonly {
  readonly id: string;
  readonly pattern: RegExp;
  readonly words: string;
  readonly remedy: string;
}[] = [
  { id: 'double-colon', pattern: /::/, words: '`::` is DuckDB’s cast', remedy: 'Write CAST(x AS type).' },
  {
    id: 'integer-division',
    pattern: /\/\//,
    words: '`//` is DuckDB’s whole-number division',
    remedy: 'Write CAST(floor(CAST(x AS double) / NULLIF(y, 0)) AS bigint).',
  },
  {
    id: 'qualify',
    pattern: /\bqualify\b/i,
    words: 'QUALIFY is DuckDB’s',
    remedy: 'Filter in a query around this one.',
  },
  {
    id: 'group-by-all',
    pattern: /\b(?:group|order)\s+by\s+all\b/i,
    words: 'BY ALL is DuckDB’s',
    remedy: 'Name the columns.',
  },
  {
    id: 'star-exclude',
    pattern: /\*\s*(?:exclude|replace|rename)\b/i,
    words: '`* EXCLUDE` is DuckDB’s',
    remedy: 'Name the columns.',
  },
  {
    id: 'limit-offset',
    pattern: /\blimit\s+\d+\s+offset\b/i,
    words: 'LIMIT before OFFSET is DuckDB’s',
    remedy: 'Write OFFSET n LIMIT m.',
  },
  { id: 'double-equals', pattern: /==/, words: '`==` is DuckDB’s', remedy: 'Write =.' },
  { id: 'ilike', pattern: /\bilike\b/i, words: 'ILIKE is DuckDB’s', remedy: 'Write lower(x) LIKE ….' },
];
