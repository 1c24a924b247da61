import { z } from 'zod';
import { areDistinct } from '../../api/settings-fields.ts';

/** Keys that the sources of all CRMs have in vigie.yaml. */

/** What a company adds to its leads, by the column of `leads`; `field`: how the CRM names fields. */
export const ownLeadFields = <Field extends z.ZodType<string>>(field: Field) => {
  const named = (what: string) => field.optional().describe(what);
  return {
    engagement_count: named('Times it answered marketing.'),
    yearly_potential: named('What it may buy in a year, in the reporting currency.'),
    buys_within_days: named('Days until it means to buy.'),
    has_budget: named('BANT: there is a budget.'),
    has_authority: named('BANT: the contact may decide.'),
    has_need: named('BANT: there is a need.'),
    has_timing: named('BANT: there is a date.'),
  };
};

/** Which of a CRM's entities are read. */
export const readEntities = <Name extends string>(
  names: readonly [Name, ...Name[]],
  usual: readonly NoInfer<Name>[],
  what: string,
) =>
  z
    .array(z.enum(names))
    .min(1)
    .refine(areDistinct, 'names one twice')
    .default([...usual])
    .describe(`What is read. ${what}`);

/** Currency of what names none. */
export const ownCurrency = (what: string) =>
  z
    .string()
    .regex(/^[A-Z]{3}$/, 'is not an ISO 4217 code such as EUR')
    .optional()
    .describe(`${what} Default: the reporting currency.`);

/** The fields that settings name. */
export const fieldsSet = (chosen: Readonly<Record<string, string | null | undefined>>): string[] => [
  ...new Set(Object.values(chosen).filter((name) => typeof name === 'string')),
];
