import type { Redactor } from '../../platform/redact/redactor.ts';
import type { OAuth } from './token-answer.ts';
import { requestToken, type Token, type TokenNeeds } from './token-request.ts';

/** Access tokens of one source. */
export interface Tokens {
  /** A token that is good now, as far as known. Asked for once, however many wait for it. */
  get(): Promise<Token>;
  /** The vendor refused this token: the next `get` fetches another. */
  expire(token: string): void;
}

export function oauthTokens(platform: TokenNeeds, oauth: OAuth, redactor: Redactor): Tokens {
  let held: Token | undefined;
  let pending: Promise<Token> | undefined;
  let failure: { readonly error: unknown } | undefined;
  const renew = async (): Promise<Token> => {
    try {
      held = await requestToken(platform, oauth, redactor);
      return held;
    } catch (error) {
      failure = { error };
      throw error;
    } finally {
      pending = undefined;
    }
  };
  return {
    async get() {
      if (held && held.until > platform.clock.now().getTime()) return held;
      // It was tried to the end: every other request of this pull would only wait for the same.
      if (failure) throw failure.error;
      pending ??= renew();
      return pending;
    },
    expire(value) {
      // Only the token that was refused: another request may have fetched a new one in the meantime.
      if (held?.value === value) held = undefined;
    },
  };
}
