import type { Mistake, Path } from './mistake.ts';
import { isRecord } from './words.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** `${NAME}`, or `$${…}` for a text that has these signs in it. `${secret:name}` is something else and stays. */
const VARIABLE = /\$(\$\{[^}]*\})|\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/**
 * Puts the environment's values into every text of the data. The paths of feeds are left to the inbox, which needs
 * them only when it pulls: figures can be shown without them.
 */
export function withVariables(data: unknown, env: Environment): { data: unknown; mistakes: Mistake[] } {
  const mistakes: Mistake[] = [];
  const filled = (text: string, path: Path): string =>
    text.replace(VARIABLE, (_, escaped: string | undefined, name: string) => {
      if (escaped !== undefined) return escaped;
      const value = env[name];
      if (value !== undefined && value !== '') return value;
      mistakes.push({
        path,
        message: `the environment variable ${name} is not set; set it, or write \`$\${${name}}\` for the text itself`,
      });
      return '';
    });
  const walk = (value: unknown, path: Path): unknown => {
    if (typeof value === 'string') return isFeedPath(path) ? value : filled(value, path);
    if (Array.isArray(value)) return value.map((item, index) => walk(item, [...path, index]));
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key])]));
  };
  return { data: walk(data, []), mistakes };
}

const isFeedPath = ([section, , feeds, , field]: Path): boolean =>
  section === 'sources' && feeds === 'feeds' && field === 'path';
