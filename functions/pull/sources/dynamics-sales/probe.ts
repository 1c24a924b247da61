import { readEnvelope, recordsIn } from '../../api/kit/envelope.ts';
import { objectOf, textOf } from '../../api/kit/errors.ts';
import type { ProbeResult } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import {
  COMPETITOR,
  CONTRIBUTION,
  type CrmField,
  LOST_REASON,
  offersFor,
  scoreUses,
  type Use,
  usesUnset,
} from '../crm/offers.ts';
import { type Json, pathOf, TITLE } from './client.ts';
import { leadSelect, opportunitySelect } from './pages.ts';
import type { Settings } from './settings.ts';

const TABLES = ['lead', 'opportunity'] as const;
type Table = (typeof TABLES)[number];

/** What a setting may be meant for, by how companies call such columns, in English and French. The company's own have a prefix, Microsoft's have not. */
const USES: Readonly<Record<Table, readonly Use[]>> = {
  opportunity: [
    { key: 'opportunity.competitor', looks: COMPETITOR },
    { key: 'opportunity.contribution', looks: CONTRIBUTION },
    { key: 'opportunity.lost_reason', looks: LOST_REASON },
    { key: 'opportunity.channel', looks: /channel|canal/i },
  ].map(ofItsOwn),
  lead: [
    { key: 'lead.lost_reason', looks: LOST_REASON },
    { key: 'lead.mql_on', looks: /mql|marketing.?qualif/i },
    { key: 'lead.sql_on', looks: /sql|sales.?qualif/i },
    ...scoreUses('lead'),
  ].map(ofItsOwn),
};
/** Columns that are read where nobody has chosen: Dataverse has no other reason of its own. */
const USUAL = ['statuscode'];

function ofItsOwn(use: Use): Use {
  return { ...use, ownOnly: true };
}

/** Who is let in, whether the columns are there that are asked for, and which might be meant for what is not set. */
export async function probe(vendor: Vendor, chosen: Settings): Promise<ProbeResult> {
  const who = await vendor.ask({ url: pathOf(chosen, 'WhoAmI') });
  const user = readEnvelope(TITLE, who, (body) => body.text('UserId'));
  const lines: string[] = [];
  for (const table of tablesRead(chosen)) {
    const there = await columnsOf(vendor, chosen, table);
    const missing = missingOf(wantedOf(table, chosen), there);
    if (missing.length > 0) return gone(table, missing);
    lines.push(...offersOf(table, there, chosen));
  }
  return { status: 'ok', finding: [`user ${user}`, ...lines].join('; ') };
}

/** Which columns might be meant for settings that name none. */
export async function offers(vendor: Vendor, chosen: Settings): Promise<readonly string[]> {
  const found: string[] = [];
  for (const table of tablesRead(chosen))
    found.push(...offersOf(table, await columnsOf(vendor, chosen, table), chosen));
  return found;
}

const tablesRead = ({ read }: Settings): Table[] =>
  TABLES.filter((table) => read.includes(table === 'lead' ? 'leads' : 'opportunities'));

const wantedOf = (table: Table, chosen: Settings): readonly string[] =>
  table === 'lead' ? leadSelect(chosen) : opportunitySelect(chosen);

const offersOf = (table: Table, there: readonly CrmField[], chosen: Settings): string[] =>
  offersFor(usesUnset(USES[table], chosen, USUAL), there, new Set(wantedOf(table, chosen)));

async function columnsOf(vendor: Vendor, chosen: Settings, table: string): Promise<CrmField[]> {
  const url = pathOf(chosen, `EntityDefinitions(LogicalName='${table}')/Attributes`);
  const answer = await vendor.ask({ url, query: { $select: 'LogicalName,DisplayName' } });
  return (recordsIn(TITLE, answer.json(), 'value') as Json[]).map((each) => {
    const name = textOf(each['LogicalName']);
    const label = textOf(objectOf(objectOf(each['DisplayName'])?.['UserLocalizedLabel'])?.['Label']);
    return { name, label, own: name.includes('_') };
  });
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
