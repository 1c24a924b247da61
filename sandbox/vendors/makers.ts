import { readdirSync } from 'node:fs';
import type { MakeVendor } from './vendor.ts';

/** The kinds of the simulated vendors: one folder each, with a `vendor.ts` that exports `makeVendor`. */
export const vendorKinds = (): string[] =>
  readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();

/** Loads the makers of some kinds, in that order. */
export const vendorMakers = (kinds: readonly string[]): Promise<MakeVendor[]> =>
  Promise.all(
    kinds.map(async (kind) => {
      const module = (await import(`./${kind}/vendor.ts`)) as { readonly makeVendor: MakeVendor };
      return module.makeVendor;
    }),
  );
