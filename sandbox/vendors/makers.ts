import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { MakeVendor } from './vendor.ts';

/** Set where the command was built (build/build.js): a built file has no folders beside it. */
declare const VIGIE_VENDOR_KINDS: readonly string[] | undefined;

/** The kinds of the wholesaler's vendors: one folder each, with a `vendor.ts` that exports `makeVendor`. */
export const vendorKinds = (): readonly string[] =>
  typeof VIGIE_VENDOR_KINDS === 'undefined' ? foldersWithVendor() : VIGIE_VENDOR_KINDS;

const foldersWithVendor = (): string[] =>
  readdirSync(import.meta.dirname)
    .filter((name) => existsSync(join(import.meta.dirname, name, 'vendor.ts')))
    .toSorted();

/** Loads the makers of some kinds, in that order. */
export const vendorMakers = (kinds: readonly string[]): Promise<MakeVendor[]> =>
  Promise.all(
    kinds.map(async (kind) => {
      const module = (await import(`./${kind}/vendor.ts`)) as { readonly makeVendor: MakeVendor };
      return module.makeVendor;
    }),
  );
