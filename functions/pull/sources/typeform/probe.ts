import { probeEach, type Seen } from '../../api/kit/probes.ts';
import type { ProbeResult } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { type AskedForm, askedForm, missingIn, offersOf, type Question, shown } from './form.ts';
import type { Form, Settings } from './settings.ts';

/** Whether each form has what the settings name, on the scale that they say; else what there is to choose from. */
export async function probe(vendor: Vendor, { forms }: Settings): Promise<ProbeResult> {
  const byId = new Map(forms.map((form) => [form.id, form]));
  return probeEach([...byId.keys()], async (id) => {
    const form = byId.get(id);
    if (form === undefined) throw new Error(`no form ${id}`);
    const there = await askedForm(vendor, form);
    await vendor.ask({ url: `/forms/${id}/responses`, query: { page_size: 1, response_type: 'completed' } });
    return seen(form, there);
  });
}

function seen(form: Form, there: AskedForm): Seen {
  const missing = missingIn(form, there);
  if (missing.length > 0)
    return {
      status: 'failed',
      finding: `form ${form.id} has no ${missing.join(', no ')}`,
      remedy: `Put into vigie.yaml what it has. ${offersOf(there)}.`,
    };
  const question = (ref: string | undefined) => there.questions.find((each) => each.ref === ref);
  const recommended = question(form.recommendation);
  const satisfied = question(form.satisfaction?.field);
  if (recommended !== undefined && isOtherScale(recommended, 0, TEN))
    return otherScale(form, 'recommendation', recommended, 'a net promoter score wants 0 to 10');
  if (
    satisfied !== undefined &&
    isOtherScale(satisfied, satisfied.from, form.satisfaction?.best_score ?? TEN)
  )
    return otherScale(
      form,
      'satisfaction',
      satisfied,
      `\`best_score\` says ${form.satisfaction?.best_score}`,
    );
  return `form ${form.id}: ${[recommended, satisfied].flatMap((each) => (each ? [shown(each)] : [])).join(', ')}`;
}

const TEN = 10;

/** A question of type `number` has no scale: the mapping holds each answer to what the settings say. */
const isOtherScale = ({ from, best }: Question, low: number | null, high: number): boolean =>
  best !== null && (from !== low || best !== high);

const otherScale = (form: Form, what: string, asked: Question, wanted: string): ProbeResult => ({
  status: 'failed',
  finding: `form ${form.id}: ${what} is asked on another scale, ${shown(asked)}; ${wanted}`,
  remedy:
    'Name the question that is meant, or set `best_score` to its best answer: else the figures are wrong.',
});
