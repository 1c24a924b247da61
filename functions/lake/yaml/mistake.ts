import { VigieError } from '../../platform/errors.ts';

/** The way to a field: `['alerts', 'rules', 0, 'kpi']`. */
export type Path = readonly (string | number)[];

/** One thing wrong with vigie.yaml, before its place in the text is looked up. */
export interface Mistake {
  readonly path: Path;
  /** True: show the key itself (an unknown name), not what it holds. */
  readonly atKey?: boolean;
  /** What was found, and what was allowed: one sentence. */
  readonly message: string;
}

/** A mistake with its place; `line` and `column` count from 1. */
export interface PlacedMistake extends Mistake {
  readonly line: number;
  readonly column: number;
}

/** `alerts.rules[0].kpi` */
export const formatPath = (path: Path): string =>
  path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join('');

/** One error for all mistakes, in the order of the file. Code CONFIG_INVALID (or the one given). */
export function mistakesError(
  file: string,
  mistakes: readonly PlacedMistake[],
  code = 'CONFIG_INVALID',
): VigieError {
  const lines = mistakes.map((mistake) => {
    const field = mistake.path.length === 0 ? '' : `${formatPath(mistake.path)}: `;
    return `  ${file}:${mistake.line}:${mistake.column}  ${field}${mistake.message}`;
  });
  const first = mistakes[0];
  return new VigieError(
    `${file}: ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}\n${lines.join('\n')}`,
    {
      code,
      hint: 'Correct the lines named above and start the command again; nothing was read or written.',
      where: {
        file,
        ...(first && { line: first.line, column: first.column, field: formatPath(first.path) }),
      },
    },
  );
}
