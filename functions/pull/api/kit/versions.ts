import { z } from 'zod';

/** The versions of a vendor's API, one of which is asked for. */
export interface Versions {
  readonly default: string;
  readonly form: RegExp;
  /** In the mistake: `is written like v26`. */
  readonly example: string;
  readonly describe: string;
  /** Days on which the vendor ends a version, as far as announced. */
  readonly ends: Readonly<Record<string, string>>;
  /** Where nothing is announced but versions end all the same. */
  endOf?(version: string): string;
}

const sunsetKey = z.iso
  .date()
  .optional()
  .describe('Day on which the version ends, where Vigie does not know it or knows another.');

/** The keys `version` and `version_sunset`. Spread them into the settings. */
export const versionKeys = ({ form, example, describe, ...versions }: Versions) => ({
  version: z.string().regex(form, `is written like ${example}`).default(versions.default).describe(describe),
  version_sunset: sunsetKey,
});

/** `version_sunset` of a vendor with one version. */
export const sunsetKeys = { version_sunset: sunsetKey };

/** Version and the day it ends, for `SourceDefinition.api`: what the company says, else what is announced. */
export const apiVersion = (
  { ends, endOf }: Versions,
  { version, version_sunset }: { readonly version: string; readonly version_sunset?: string | undefined },
): { readonly version: string; readonly sunset: string | null } => ({
  version,
  sunset: version_sunset ?? ends[version] ?? endOf?.(version) ?? null,
});
