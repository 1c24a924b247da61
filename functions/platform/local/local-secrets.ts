import { readFileSync } from 'node:fs';
import { chmod, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { VigieError } from '../errors.ts';
import { learnSecret } from '../redact/learn-secret.ts';
import type { Redactor } from '../redact/redactor.ts';
import type { Secrets } from '../secrets.ts';

export interface LocalSecretsOptions {
  /** JSON file of names to values, readable by its owner only (permissions 600). */
  readonly file: string;
  /** The environment; the composition root passes `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Secrets of one machine: the file first, for a value that was rotated (`put`) is newer than the environment's, then
 * the environment variable `VIGIE_SECRET_<NAME>`.
 */
export function localSecrets(options: LocalSecretsOptions): Secrets {
  const file = resolve(options.file);
  return {
    async get(name) {
      const value = textOf((await readSecrets(file))[name]) ?? options.env[variableOf(name)];
      if (value !== undefined && value !== '') return value;
      throw missing(name, file);
    },
    put: (name, value) =>
      oneAtATime(file, async () => {
        const all = { ...(await readSecrets(file)), [name]: readable(value) };
        const temporary = `${file}.${process.pid}.tmp`;
        await writeFile(temporary, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
        await chmod(temporary, 0o600);
        await rename(temporary, file);
      }),
  };
}

/** Teaches every secret there is, wanted or not. What of them cannot be read is told to who asks for it. */
export function learnLocalSecrets(redactor: Redactor, { file, env }: LocalSecretsOptions): void {
  for (const [name, value] of Object.entries(env))
    if (name.startsWith('VIGIE_SECRET_') && value) learnSecret(redactor, value);
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!isRecord(kept)) return;
    for (const value of Object.values(kept))
      learnSecret(redactor, typeof value === 'string' ? value : JSON.stringify(value));
  } catch {
    // Missing, closed or malformed: `get` says so, with the remedy.
  }
}

/** The end of the queue of changes to each file: two sources that rotate a token at once must not undo each other. */
const queues = new Map<string, Promise<unknown>>();

function oneAtATime(file: string, change: () => Promise<void>): Promise<void> {
  const done = (queues.get(file) ?? Promise.resolve()).then(change);
  queues.set(
    file,
    done.catch(() => undefined),
  );
  return done;
}

/** A text, or an object for secrets of several fields: people need not escape JSON within JSON. */
type Stored = string | Readonly<Record<string, unknown>>;

const textOf = (stored: Stored | undefined): string | undefined =>
  typeof stored === 'object' ? JSON.stringify(stored) : stored;

function readable(value: string): Stored {
  try {
    const parsed: unknown = JSON.parse(value);
    return isRecord(parsed) ? parsed : value;
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `smtp` is looked for in `VIGIE_SECRET_SMTP`; what a variable's name cannot hold becomes `_`. */
const variableOf = (name: string): string =>
  `VIGIE_SECRET_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;

const missing = (name: string, file: string): VigieError =>
  new VigieError(
    `no secret ${name}: looked for "${name}" in ${file}, then for the environment variable ${variableOf(name)}`,
    {
      code: 'SECRET_MISSING',
      where: { field: name },
      hint: `Set ${variableOf(name)}, or add it to the file: { "${name}": "…" }, with permissions 600.`,
    },
  );

async function readSecrets(file: string): Promise<Record<string, Stored>> {
  const mode = await stat(file).then(
    (entry) => entry.mode,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    },
  );
  if (mode === undefined) return {};
  refuseOpenFile(file, mode);
  return parse(file, await readFile(file, 'utf8'));
}

/** Windows has no such permissions. */
function refuseOpenFile(file: string, mode: number): void {
  if (process.platform === 'win32' || (mode & 0o077) === 0) return;
  throw new VigieError(`${file} can be read by others (permissions ${(mode & 0o777).toString(8)})`, {
    code: 'SECRETS_OPEN',
    where: { file },
    hint: `Close it: chmod 600 ${file}`,
  });
}

/** The text never gets into the error: it holds secrets. */
function parse(file: string, text: string): Record<string, Stored> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed(file, 'it is not JSON');
  }
  if (!isRecord(value)) throw malformed(file, 'it is not an object');
  const wrong = Object.entries(value).find(([, secret]) => typeof secret !== 'string' && !isRecord(secret));
  if (wrong) throw malformed(file, `the value of "${wrong[0]}" is neither text nor an object`);
  return value as Record<string, Stored>;
}

const malformed = (file: string, reason: string): VigieError =>
  new VigieError(`${file} cannot be used: ${reason}`, {
    code: 'SECRETS_INVALID',
    where: { file },
    hint: 'It has to be one JSON object of names to texts: { "smtp": "smtps://user:password@mail.example" }',
  });
