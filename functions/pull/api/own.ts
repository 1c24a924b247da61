/** What a table of words says of a text that a vendor sent; undefined for one it does not have, `constructor` included. */
export const own = <Value>(words: Readonly<Record<string, Value>>, text: string): Value | undefined =>
  Object.hasOwn(words, text) ? words[text] : undefined;
