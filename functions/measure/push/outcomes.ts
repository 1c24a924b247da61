import type { ReportedProblem } from '../../lake/landing/batch.ts';
import { isOpen, type PushBook, type PushRequest, type PushState } from '../../lake/snapshot/push.ts';
import type { AudienceList } from '../../platform/audience-list.ts';

export interface PushNeeds {
  readonly list: AudienceList;
  readonly book: PushBook;
  readonly now: () => Date;
}

/** A request of which nobody knows whether it was taken has been worked off by then, if it was. */
const SENT_HOURS = 24;
/** A request that the vendor still works on after so long is not waited for any more. */
const TAKEN_HOURS = 72;

/** Asks what came of earlier requests. Whom the vendor has taken off is forgotten here, too. */
export async function settle({ list, book, now }: PushNeeds, problems: ReportedProblem[]): Promise<void> {
  let { state } = book;
  try {
    for (const request of state.requests.filter(isOpen)) {
      const hours = (now().getTime() - Date.parse(request.at)) / 3_600_000;
      const word = await lastWord(list, request, hours);
      if (word === undefined) continue;
      state = settled(state, request, { ...request, ...word });
      const { status, why } = word;
      if (status === 'partly' || status === 'failed') problems.push(notAllTaken(request, status, why));
    }
  } finally {
    if (state !== book.state) await book.keep(state);
  }
}

type Word = Pick<PushRequest, 'status' | 'why'>;

/** Undefined: it is still worked on, as far as is known. */
async function lastWord(list: AudienceList, { id }: PushRequest, hours: number): Promise<Word | undefined> {
  if (id === null) return hours < SENT_HOURS ? undefined : { status: 'unknown', why: '' };
  const { status, why } = await list.outcome(id);
  if (status !== 'processing') return { status, why };
  return hours < TAKEN_HOURS ? undefined : { status: 'unknown', why };
}

function settled(state: PushState, old: PushRequest, request: PushRequest): PushState {
  const { hashes, ...rest } = request;
  const requests = state.requests.map((each) => (each === old ? rest : each));
  if (request.does === 'remove' && request.status === 'done' && request.firm === true)
    return { ...forget(state, hashes ?? []), requests };
  if (request.does === 'add' && request.status !== 'done') return { ...inDoubt(state, request), requests };
  return { ...state, requests };
}

const forget = (state: PushState, hashes: readonly string[]): PushState => {
  const gone = new Set(hashes);
  return {
    ...state,
    there: Object.fromEntries(Object.entries(state.there).filter(([hash]) => !gone.has(hash))),
    leaving: state.leaving.filter((hash) => !gone.has(hash)),
  };
};

/** Whom an addition that failed had put on nobody can tell from the others of its day: all of them are sent again. */
const inDoubt = (state: PushState, { asOf }: PushRequest): PushState => ({
  ...state,
  there: Object.fromEntries(
    Object.entries(state.there).map(([hash, day]) => [hash, day === asOf ? null : day]),
  ),
});

const notAllTaken = (
  { does, people, asOf }: PushRequest,
  status: 'partly' | 'failed',
  why: string,
): ReportedProblem => ({
  code: 'PUSH_NOT_ALL',
  message: `of ${people.toLocaleString('en')} ${does === 'add' ? 'additions' : 'removals'} of ${asOf} it took ${status === 'failed' ? 'none' : 'some'}${why === '' ? '' : ` (${why})`}`,
  hint: 'They are sent again. What the reasons mean is in docs/operations/audiences.md.',
});
