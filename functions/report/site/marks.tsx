/** @jsxRuntime automatic @jsxImportSource react */

import type { KpiDay } from '../model/day.ts';
import type { Edition } from './edition.ts';

/** Rule and member of every alert of the KPI that is open today. */
export const isAlerting = (sheet: KpiDay): boolean => sheet.spans.some((span) => span.open);

/** What limits trust in a KPI, and whether it needs somebody: in words, never by colour alone. */
export function Marks({ edition, sheet }: { edition: Edition; sheet: KpiDay }) {
  const { words } = edition;
  return (
    <>
      {isAlerting(sheet) && <span className="mark alert">{words.alertOpen}</span>}
      {sheet.quality !== 'ok' && <span className="mark quality">{words[sheet.quality]}</span>}
    </>
  );
}
