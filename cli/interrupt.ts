import { err } from './colours.ts';

/** What shells expect of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/** Undoes what a progress bar had done to the terminal: shows the cursor, and breaks long lines. */
const AS_IT_WAS = '\u001b[?25h\u001b[?7h';

const REPEATABLE = 'Stopped. Start it again when you like: nothing is done twice.';

/** While `work` goes on, Ctrl-C ends the program with a word instead of a hidden cursor. Every step can be repeated. */
export async function interruptible<T>(work: () => Promise<T>, words = REPEATABLE): Promise<T> {
  const stop = (): void => {
    const restored = process.stderr.isTTY ? AS_IT_WAS : '';
    process.stderr.write(`${restored}\n${err.yellow('!')} ${words}\n`);
    process.exit(INTERRUPTED);
  };
  process.once('SIGINT', stop);
  try {
    return await work();
  } finally {
    process.removeListener('SIGINT', stop);
  }
}
