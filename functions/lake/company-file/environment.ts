import type { Mistake } from './mistake.ts';
import { listAt, valueAt } from './raw.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** `${NAME}` in the paths of feeds replaced by the variable; one that is not set is a mistake. Changes `data`. */
export function expandPaths(data: unknown, env: Environment): Mistake[] {
  return listAt(data, ['sources']).flatMap((source, sourceIndex) =>
    listAt(source, ['feeds']).flatMap((feed, feedIndex) => {
      const text = valueAt(feed, ['path']);
      if (typeof text !== 'string') return [];
      const unset = [...text.matchAll(VARIABLE)]
        .map((match) => match[1] as string)
        .filter((name) => !env[name]);
      (feed as { path: string }).path = text.replaceAll(
        VARIABLE,
        (whole, name: string) => env[name] || whole,
      );
      const path = ['sources', sourceIndex, 'feeds', feedIndex, 'path'];
      return unset.map((name) => ({
        path,
        message: `the environment variable ${name} is not set; set it to the path of the file`,
      }));
    }),
  );
}
