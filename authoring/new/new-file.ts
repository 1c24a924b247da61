import { VigieError } from '../../functions/platform/errors.ts';

/** A file to write, its path relative to where it is written. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** Throws NAME_INVALID where a name cannot be a file name and an identifier. */
export function checkNewName(what: string, name: string): void {
  if (/^[a-z][a-z0-9_]*$/.test(name)) return;
  throw new VigieError(`\`${name}\` cannot be the name of a ${what}`, {
    code: 'NAME_INVALID',
    hint: 'Use lower case letters, digits and _, beginning with a letter: share_of_web_orders.',
  });
}

/** `share_of_web_orders` as a person would begin to say it. */
export function saidOf(name: string): string {
  const words = name.replaceAll('_', ' ');
  return `${words[0]?.toUpperCase()}${words.slice(1)}`;
}
