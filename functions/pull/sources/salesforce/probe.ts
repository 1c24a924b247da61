import { readEnvelope } from '../../api/kit/envelope.ts';
import type { ProbeResult } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { missingFields } from '../crm/offers.ts';
import { dataPath, fieldsOf } from './client.ts';
import { type CrmObject, fieldsWanted, offersOf } from './fields.ts';
import type { Settings } from './settings.ts';

/** Whether the fields are there that are asked for, which might be meant for what is not set, and whether the history of leads is kept. */
export async function probe(vendor: Vendor, chosen: Settings): Promise<ProbeResult> {
  const lines: string[] = [];
  for (const object of objectsOf(chosen)) {
    const there = await fieldsOf(vendor, chosen, object);
    const missing = missingFields(fieldsWanted(object, chosen), there);
    if (missing.length > 0)
      return {
        status: 'failed',
        finding: `${object} has no field ${missing.join(', ')}`,
        remedy:
          'It was removed or renamed, or the run-as user may not see it (Field-Level Security): put its API name into vigie.yaml, or give it to the user.',
      };
    lines.push(`${object}: ${there.length} fields`, ...offersOf(object, there, chosen));
  }
  const finding = lines.length > 0 ? lines.join('; ') : 'Salesforce answers';
  if (!chosen.read.includes('leads') || chosen.lead_history === 'none') return { status: 'ok', finding };
  if ((await trackedChanges(vendor, chosen)) > 0) return { status: 'ok', finding };
  return {
    status: 'warning',
    finding: `${finding}; no change of Lead Status is in its history`,
    remedy:
      'Switch it on (Setup › Object Manager › Lead › Fields › Set History Tracking › Lead Status), or set `lead_history: none`.',
  };
}

function objectsOf({ read, account }: Settings): CrmObject[] {
  const hasAccount = Object.values(account).some((name) => typeof name === 'string');
  return [
    ...(read.includes('leads') ? (['Lead'] as const) : []),
    ...(read.includes('opportunities') ? (['Opportunity'] as const) : []),
    ...(read.includes('opportunities') && hasAccount ? (['Account'] as const) : []),
  ];
}

async function trackedChanges(vendor: Vendor, chosen: Settings): Promise<number> {
  const q = "SELECT count() FROM LeadHistory WHERE Field = 'Status'";
  const answer = await vendor.ask({ url: `${dataPath(chosen)}/query`, query: { q } });
  return readEnvelope('Salesforce', answer, (body) => body.integer('totalSize'));
}
