import { sha256 } from '../platform/hash.ts';

/**
 * The fingerprint of a mapping, of all that decides which rows come of the same input: when it changes, everything is
 * read again. Name first a version, to be raised where the reader would give other rows.
 */
export const mappingFingerprint = (facts: readonly [version: number, ...unknown[]]): string =>
  sha256(JSON.stringify(facts), 16);
