import { setTimeout as sleep } from 'node:timers/promises';

/** What is to be stopped may not have begun in its thread, where nothing stops it before it does. */
const STOPPED_EACH_MS = 20;

/**
 * Work that uses what its owner frees in the end. DuckDB's is done in other threads, beneath which nothing may be freed: a connection
 * that was being made while its database was closed took the whole process with it.
 */
export class Underway {
  readonly #work = new Set<Promise<unknown>>();
  #ending: Promise<void> | undefined;

  /** Nothing is to be begun just now. */
  get ends(): boolean {
    return this.#ending !== undefined;
  }

  of<T>(work: Promise<T>): Promise<T> {
    const over = (): void => void this.#work.delete(work);
    this.#work.add(work);
    work.then(over, over);
    return work;
  }

  /** Waits for what was begun, which `stop` hurries, and then frees what it used. */
  end(stop: () => void, free: () => Promise<void>): Promise<void> {
    this.#ending ??= this.#over(stop)
      .then(free)
      .finally(() => {
        this.#ending = undefined;
      });
    return this.#ending;
  }

  async #over(stop: () => void): Promise<void> {
    while (this.#work.size > 0) {
      stop();
      await Promise.race([Promise.allSettled(this.#work), sleep(STOPPED_EACH_MS)]);
    }
  }
}
