import { z } from 'zod';
import { areDistinct, baseUrl, secretReference } from '../../api/settings-fields.ts';

const ref = z
  .string()
  .regex(
    /^[\w-]{1,255}$/,
    'is the reference of a question (letters, digits, - and _): `vigie doctor` lists those of the form',
  );

const name = z.string().regex(/^\w+$/, 'is a name of letters, digits and _');

/** Where a form holds what is no answer: a field hidden in its address, or a variable of its logic. */
const place = z
  .strictObject({
    hidden: name.optional().describe('A hidden field.'),
    variable: name.optional().describe('A variable.'),
  })
  .refine(
    ({ hidden, variable }) => (hidden === undefined) !== (variable === undefined),
    'names either `hidden` or `variable`',
  );
export type Place = z.output<typeof place>;

const satisfaction = z
  .strictObject({
    field: ref.describe('The question.'),
    best_score: z.number().positive().describe('The best answer there is: 5 of five stars.'),
    satisfied_from: z
      .number()
      .positive()
      .optional()
      .describe('From which answer somebody counts as satisfied. Default: four fifths of the best.'),
  })
  .refine(
    ({ best_score, satisfied_from = best_score }) => satisfied_from <= best_score,
    'has a `satisfied_from` above the `best_score`: nobody could be satisfied',
  );

const form = z
  .strictObject({
    id: z.string().regex(/^\w+$/, 'is what follows /to/ in the address of the form, such as u6nXL7'),
    recommendation: ref
      .optional()
      .describe('The question how likely one is to recommend the company, from 0 to 10.'),
    satisfaction: satisfaction.optional().describe('The question how satisfied one is.'),
    region: place.optional().describe('Where the sales region stands.'),
    customer_id: place.optional().describe('Where the customer’s number stands, as `customers` has it.'),
  })
  .refine(
    ({ recommendation, satisfaction: asked }) => recommendation !== undefined || asked !== undefined,
    'asks for nothing: name the question under `recommendation` or `satisfaction`; `vigie doctor` lists the questions',
  )
  .refine(
    ({ recommendation, satisfaction: asked }) => recommendation !== asked?.field,
    'takes one question for both: a recommendation is no satisfaction',
  );
export type Form = z.output<typeof form>;

/** The keys of a source of kind `typeform` in vigie.yaml. */
export const settings = z.strictObject({
  base_url: baseUrl()
    .default('https://api.typeform.com')
    .describe(
      'Address of the API: `https://api.eu.typeform.com` where the account’s data are kept in the EU.',
    ),
  secret: secretReference()
    .default('${secret:typeform}')
    .describe('`{"token": …}`: a personal token that reads forms and responses.'),
  forms: z
    .array(form)
    .min(1)
    .refine((forms) => areDistinct(forms.map(({ id }) => id)), 'names a form twice')
    .describe('The forms, with the questions that count in each.'),
  page_size: z.int().min(1).max(1000).default(1000).describe('Answers a page; Typeform gives 1,000 at most.'),
  overlap_minutes: z
    .int()
    .min(30)
    .max(1440)
    .default(120)
    .describe('Typeform’s list lags: what was sent in so long before the last reading is read again.'),
});
export type Settings = z.output<typeof settings>;

/** The form of a slice. */
export function formOf({ forms }: Settings, id: string): Form {
  const found = forms.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no form ${id} in the settings`);
  return found;
}

/** The questions of a form that count. */
export const questionsOf = ({ recommendation, satisfaction: asked }: Form): string[] =>
  [recommendation, asked?.field].filter((each) => each !== undefined);
