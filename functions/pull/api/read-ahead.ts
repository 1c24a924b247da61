/** Items of a stream that is read ahead of whoever takes them. */
export interface Reader<T> {
  /** The next item; undefined at the end. Throws what the stream threw. */
  next(): Promise<T | undefined>;
  /** Gives up: nothing more is asked for. */
  cancel(): void;
}

/** Begins to read at once, and keeps at most `most` items ready. */
export function readAhead<T>(stream: AsyncIterable<T>, most: number): Reader<T> {
  const iterator = stream[Symbol.asyncIterator]();
  const ready: Promise<IteratorResult<T>>[] = [];
  let ended = false;
  const fetchNext = (): void => {
    if (ended) return;
    const before = ready.at(-1) ?? Promise.resolve();
    // One after the other: most streams cannot be asked twice at once.
    const item = before.then(() => (ended ? { done: true as const, value: undefined } : iterator.next()));
    item.then(
      ({ done }) => {
        if (done) ended = true;
      },
      () => {
        ended = true;
      },
    );
    ready.push(item);
  };
  for (let count = 0; count < most; count += 1) fetchNext();
  return {
    async next() {
      const item = ready.shift();
      if (!item) return undefined;
      const { done, value } = await item;
      if (done) return undefined;
      fetchNext();
      return value;
    },
    cancel() {
      ended = true;
      void Promise.resolve(iterator.return?.()).catch(() => undefined);
    },
  };
}

/** Opens readers for items in order, so many at once; gives each when its turn comes. */
export async function* inOrder<Item, Opened extends { cancel(): void }>(
  items: readonly Item[],
  atOnce: number,
  open: (item: Item) => Opened,
): AsyncGenerator<{ readonly item: Item; readonly reader: Opened }> {
  const opened: { item: Item; reader: Opened }[] = [];
  let next = 0;
  try {
    for (;;) {
      while (opened.length < atOnce && next < items.length) {
        const item = items[next++] as Item;
        opened.push({ item, reader: open(item) });
      }
      const first = opened[0];
      if (!first) return;
      yield first;
      opened.shift();
    }
  } finally {
    for (const { reader } of opened) reader.cancel();
  }
}
