/**
 * A customer list at an ad platform that is kept by requests: hashes of addresses, nothing else. Each request is harmless when it
 * is repeated. It is taken for processing, and what came of it can be asked later.
 */
export interface AudienceList {
  /** Members of one request, at most. */
  readonly most: number;
  /** Puts people on it; the request's number. Throws `PUSH_REFUSED` where surely nobody was put on, else `PUSH_UNCERTAIN`. */
  add(hashes: readonly string[]): Promise<string>;
  /** As `add`, and changes nothing there: shows whether it would be taken. */
  tryAdding(hashes: readonly string[]): Promise<void>;
  /** Takes people off; also those who are not on it. Throws as `add`. */
  remove(hashes: readonly string[]): Promise<string>;
  /** What came of a request that was taken. Throws where that cannot be asked now. */
  outcome(request: string): Promise<ListOutcome>;
}

/** `unknown`: the vendor knows nothing of such a request, or says what nobody foresaw. */
export interface ListOutcome {
  readonly status: 'processing' | 'done' | 'partly' | 'failed' | 'unknown';
  /** Why, and how many members by each reason, as the vendor says: `DENIED_CONSENT: 2`; '' where it says nothing. */
  readonly why: string;
}
