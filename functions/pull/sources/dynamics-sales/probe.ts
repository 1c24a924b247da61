import { readEnvelope, recordsIn } from '../../api/kit/envelope.ts';
import { objectOf, textOf } from '../../api/kit/errors.ts';
import type { ProbeResult } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { COMPETITOR, CONTRIBUTION, type CrmField, LOST_REASON } from '../crm/offers.ts';
import { type Json, pathOf, TITLE } from './client.ts';
import { leadSelect, opportunitySelect } from './pages.ts';
import type { Settings } from './settings.ts';

/** What a setting may be meant for, by how companies call such columns, in English and French. */
const USES = {
  opportunity: {
    competitor: COMPETITOR,
    contribution: CONTRIBUTION,
    lost_reason: LOST_REASON,
    channel: /channel|canal/i,
  },
  lead: {
    mql_on: /mql|marketing.?qualif/i,
    contact_role: /role|fonction/i,
    engagement_count: /engagement|score/i,
  },
} as const;

/** Who is let in, whether the columns are there that are asked for, and which might be meant for what is not set. */
export async function probe(vendor: Vendor, chosen: Settings): Promise<ProbeResult> {
  const who = await vendor.ask({ url: pathOf(chosen, 'WhoAmI') });
  const user = readEnvelope(TITLE, who, (body) => body.text('UserId'));
  const offers: string[] = [];
  for (const table of ['lead', 'opportunity'] as const) {
    if (!chosen.read.includes(table === 'lead' ? 'leads' : 'opportunities')) continue;
    const there = await columnsOf(vendor, chosen, table);
    const missing = missingOf(table === 'lead' ? leadSelect(chosen) : opportunitySelect(chosen), there);
    if (missing.length > 0) return gone(table, missing);
    offers.push(...offersFor(table, there, chosen));
  }
  return { status: 'ok', finding: [`user ${user}`, ...offers].join('; ') };
}

async function columnsOf(vendor: Vendor, chosen: Settings, table: string): Promise<CrmField[]> {
  const url = pathOf(chosen, `EntityDefinitions(LogicalName='${table}')/Attributes`);
  const answer = await vendor.ask({ url, query: { $select: 'LogicalName,DisplayName' } });
  return (recordsIn(TITLE, answer.json(), 'value') as Json[]).map((each) => ({
    name: textOf(each['LogicalName']),
    label: textOf(objectOf(objectOf(each['DisplayName'])?.['UserLocalizedLabel'])?.['Label']),
  }));
}

/** A lookup is asked for by its value: `_campaignid_value` is the column `campaignid`. */
const logical = (name: string): string => /^_(\w+)_value$/.exec(name)?.[1] ?? name;

function missingOf(wanted: readonly string[], there: readonly CrmField[]): string[] {
  const names = new Set(there.map(({ name }) => name));
  return wanted.map(logical).filter((name) => !names.has(name));
}

const gone = (table: string, missing: readonly string[]): ProbeResult => ({
  status: 'failed',
  finding: `${table} has no column ${missing.join(', ')}`,
  remedy: `It was removed or renamed in Dataverse: put its logical name under \`${table}\` in vigie.yaml (make.powerapps.com › Tables › Columns lists them), or null where there is none any more.`,
});

function offersFor(table: keyof typeof USES, there: readonly CrmField[], chosen: Settings): string[] {
  const set: Readonly<Record<string, string | null | undefined>> = chosen[table];
  return Object.entries(USES[table]).flatMap(([key, looks]) => {
    // The company's own columns have a prefix, which Microsoft's have not.
    const fit = there.filter(({ name, label }) => /_/.test(name) && (looks.test(name) || looks.test(label)));
    if (fit.length === 0 || fit.some(({ name }) => name === set[key])) return [];
    const shown = fit.slice(0, 3).map(({ name, label }) => `${name} (${label})`);
    return [`${table}.${key} might be ${shown.join(', ')}`];
  });
}
