import { joinedPage, readEnvelope, recordsIn } from '../../api/kit/envelope.ts';
import { objectOf, textOf } from '../../api/kit/errors.ts';
import { pagesByOffset } from '../../api/kit/paging.ts';
import type { RawPage } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import type { Settings } from './settings.ts';

export const TITLE = 'Klue';

export const records = (page: RawPage): readonly unknown[] => recordsIn(TITLE, page.json(), 'items');
const cardsIn = (answer: VendorAnswer): readonly unknown[] => recordsIn(TITLE, answer.json(), 'items');
export const countIn = (answer: VendorAnswer): number =>
  readEnvelope(TITLE, answer, (body) => body.integer('totalItems'));

/** A page of cards, counted from 1. */
export const askCards = (
  vendor: Vendor,
  { path }: Settings,
  limit: number,
  page: number,
): Promise<VendorAnswer> => vendor.ask({ url: path, query: { limit, page } });

/** All cards; what is written on them, and who wrote it, is left behind. */
export async function* pages(vendor: Vendor, chosen: Settings): AsyncGenerator<RawPage> {
  const { page_size: size } = chosen;
  const answers = pagesByOffset({
    what: 'Klue cards',
    ask: (offset) => askCards(vendor, chosen, size, Math.floor(offset / size) + 1),
    keys: (answer) => cardsIn(answer).map((each) => textOf(objectOf(each)?.['id'])),
    total: countIn,
    ...{ size, hint: 'A card was made or removed meanwhile: the next run asks again.' },
  });
  for await (const answer of answers)
    yield joinedPage(answer.request, { items: cardsIn(answer).map(needed) });
}

export const FIELDS = ['id', 'title', 'topic', 'competitor', 'cardUrl', 'createdAt'] as const;

function needed(card: unknown): unknown {
  const found = objectOf(card);
  if (found === undefined) return card;
  return Object.fromEntries(
    FIELDS.flatMap((name) => (Object.hasOwn(found, name) ? [[name, found[name]]] : [])),
  );
}
