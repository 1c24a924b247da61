import type { Bucket } from '../../platform/bucket.ts';
import { VigieError } from '../../platform/errors.ts';
import { readState } from '../state/file.ts';

/** What is known of an audience at a vendor that it is pushed to. Hashes in the form that the vendor matches by. */
export interface PushState {
  /**
   * Everybody who is on the vendor's list, or may be, with the day of the run whose addition it took last; null where its answer is
   * not known, or a removal was sent after it. Written before a request is sent: nobody is ever there who is not here.
   */
  readonly there: Readonly<Record<string, string | null>>;
  /** Those of them who have to go, until the vendor has said that they are gone. */
  readonly leaving: readonly string[];
  /** The oldest first. */
  readonly requests: readonly PushRequest[];
}

export interface PushRequest {
  readonly does: 'add' | 'remove';
  /** As the vendor calls it; null where its answer is not known. */
  readonly id: string | null;
  /** When it was sent. */
  readonly at: string;
  /** The day of its run. */
  readonly asOf: string;
  readonly people: number;
  /** `sent`: nobody knows whether it was taken. `taken`: the vendor works on it. `tried`: it changed nothing on purpose. The others are its last word, or ours. */
  readonly status: 'sent' | 'taken' | 'tried' | 'refused' | 'done' | 'partly' | 'failed' | 'unknown';
  readonly why: string;
  /** Of a removal that is not over: who. */
  readonly hashes?: readonly string[];
  /** Of a removal: no addition was under way when it was sent, which the vendor might have worked off after it. */
  readonly firm?: boolean;
}

/** Whether a request may still change something at the vendor. */
export const isOpen = ({ status }: PushRequest): boolean => status === 'sent' || status === 'taken';

export const NOTHING_PUSHED: PushState = { there: {}, leaving: [], requests: [] };

/** So many requests are kept to be looked at. */
const KEPT = 60;

export const PUSHES = 'pushes/';
const folderOf = (audience: string, destination: string): string => `${PUSHES}${audience}/${destination}/`;
const keyOf = (folder: string, turn: number): string => `${folder}${String(turn).padStart(6, '0')}.json`;

/** What is kept of one audience at one list: a row of numbered files, `pushes/<audience>/<account>-<list>/000007.json`, of which the last counts. */
export class PushBook {
  readonly #bucket: Bucket;
  /** Where it is kept. */
  readonly folder: string;
  #turn: number;
  #state: PushState;

  private constructor(bucket: Bucket, folder: string, turn: number, state: PushState) {
    this.#bucket = bucket;
    this.folder = folder;
    this.#turn = turn;
    this.#state = state;
  }

  /** Throws STATE_DAMAGED: who is at the vendor is then not known. */
  static async open(bucket: Bucket, audience: string, destination: string): Promise<PushBook> {
    const folder = folderOf(audience, destination);
    const turn = (await turnsIn(bucket, folder)).at(-1) ?? 0;
    const state = turn === 0 ? undefined : await readState<PushState>(bucket, keyOf(folder, turn));
    return new PushBook(bucket, folder, turn, state ?? NOTHING_PUSHED);
  }

  get state(): PushState {
    return this.#state;
  }

  /**
   * Keeps what is known now, in place of what was. A file is only ever created: of two runs at once one is told `PUSH_BUSY`, and
   * stops before it sends anything.
   */
  async keep(state: PushState): Promise<void> {
    const requests = state.requests.filter((each, at) => isOpen(each) || at >= state.requests.length - KEPT);
    const kept = { ...state, requests };
    const next = this.#turn + 1;
    if (!(await this.#bucket.create(keyOf(this.folder, next), `${JSON.stringify(kept, null, 2)}\n`)))
      throw busy(this.folder);
    // A number can be free again only where another run has gone beyond it.
    const turns = await turnsIn(this.#bucket, this.folder);
    if ((turns.at(-1) ?? next) > next) {
      await this.#bucket.remove(keyOf(this.folder, next));
      throw busy(this.folder);
    }
    this.#turn = next;
    this.#state = kept;
    await this.tidy(turns);
  }

  /** Removes what does not count any more: whoever has gone is not to be found in it. */
  async tidy(turns?: readonly number[]): Promise<void> {
    for (const turn of turns ?? (await turnsIn(this.#bucket, this.folder)))
      if (turn < this.#turn) await this.#bucket.remove(keyOf(this.folder, turn));
  }

  /** Forgets the list, once nobody is on it. */
  async close(): Promise<void> {
    for (const turn of await turnsIn(this.#bucket, this.folder))
      await this.#bucket.remove(keyOf(this.folder, turn));
  }
}

async function turnsIn(bucket: Bucket, folder: string): Promise<number[]> {
  const turns: number[] = [];
  for await (const { key } of bucket.list(folder)) {
    const turn = /(\d+)\.json$/.exec(key)?.[1];
    if (turn !== undefined) turns.push(Number(turn));
  }
  return turns.sort((a, b) => a - b);
}

const busy = (folder: string): VigieError =>
  new VigieError(`another run is pushing to ${folder.slice(PUSHES.length, -1)}`, {
    code: 'PUSH_BUSY',
    hint: 'This one leaves it to the other. Whatever is left over the next run does.',
  });

/** Every list that something is kept of: of which audience, and `<account>-<list>`. */
export async function pushedLists(bucket: Bucket): Promise<{ audience: string; destination: string }[]> {
  const audiences = await bucket.folders(PUSHES);
  const found = await Promise.all(
    audiences.map(async (audience) =>
      (await bucket.folders(`${PUSHES}${audience}/`)).map((destination) => ({ audience, destination })),
    ),
  );
  return found.flat();
}
