import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, normalize, relative, resolve } from 'node:path';
import { escapePath, glob, isDynamicPattern } from 'tinyglobby';
import { messageOf, VigieError } from '../errors.ts';
import { type Inbox, type InboxFile, isUnfinished } from '../inbox.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * An inbox that is a folder: the one of vigie.yaml. A pattern names a file, a folder (the files directly in it) or a
 * glob; relative to the folder, or absolute. `${NAME}` is taken from `env`; a relative path that begins with a
 * variable may also be relative to `workingFolder`, where the person stood who set the variable.
 *
 * Errors: `INBOX_VARIABLE` names a variable that is not set; `INBOX_UNREADABLE` a file that cannot be read.
 */
export function folderInbox(root: string, env: Environment, workingFolder: string = process.cwd()): Inbox {
  const base = resolve(root);
  return {
    async list(pattern) {
      const expanded = expand(pattern, env);
      const found = await listIn(base, expanded);
      const byVariable = pattern.startsWith('${') && !isAbsolute(expanded) && found.length === 0;
      return byVariable ? listIn(base, toSlashes(resolve(workingFolder, expanded))) : found;
    },
    async *stream(name, range) {
      const span = range ? { start: range.start, end: range.end - 1 } : {};
      if (range && range.end <= range.start) return;
      try {
        yield* createReadStream(resolve(base, name), { highWaterMark: 1 << 18, ...span });
      } catch (error) {
        throw unreadable(name, error);
      }
    },
  };
}

function expand(pattern: string, env: Environment): string {
  return pattern.replace(/\$(\$\{[^}]*\})|\$\{([^}]*)\}/g, (_, escaped: string | undefined, name: string) => {
    if (escaped !== undefined) return escaped;
    const value = env[name];
    if (value !== undefined && value !== '') return toSlashes(value);
    throw new VigieError(`the environment variable ${name} is not set; the path \`${pattern}\` needs it`, {
      code: 'INBOX_VARIABLE',
      hint: `Set it before the command: ${name}=/path/to/the/file npx vigie run …`,
    });
  });
}

const toSlashes = (path: string): string => path.replaceAll('\\', '/');

async function listIn(base: string, pattern: string): Promise<InboxFile[]> {
  const literal = await stat(resolve(base, pattern)).catch(() => undefined);
  if (literal?.isFile()) return describe(base, [resolve(base, pattern)], isAbsolute(pattern));
  if (literal?.isDirectory())
    return describe(base, await filesOf(resolve(base, pattern)), isAbsolute(pattern));
  if (!isDynamicPattern(pattern)) return [];
  // The folder itself may hold characters that mean something in a pattern, `data (1)/`.
  const cwd = escapePath(toSlashes(base)) === toSlashes(base) ? base : undefined;
  const wanted = isAbsolute(pattern) || cwd ? pattern : `${escapePath(toSlashes(base))}/${pattern}`;
  const paths = await glob(normalize(wanted).replaceAll('\\\\', '/'), {
    cwd: cwd ?? '/',
    absolute: true,
    onlyFiles: true,
    expandDirectories: false,
  });
  return describe(base, paths, isAbsolute(pattern));
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const wanted = entries.filter(
    (entry) => entry.isFile() && !entry.name.startsWith('.') && !isUnfinished(entry.name),
  );
  return wanted.map((entry) => join(folder, entry.name));
}

async function describe(base: string, paths: readonly string[], absolute: boolean): Promise<InboxFile[]> {
  const files = await Promise.all(
    paths.map(async (path) => {
      const name = toSlashes(absolute ? normalize(path) : relative(base, path));
      const { size, mtimeMs } = await stat(path).catch((error: unknown) => {
        throw unreadable(name, error);
      });
      return { name, size, version: String(Math.round(mtimeMs)) };
    }),
  );
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const unreadable = (name: string, cause: unknown): VigieError =>
  new VigieError(`${name} cannot be read: ${messageOf(cause)}`, {
    code: 'INBOX_UNREADABLE',
    cause,
    where: { file: name },
    hint: 'Look at its permissions, and whether another program is still writing or moving it.',
  });
