import { VigieError } from '../../../platform/errors.ts';
import { recordsIn } from '../../api/kit/envelope.ts';
import { objectOf, objectsOf, textOf } from '../../api/kit/errors.ts';
import type { Vendor } from '../../api/vendor.ts';
import { type Form, questionsOf } from './settings.ts';

export const TITLE = 'Typeform';

/** A question of a form that can be answered with a number. */
export interface Question {
  readonly ref: string;
  readonly type: string;
  readonly title: string;
  /** The lowest and the best answer; null where the form sets none. */
  readonly from: number | null;
  readonly best: number | null;
}

/** What a form asks for by numbers, and what else it holds. */
export interface AskedForm {
  readonly questions: readonly Question[];
  readonly hidden: readonly string[];
  readonly variables: readonly string[];
}

/** https://www.typeform.com/developers/create/reference/retrieve-form/ */
export async function askedForm(vendor: Vendor, { id }: Form): Promise<AskedForm> {
  const body: unknown = (await vendor.ask({ url: `/forms/${id}` })).json();
  const { hidden, variables } = objectOf(body) ?? {};
  return {
    questions: questionsIn(recordsIn(TITLE, body, 'fields')),
    hidden: Array.isArray(hidden) ? hidden.map(textOf) : [],
    variables: Object.keys(objectOf(variables) ?? {}),
  };
}

/** Types whose answers are numbers. */
const NUMERIC = ['nps', 'opinion_scale', 'rating', 'number'];

/** Questions stand in groups, too. */
function questionsIn(fields: unknown): Question[] {
  return objectsOf(fields).flatMap((field) => {
    const type = textOf(field['type']);
    const properties = objectOf(field['properties']) ?? {};
    if (!NUMERIC.includes(type)) return questionsIn(properties['fields']);
    return [{ ref: textOf(field['ref']), type, title: textOf(field['title']), ...scaleOf(type, properties) }];
  });
}

/** Stars begin with one; a scale with nought, unless `start_at_one` says otherwise: eleven steps end with ten. */
function scaleOf(type: string, properties: Readonly<Record<string, unknown>>) {
  if (type === 'nps') return { from: 0, best: 10 };
  const steps = properties['steps'];
  if (type === 'number' || typeof steps !== 'number') return { from: null, best: null };
  const from = type === 'rating' || properties['start_at_one'] === true ? 1 : 0;
  return { from, best: from + steps - 1 };
}

/** A question for people: `b1f3 (opinion_scale 0 to 10, “How likely …”)`. */
export function shown({ ref, type, title, from, best }: Question): string {
  const scale = best === null ? '' : ` ${from} to ${best}`;
  const short = title.length > LONGEST ? `${title.slice(0, LONGEST)}…` : title;
  return `${ref} (${type}${scale}, “${short}”)`;
}

const LONGEST = 60;

/** What the settings name and the form lacks; empty: all is there. */
export function missingIn(form: Form, there: AskedForm): string[] {
  const refs = there.questions.map(({ ref }) => ref);
  const gone = questionsOf(form).filter((each) => !refs.includes(each));
  const places = [form.region, form.customer_id].filter((each) => each !== undefined);
  return [
    ...gone.map((each) => `question ${each}`),
    ...places.flatMap(({ hidden, variable }) => [
      ...(hidden === undefined || there.hidden.includes(hidden) ? [] : [`hidden field ${hidden}`]),
      ...(variable === undefined || there.variables.includes(variable) ? [] : [`variable ${variable}`]),
    ]),
  ];
}

/** What there is to choose from. */
export function offersOf({ questions, hidden, variables }: AskedForm): string {
  const lists = [
    `questions: ${questions.map(shown).join(', ') || 'none that is answered with a number'}`,
    `hidden fields: ${hidden.join(', ') || 'none'}`,
    `variables: ${variables.join(', ') || 'none'}`,
  ];
  return lists.join('; ');
}

/** Throws where a form lacks what the settings name: its answers would all be left out, and nobody would know. */
export function assertThere(form: Form, there: AskedForm): void {
  const missing = missingIn(form, there);
  if (missing.length === 0) return;
  throw new VigieError(`${TITLE}: form ${form.id} has no ${missing.join(', no ')}`, {
    code: 'VENDOR_FIELD_GONE',
    where: { field: `forms.${form.id}`, sample: missing.join(', ') },
    hint: `Put into vigie.yaml what the form has now. ${offersOf(there)}.`,
  });
}
