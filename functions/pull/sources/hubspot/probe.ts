import type { ProbeResult } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { accountOf, searchPages } from './client.ts';
import { askEmails } from './email-pages.ts';
import {
  companyWanted,
  missingOf,
  offersOf,
  type PropertyObject,
  propertiesOf,
  wantedOf,
} from './properties.ts';
import type { Settings } from './settings.ts';

/** The account and its currency; whether the properties are there that are asked for; and which might be meant for what is not set. */
export async function probe(vendor: Vendor, chosen: Settings): Promise<ProbeResult> {
  const account = await accountOf(vendor, chosen);
  const offers: string[] = [];
  for (const object of objectsOf(chosen)) {
    const there = await propertiesOf(vendor, chosen, object);
    const missing = missingOf(there, wantedOf(object, chosen));
    if (missing.length > 0) return gone(object, missing);
    offers.push(...offersOf(object, there, chosen));
  }
  if (chosen.read.includes('activity')) await probeActivity(vendor, chosen);
  // A scope of its own: without it, this ends in an error that says so.
  if (chosen.read.includes('marketing_emails')) await askEmails(vendor, chosen, { limit: 1 });
  const finding = [`account ${account.id}, company currency ${account.currency}`, ...offers].join('; ');
  if (chosen.currency === undefined || chosen.currency === account.currency) return { status: 'ok', finding };
  return {
    status: 'warning',
    finding: `${finding}; vigie.yaml says ${chosen.currency}`,
    remedy: `Set \`currency: ${account.currency}\`: deals that name no currency are in the account’s.`,
  };
}

function objectsOf(chosen: Settings): PropertyObject[] {
  const { read } = chosen;
  const objects: PropertyObject[] = [];
  if (read.includes('contacts')) objects.push('contacts');
  if (read.includes('deals')) objects.push('deals');
  if (objects.length > 0 && companyWanted(chosen).properties.length > 0) objects.push('companies');
  return objects;
}

const gone = (object: PropertyObject, missing: readonly string[]): ProbeResult => ({
  status: 'failed',
  finding: `${object} have no property ${missing.join(', ')}`,
  remedy:
    'It was removed or renamed in HubSpot, or the token may not see it: put its internal name into vigie.yaml (Settings › Properties lists them).',
});

/** Each kind of activity has a scope of its own: what the token may not see ends in an error that says so. */
async function probeActivity(vendor: Vendor, chosen: Settings): Promise<void> {
  for (const object of chosen.activity) for await (const _ of searchPages(vendor, chosen, object, [])) break;
}
