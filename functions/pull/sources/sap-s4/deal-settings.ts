import { z } from 'zod';
import { wordsKey } from '../../api/odata/settings.ts';
import { property } from './property.ts';

/** What the ends and beginnings of quotations and contracts are called; each has a word of its own in the logon language. */
const dealNames = ['quotation', 'contract', 'won', 'lost', 'expired'] as const;
export type DealName = (typeof dealNames)[number];

const stage = z.strictObject({
  name: z.string().min(1),
  step: z.int().min(0).optional(),
  probability: z.number().min(0).max(1).optional(),
});

/** How quotations and sales contracts become deals. Property null: the field stays empty. */
export const dealSettings = z
  .strictObject({
    look_back_days: z
      .int()
      .min(0)
      .max(3660)
      .default(180)
      .describe(
        'Quotations and contracts entered up to so many days before the last reading are read again: an order that refers to one leaves its change date as it is.',
      ),
    skip_types: z
      .array(z.string().min(1))
      .default([])
      .describe('Document types that are no deals: tests, templates, master contracts.'),
    stage: property
      .nullable()
      .default(null)
      .describe('Property that says how far an open one is: HdrOrderProbabilityInPercent, ZZ1_Stage_SDH.'),
    stages: z
      .record(z.string(), stage)
      .default({})
      .describe('What the values of `stage` are called, their order and probability (0 to 1).'),
    names: z
      .partialRecord(z.enum(dealNames), z.string().min(1))
      .default({})
      .describe('What people call quotations, contracts, and their ends.'),
    expires: z
      .boolean()
      .default(true)
      .describe('A quotation whose validity ended without an order is lost on the day after.'),
    contracts_are_won: z
      .enum(['document', 'signature'])
      .default('document')
      .describe('`document`: a contract is won on its date; `signature`: once its signing date is reached.'),
    rejection_reasons: wordsKey('Words for reasons for rejection: `"02": Too expensive`.'),
    not_lost: z
      .array(z.string().min(1))
      .default([])
      .describe('Reasons for rejection that say “replaced” or “mistake”: such documents count nowhere.'),
    document_flow: z
      .boolean()
      .default(true)
      .describe(
        'Asks which orders followed a quotation. Off for releases without `to_SubsequentProcFlowDoc`.',
      ),
    expected_on: property
      .nullable()
      .default('BindingPeriodValidityEndDate')
      .describe('Of quotations: day on which it should be ordered.'),
    region: property.nullable().default('SalesOffice').describe('In the words of `regions`.'),
    owner: property.nullable().default('SalesGroup'),
    channel: property.nullable().default(null).describe('Marketing channel that brought it.'),
    industry: property.nullable().default(null),
    competitor: property.nullable().default(null).describe('A custom field that names the competitor.'),
    lead_id: property.nullable().default(null).describe('A custom field with the number of the lead.'),
  })
  .prefault({});
export type DealSettings = z.infer<typeof dealSettings>;

const WORDS: Readonly<Record<string, Readonly<Record<DealName, string>>>> = {
  EN: {
    quotation: 'Quotation',
    contract: 'Contract',
    won: 'Ordered',
    lost: 'Rejected',
    expired: 'Validity ended',
  },
  FR: {
    quotation: 'Offre',
    contract: 'Contrat',
    won: 'Commandée',
    lost: 'Refusée',
    expired: 'Validité échue',
  },
  DE: {
    quotation: 'Angebot',
    contract: 'Kontrakt',
    won: 'Beauftragt',
    lost: 'Abgesagt',
    expired: 'Abgelaufen',
  },
};

/** The company's word, else that of the logon language, else English. */
export const dealWord = (
  { deals, language }: { readonly deals: DealSettings; readonly language: string },
  name: DealName,
): string => deals.names[name] ?? (WORDS[language] ?? WORDS['EN'])?.[name] ?? name;
