import type { Damage } from '../lake/run/look-at-state.ts';
import type { Finding } from '../lake/snapshot/finding.ts';

/** What the run found damaged in the state folder: operators are told, for the disk may be dying. */
export const damageFindings = (damages: readonly Damage[]): Finding[] =>
  damages.map(({ key, message, remedy, lost }) => ({
    check: 'damaged_state',
    means: {
      en: 'something that Vigie keeps was damaged',
      fr: 'un élément conservé par Vigie était endommagé',
    },
    severity: 'error',
    table: lost ?? null,
    source: null,
    message,
    lastDate: null,
    sample: key,
    hint: `${remedy} Look at the disk: a full or dying one, or a copy that was cut, leaves such files (docs/operations/damaged-state.md).`,
  }));
