import { err } from './colours.ts';

/** What shells expect of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/** Shows the cursor again that a progress bar had hidden. */
const SHOW_CURSOR = '\u001b[?25h';

/** While `work` goes on, Ctrl-C ends the program with a word instead of a hidden cursor. Every step can be repeated. */
export async function interruptible<T>(work: () => Promise<T>): Promise<T> {
  const stop = (): void => {
    const cursor = process.stderr.isTTY ? SHOW_CURSOR : '';
    const words = 'Stopped. Start it again when you like: what is done stays done, nothing is done twice.';
    process.stderr.write(`${cursor}\n${err.yellow('!')} ${words}\n`);
    process.exit(INTERRUPTED);
  };
  process.once('SIGINT', stop);
  try {
    return await work();
  } finally {
    process.removeListener('SIGINT', stop);
  }
}
