import { joinedPage, readEnvelope, recordsIn } from '../../api/kit/envelope.ts';
import { objectOf, objectsOf } from '../../api/kit/errors.ts';
import { pagesByNext } from '../../api/kit/paging.ts';
import { idThere } from '../../api/kit/there.ts';
import { shapeError } from '../../api/record-reader.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import { type AskedForm, askedForm, assertThere, TITLE } from './form.ts';
import { type Form, formOf, questionsOf, type Settings } from './settings.ts';

type Json = Readonly<Record<string, unknown>>;

export const records = (page: RawPage): readonly unknown[] => recordsIn(TITLE, page.json(), 'items');

/**
 * The answers to a form that were sent in since the last reading, newest first; `before` goes on behind the last one, whatever
 * is sent in meanwhile. `since` is that of `submitted_at` only where `response_type=completed` is asked for.
 * https://www.typeform.com/developers/responses/reference/retrieve-responses/
 */
export async function* responsePages(
  vendor: Vendor,
  chosen: Settings,
  { partition, since, startsOn }: Slice,
): AsyncGenerator<RawPage> {
  const form = formOf(chosen, partition);
  const there = await askedForm(vendor, form);
  assertThere(form, there);
  const from = seconds(since ?? `${startsOn}T00:00:00Z`);
  const query = { page_size: chosen.page_size, response_type: 'completed', since: from };
  const answers = pagesByNext({
    what: `${TITLE} form ${form.id}`,
    ask: (before) =>
      vendor.ask({ url: `/forms/${form.id}/responses`, query: { ...query, before: before ?? undefined } }),
    next: (answer) => lastOf(answer, chosen.page_size),
  });
  for await (const answer of answers) yield keptPage(answer, form, there);
}

/** UTC, to the second, without a zone: as the documentation writes it. */
const seconds = (at: string): string => new Date(at).toISOString().slice(0, 19);

/** The token of the last answer on a full page; a page that is not full is the last one. */
function lastOf(answer: VendorAnswer, size: number): string | null {
  const items = recordsIn(TITLE, answer.json(), 'items');
  if (items.length < size) return null;
  const token = objectOf(items.at(-1))?.['token'];
  if (typeof token !== 'string' || token === '') throw shapeError(TITLE, 'items.token', token);
  return token;
}

/**
 * A page with nothing on it but what is mapped. An answer holds texts, addresses, telephone numbers, the browser and what
 * else was hidden in the address: none of it is stored.
 */
function keptPage(answer: VendorAnswer, form: Form, there: AskedForm): RawPage {
  const total = readEnvelope(TITLE, answer, (body) => body.integer('total_items'));
  const items = recordsIn(TITLE, answer.json(), 'items').map((item) => {
    checkParts(item, there);
    return kept(item, form);
  });
  return joinedPage(answer.request, { total_items: total, items });
}

/** What an answer may have. https://www.typeform.com/developers/responses/reference/retrieve-responses/ */
const PARTS = [
  ...['landing_id', 'token', 'response_id', 'response_type', 'landed_at', 'submitted_at', 'metadata', 'tags'],
  ...['hidden', 'calculated', 'answers', 'variables', 'outcome', 'thankyou_screen_ref', 'ending'],
];

/**
 * Typeform leaves out `answers`, `hidden` and `variables` where there are none. Where one is missing and another part, which is not known, is there,
 * it was probably renamed. Throws `VENDOR_SHAPE`.
 */
function checkParts(item: unknown, { hidden, variables }: AskedForm): void {
  const found = objectOf(item);
  if (found === undefined) return;
  const wanted = [
    'answers',
    ...(hidden.length > 0 ? ['hidden'] : []),
    ...(variables.length > 0 ? ['variables'] : []),
  ];
  const missing = wanted.find((name) => found[name] === undefined);
  const stranger = Object.keys(found).find((name) => !PARTS.includes(name));
  if (missing !== undefined && stranger !== undefined) throw shapeError(TITLE, `items.${missing}`, stranger);
  // Values are texts, whatever the names: those of hidden fields that the form had once come as well.
  const odd = Object.values(objectOf(found['hidden']) ?? {}).find((value) => typeof value !== 'string');
  if (odd !== undefined) throw shapeError(TITLE, 'items.hidden', odd);
  for (const variable of objectsOf(found['variables'])) idThere(TITLE, variable, 'key', /./);
  if (!Array.isArray(found['variables'] ?? []))
    throw shapeError(TITLE, 'items.variables', typeof found['variables']);
}

const PLAIN = ['token', 'submitted_at', 'response_type'];

/** What is not of the known form stays as it is, without its content: the mapping rejects it. */
export function kept(item: unknown, form: Form): unknown {
  const found = objectOf(item);
  if (found === undefined) return null;
  const wanted = questionsOf(form);
  const places = [form.region, form.customer_id];
  const hidden = places.flatMap((place) => place?.hidden ?? []);
  const variables = places.flatMap((place) => place?.variable ?? []);
  return {
    ...only(found, PLAIN),
    answers: keptAnswers(found['answers'], wanted),
    ...(hidden.length === 0 ? {} : { hidden: only(objectOf(found['hidden']) ?? {}, hidden) }),
    ...(variables.length === 0
      ? {}
      : {
          variables: objectsOf(found['variables'])
            .filter(({ key }) => variables.includes(String(key)))
            .map((variable) => only(variable, ['key', 'type', 'text', 'number'])),
        }),
  };
}

/** Answers to the questions that count. One that does not say to which it is stays, empty, to be rejected: else a new form of the answer would look like no answers. */
function keptAnswers(answers: unknown, wanted: readonly string[]): unknown {
  if (answers === undefined || answers === null) return [];
  if (!Array.isArray(answers)) return typeof answers;
  return answers.map(objectOf).flatMap((answer) => {
    const asked = objectOf(answer?.['field']);
    const ref = asked?.['ref'];
    if (answer === undefined || asked === undefined || typeof ref !== 'string') return [{}];
    if (!wanted.includes(ref)) return [];
    return [{ field: only(asked, ['ref', 'type']), ...only(answer, ['type', 'number']) }];
  });
}

const only = (found: Json, names: readonly string[]): Json =>
  Object.fromEntries(names.flatMap((name) => (Object.hasOwn(found, name) ? [[name, found[name]]] : [])));
