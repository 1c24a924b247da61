import type { CanonicalRow } from '../../../lake/landing/writer.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { dayIn, isoInstant } from '../../api/values.ts';
import { type Form, formOf, type Place, type Settings } from './settings.ts';

/** The year that Typeform writes for an answer that was never sent in. */
const NEVER = '0001-';

/** A row for each of the two questions that was answered. */
export function map(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const { settings, slice, timeZone } = context;
  const form = formOf(settings, slice.partition);
  const isNever = record.textOrNull('submitted_at')?.startsWith(NEVER) === true;
  if (isNever || record.text('response_type') !== COMPLETED) {
    out.skip('an answer that was not finished');
    return;
  }
  const at = record.as('submitted_at', isoInstant);
  const common = {
    ...{ answer_id: record.text('token'), answered_at: at, answered_on: dayIn(at, timeZone) },
    ...{ region: textAt(record, form.region), customer_id: textAt(record, form.customer_id) },
  };
  const rows = [recommended(record, form), satisfied(record, form)].filter((each) => each !== null);
  for (const row of rows) out.row('survey_answers', { ...common, ...row });
  if (rows.length === 0) out.skip('an answer to neither question');
}

const COMPLETED = 'completed';
const TEN = 10;

function recommended(record: RecordReader, { recommendation }: Form): CanonicalRow | null {
  const score = recommendation === undefined ? null : scoreOf(record, recommendation, TEN);
  return score === null ? null : { kind: 'recommendation', score };
}

function satisfied(record: RecordReader, { satisfaction }: Form): CanonicalRow | null {
  if (satisfaction === undefined) return null;
  const { field, best_score, satisfied_from } = satisfaction;
  const score = scoreOf(record, field, best_score);
  if (score === null) return null;
  const from = satisfied_from === undefined ? null : String(satisfied_from);
  return { kind: 'satisfaction', score, best_score: String(best_score), satisfied_from: from };
}

/** The number that a question was answered with; null where it was passed over. A scale that the settings know otherwise is no guess of ours. */
function scoreOf(record: RecordReader, ref: string, best: number): string | null {
  const found = record.records('answers').filter((answer) => answer.text('field.ref') === ref);
  const [answer] = found;
  if (answer === undefined) return null;
  if (found.length > 1) throw record.error('answers', `answers the question ${ref} twice`);
  if (answer.textOrNull('type') !== 'number')
    throw answer.error('type', 'is not number: the question has to be a scale, a rating or a number');
  const score = answer.decimal('number');
  if (!(Number(score) >= 0 && Number(score) <= best))
    throw answer.error('number', `is not from 0 to ${best}, as the settings say of ${ref}`);
  return score;
}

/** What stands in a hidden field or a variable. */
function textAt(record: RecordReader, place: Place | undefined): string | null {
  if (place?.hidden !== undefined) return record.textOrNull(`hidden.${place.hidden}`);
  if (place?.variable === undefined) return null;
  const found = record.records('variables').find((each) => each.value('key') === place.variable);
  return found?.textOrNull('text') ?? found?.textOrNull('number') ?? null;
}

/** Fields of a record that the mapping knows. */
export const known = ({ forms }: Settings): readonly string[] => [
  ...['token', 'submitted_at', 'response_type', 'answers.field.ref', 'answers.field.type'],
  ...['answers.type', 'answers.number', 'variables.key', 'variables.type', 'variables.text'],
  ...['variables.number'],
  ...forms.flatMap(({ region, customer_id }) =>
    [region?.hidden, customer_id?.hidden].flatMap((name) => (name === undefined ? [] : [`hidden.${name}`])),
  ),
];
