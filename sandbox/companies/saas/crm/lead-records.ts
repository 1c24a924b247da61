import type { TimedRecord } from '../../../vendor-kit/timed-record.ts';
import type { Company } from '../business/company.ts';
import type { Lead } from '../business/lead.ts';
import { beforeItsEnd } from './course.ts';
import { mergersOf, recordOf, type Setting } from './record.ts';
import type { Numbering } from './renumbered.ts';

/** Leads of a CRM that locks one at its end: once it is a deal, or disqualified, it does not change any more. */
export function lockedLeads(
  company: Company,
  ids: Numbering,
  settingsOf: (lead: Lead) => readonly Setting[],
): TimedRecord[] {
  const { into } = mergersOf(company.leads, company.last);
  return company.leads.map((lead) => {
    const { id, createdAt, removal } = lead;
    const master = into.get(id);
    const about = { id: ids.lead(id), createdAt, removal, into: master && ids.lead(master) };
    const isInTime = beforeItsEnd(lead);
    return recordOf(company, about, () => settingsOf(lead).filter(([, at]) => isInTime(at)));
  });
}
