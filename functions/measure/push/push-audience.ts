import type { Push } from '../../lake/company/push.ts';
import { problemOf, type ReportedProblem } from '../../lake/landing/batch.ts';
import { isOpen, type PushBook, type PushRequest, type PushState } from '../../lake/snapshot/push.ts';
import { addDays } from '../../lake/values/day.ts';
import { VigieError } from '../../platform/errors.ts';
import { type PushNeeds, settle } from './outcomes.ts';

/** What a list at a vendor is brought to. Hashes in the form that the vendor matches by. */
export interface Wanted {
  /** The day of the run. */
  readonly asOf: string;
  /** Who should be on it; undefined where that is not known, and nobody is put on. */
  readonly people: readonly string[] | undefined;
  /** Who agrees to everything that it takes, asked anew with each call; undefined: it is not known who agrees today. */
  readonly agreed: (() => Promise<ReadonlySet<string>>) | undefined;
}

/** Whose addition is so old is added once more: a list forgets people when their time on it is over. */
const REFRESHED_DAYS = 30;
/**
 * Brings the list at the vendor to who is wanted: first everybody off who has to go, then on who agrees at that moment. What is
 * sent was written down before, what came of it is written down after; killed in between, the next run sends it again, which is
 * harmless. Throws nothing: whatever went wrong is given, what earlier requests came to as well, and ends only its own part.
 */
export async function pushAudience(
  needed: PushNeeds,
  wanted: Wanted,
  push: Push,
): Promise<ReportedProblem[]> {
  const problems: ReportedProblem[] = [];
  const whole = push.remove_all ? { ...wanted, people: [] } : wanted;
  const parts = [
    () => settle(needed, problems),
    () => decideWhoLeaves(needed, whole),
    () => removeLeaving(needed, whole.asOf),
    () => addWanted(needed, whole, push.validate_only),
    () => needed.book.tidy(),
  ];
  for (const part of parts) {
    try {
      await part();
    } catch (error) {
      problems.push(problemOf(error));
      // What another run is at is left to it altogether.
      if (error instanceof VigieError && error.code === 'PUSH_BUSY') break;
    }
  }
  return problems;
}

/** Whoever is there and should not be has to go, and stays to be gone until the vendor says so. */
async function decideWhoLeaves({ book }: PushNeeds, { people, agreed }: Wanted): Promise<void> {
  const { state } = book;
  const all = Object.keys(state.there);
  // Without knowing who agrees today nobody else is taken off, but for those who have to go already.
  if (all.length === 0 || (people?.length !== 0 && agreed === undefined)) return;
  const agrees = (people?.length === 0 ? undefined : await agreed?.()) ?? new Set<string>();
  const stays = people === undefined ? agrees : new Set(people.filter((hash) => agrees.has(hash)));
  const going = new Set(state.leaving);
  const underWay = beingRemoved(state);
  const leaving = all.filter((hash) => !stays.has(hash) || (going.has(hash) && underWay.has(hash)));
  if (leaving.join() !== state.leaving.join()) await book.keep({ ...state, leaving });
}

const openRemovals = ({ requests }: PushState): PushRequest[] =>
  requests.filter((request) => request.does === 'remove' && isOpen(request));

const beingRemoved = (state: PushState): ReadonlySet<string> =>
  new Set(openRemovals(state).flatMap(({ hashes = [] }) => hashes));

async function removeLeaving(needed: PushNeeds, asOf: string): Promise<void> {
  const { list, book } = needed;
  const waited = new Set(
    openRemovals(book.state)
      .filter(({ status, firm }) => status === 'taken' && firm)
      .flatMap(({ hashes = [] }) => hashes),
  );
  const due = book.state.leaving.filter((hash) => !waited.has(hash));
  for (const hashes of batches(due, list.most)) {
    const firm = !book.state.requests.some((request) => request.does === 'add' && isOpen(request));
    await send(needed, { does: 'remove', asOf, hashes, more: { hashes, firm } });
  }
}

/** Nobody is put on who is being taken off: the vendor may work off the removal last. */
async function addWanted(needed: PushNeeds, wanted: Wanted, validateOnly: boolean): Promise<void> {
  const { people, agreed, asOf } = wanted;
  const { list, book, now } = needed;
  if (people === undefined || agreed === undefined) return;
  const { there, leaving } = book.state;
  const away = new Set([...leaving, ...beingRemoved(book.state)]);
  const old = addDays(asOf, -REFRESHED_DAYS);
  const due = people.filter((hash) => !away.has(hash) && (there[hash] ?? '') <= old);
  for (const batch of batches(due, list.most)) {
    // At this moment: who has withdrawn since the audience was made is not sent.
    const agrees = await agreed();
    const hashes = batch.filter((hash) => agrees.has(hash));
    if (hashes.length === 0) continue;
    if (!validateOnly) {
      await send(needed, { does: 'add', asOf, hashes, more: {} });
      continue;
    }
    await list.tryAdding(hashes);
    await note(book, { ...requestOf({ does: 'add', asOf, hashes, more: {} }, now), status: 'tried' });
  }
}

interface Sending {
  readonly does: PushRequest['does'];
  readonly asOf: string;
  readonly hashes: readonly string[];
  readonly more: Pick<PushRequest, 'hashes' | 'firm'>;
}

const requestOf = ({ does, asOf, hashes, more }: Sending, now: () => Date): PushRequest => ({
  ...{ does, id: null, at: now().toISOString(), asOf, people: hashes.length, status: 'sent', why: '' },
  ...more,
});

const note = (book: PushBook, request: PushRequest): Promise<void> =>
  book.keep({ ...book.state, requests: [...book.state.requests, request] });

/** Writes down of whom it is not known from now on whether they are there, sends, and writes down what the vendor said. */
async function send({ list, book, now }: PushNeeds, sending: Sending): Promise<void> {
  const { does, asOf, hashes } = sending;
  const request = requestOf(sending, now);
  const before = book.state;
  // Of a removal, too: whoever agrees again before it is known to be firm may be there or not, and is put on again.
  const there = { ...before.there, ...dated(hashes, null) };
  await book.keep({ ...before, there, requests: [...before.requests, request] });
  try {
    const id = await (does === 'add' ? list.add(hashes) : list.remove(hashes));
    const known = does === 'add' ? { ...there, ...dated(hashes, asOf) } : there;
    await book.keep({
      ...book.state,
      there: known,
      requests: replaced(book.state, { ...request, id, status: 'taken' }),
    });
  } catch (error) {
    if (!(error instanceof VigieError) || error.code !== 'PUSH_REFUSED') throw error;
    // Surely nobody was put on, or taken off.
    const { hashes: _, ...rest } = request;
    const refused: PushRequest = { ...rest, status: 'refused', why: error.message };
    await book.keep({ ...before, requests: replaced(book.state, refused) });
    throw error;
  }
}

/** The last request with what has become of it. */
const replaced = ({ requests }: PushState, request: PushRequest): PushRequest[] => [
  ...requests.slice(0, -1),
  request,
];

const dated = (hashes: readonly string[], day: string | null): Record<string, string | null> =>
  Object.fromEntries(hashes.map((hash) => [hash, day]));

const batches = (hashes: readonly string[], most: number): string[][] =>
  Array.from({ length: Math.ceil(hashes.length / most) }, (_, at) =>
    hashes.slice(at * most, (at + 1) * most),
  );
