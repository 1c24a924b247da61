import { cpSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vigie } from '../kit/command-line.ts';
import { mailsIn } from '../kit/local-run.ts';

/** What a full disk, a broken copy or a dying disk makes of a file. */
export const damages = {
  cut: (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2)),
  empty: (file: string) => truncateSync(file, 0),
  garbage: (file: string) =>
    writeFileSync(
      file,
      Uint8Array.from({ length: Math.max(64, statSync(file).size) }, (_, index) => (index * 167 + 13) % 256),
    ),
  'other JSON': (file: string) => writeFileSync(file, '{"something": "else"}\n'),
} as const;
export type HowDamaged = keyof typeof damages;

/** Every file of a state folder, by its path in it. */
export const filesIn = (state: string): string[] =>
  readdirSync(state, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(state, name)).isFile())
    .map((name) => name.replaceAll('\\', '/'))
    .sort();

export interface Morning {
  /** Which file was damaged, and how. */
  readonly what: string;
  readonly code: number;
  readonly said: string;
  readonly digests: number;
}

/** Damages one file in a copy of a state folder, and runs the next day as a person would. */
export async function morningAfter(
  company: { readonly config: string; readonly state: string; readonly day: string },
  file: string,
  how: HowDamaged,
  place: string,
): Promise<Morning> {
  cpSync(company.state, place, { recursive: true });
  damages[how](join(place, file));
  const { code, out, err } = await vigie(
    ...['run', '--date', company.day, '--config', company.config, '--state', place],
  );
  const digests = [...mailsIn(place).keys()].filter((name) => name.includes(`digest.${company.day}`)).length;
  return { what: `${how} ${file}`, code, said: `${out}\n${err}`, digests };
}
