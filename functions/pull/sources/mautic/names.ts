import { readEnvelope } from '../../api/kit/envelope.ts';
import { pagesByOffset } from '../../api/kit/paging.ts';
import { RecordReader, shapeError } from '../../api/record-reader.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import { inTable, TITLE } from './table.ts';

export const EMAILS = '/api/emails';
const PAGE = 100;

/** The names of all e-mails, by number. `minimal` leaves out what is written in them. */
export async function namesOf(vendor: Vendor): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const answers = pagesByOffset({
    what: `${TITLE} e-mails`,
    ask: (start) =>
      vendor.ask({
        url: EMAILS,
        query: { minimal: 1, orderBy: 'id', orderByDir: 'ASC', start, limit: PAGE },
      }),
    keys: (answer) => emailsIn(answer).map(({ id }) => id),
    total: (answer) => readEnvelope(TITLE, answer, (body) => body.integer('total')),
    ...{ size: PAGE, hint: 'An e-mail was made or deleted meanwhile: the next run asks again.' },
  });
  for await (const answer of answers) for (const { id, name } of emailsIn(answer)) names.set(id, name);
  return names;
}

/** A list, or an object by number; an empty object is written `[]`. Both have numbers as keys; one that has none is missed in `total`. */
function emailsIn(answer: VendorAnswer): readonly { readonly id: string; readonly name: string }[] {
  const body = answer.json() as { readonly emails?: unknown } | null;
  const emails = body?.emails;
  if (typeof emails !== 'object' || emails === null) throw shapeError(TITLE, 'emails', emails ?? body);
  const numbered = Object.entries(emails).filter(([key]) => /^\d+$/.test(key));
  return numbered.map(([, email]) =>
    inTable('emails', () => {
      const reader = new RecordReader(email);
      return { id: reader.text('id'), name: reader.text('name') };
    }),
  );
}
