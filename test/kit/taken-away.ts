import { gunzipSync } from 'node:zlib';
import type { Bucket } from '../../functions/platform/bucket.ts';
import type { CrmKind } from '../../sandbox/companies/saas/crm-kinds.ts';

/** What a CRM still knows of a lead that was deleted in it: Dynamics keeps nothing, so it is missing from the list of people. */
export const DELETED: Readonly<Record<CrmKind, string>> = {
  hubspot: 'deleted',
  salesforce: 'deleted',
  'dynamics-sales': 'lost',
};
/** What of a lead is of a person. */
export const PERSONAL = [
  ...['contact_role', 'contact_seniority', 'engagement_count', 'yearly_potential', 'buys_within_days'],
  ...['has_budget', 'has_authority', 'has_need', 'has_timing'],
];

/** Whether what is kept of a source’s answers has a text. */
export async function archiveNames(bucket: Bucket, source: string, text: string): Promise<boolean> {
  for await (const { key } of bucket.list(`raw/source=${source}/`)) {
    const bytes = await bucket.read(key);
    const read = key.endsWith('.gz') ? gunzipSync(bytes) : Buffer.from(bytes);
    if (read.toString('utf8').includes(text)) return true;
  }
  return false;
}
