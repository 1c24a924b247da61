/**
 * The languages there are, by tag, in the order in which one stands in for another. The first is for whoever names none.
 * Apart from their words: steps that say nothing to people carry none.
 */
export const languageTags: readonly [string, ...string[]] = ['en', 'fr'];

export const defaultTag = languageTags[0];
