import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDay } from '../../functions/lake/values/day.ts';
import { VigieError } from '../../functions/platform/errors.ts';

/** What decides which company is invented. */
export interface InventOptions {
  readonly seed: number;
  /** Last day, `YYYY-MM-DD`. */
  readonly endsOn: string;
  /** Days, the last one included. */
  readonly days: number;
  readonly scale: number;
  readonly stories: boolean;
}

export interface SandboxOptions extends InventOptions {
  /** Made if it is not there. What an earlier sandbox left there is replaced; anybody else's folder is refused. */
  readonly folder: string;
}

/** What is told of any made-up company that was written. */
export interface MadeSandbox {
  readonly folder: string;
  /** The company's vigie.yaml. */
  readonly config: string;
  readonly startsOn: string;
  readonly endsOn: string;
  /** Export files, relative to the folder. */
  readonly files: readonly string[];
}

/** How the vigie.yaml of a made-up company begins: a folder with such a file was made by the sandbox and may be made again. */
const MARK = /^# .+, a made-up /;

/** Refuses options out of range: `SANDBOX_OPTION`. */
export function checkOptions({ seed, days, scale, endsOn }: InventOptions, leastDays: number): void {
  const wrong = !Number.isInteger(seed)
    ? `the seed ${seed} is not a whole number`
    : !Number.isInteger(days) || days < leastDays
      ? `${days} days are too few; the sandbox needs at least ${leastDays}`
      : !(scale > 0) || !Number.isFinite(scale)
        ? `the scale ${scale} is not above 0`
        : !isDay(endsOn)
          ? `"${endsOn}" is not a date YYYY-MM-DD`
          : undefined;
  if (wrong)
    throw new VigieError(`The sandbox cannot be made: ${wrong}.`, {
      code: 'SANDBOX_OPTION',
      hint: 'Leave the option out to get what `npm start` uses.',
    });
}

/**
 * Takes away what an earlier sandbox wrote: files of another end date would contradict the new ones. `SANDBOX_FOLDER`
 * where the folder holds something else. `mark` is the first line of the company's vigie.yaml.
 */
export async function clearFolder(folder: string, mark: string): Promise<void> {
  const file = join(folder, 'vigie.yaml');
  const config = existsSync(file) ? await readFile(file, 'utf8') : undefined;
  const taken = config === undefined ? existsSync(join(folder, 'exports')) : !MARK.test(config);
  if (taken) {
    throw new VigieError(
      `The folder ${folder} holds exports or a vigie.yaml that no sandbox wrote; nothing was changed.`,
      {
        code: 'SANDBOX_FOLDER',
        hint: 'Name an empty or a new folder.',
      },
    );
  }
  for (const part of ['exports', 'truth']) await rm(join(folder, part), { recursive: true, force: true });
  // Killed half-way, the folder is still known as a sandbox's.
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${mark}, still being written.\n`);
}

/** Writes the company's vigie.yaml, and beside it what its generators counted themselves: `truth/<name>.json`. */
export async function writeBeside(
  made: MadeSandbox,
  yaml: string,
  truth: Readonly<Record<string, unknown>>,
): Promise<void> {
  const folder = join(made.folder, 'truth');
  await mkdir(folder, { recursive: true });
  await writeFile(made.config, yaml);
  for (const [name, value] of Object.entries(truth))
    await writeFile(join(folder, `${name}.json`), `${JSON.stringify(value, null, 2)}\n`);
}
