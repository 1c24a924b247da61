import { sha256 } from '../../functions/platform/hash.ts';
import type { VendorCall, VendorReply } from '../vendors/vendor.ts';
import { json } from './replies.ts';

export interface DeskOptions {
  /** Stands at the beginning of access tokens, as the vendor's do. */
  readonly prefix: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The one a person got by signing in. */
  readonly refreshToken: string;
  readonly accessSeconds: number;
  /** Each use of a refresh token gives another, whose first use ends the one before: an answer that was lost locks nobody out. */
  readonly rotates: boolean;
  /** What else the vendor's token answer holds. */
  readonly extras?: Readonly<Record<string, unknown>>;
  now(): Date;
}

/** A vendor's OAuth 2.0 token address, for the refresh of tokens (RFC 6749, section 6). */
export interface TokenDesk {
  answer(call: VendorCall): VendorReply;
  /** Whether the request brings an access token, and how good it is. */
  state(call: VendorCall): 'good' | 'expired' | 'unknown' | 'missing';
}

export function tokenDesk(options: DeskOptions): TokenDesk {
  const { now, prefix } = options;
  const access = new Map<string, number>();
  let issued = 0;
  /** The newest refresh token, and the one it was given for. */
  let good = { newest: options.refreshToken, before: options.refreshToken };
  const make = (what: string): string => {
    issued += 1;
    return sha256(`${options.refreshToken}/${what}/${issued}`);
  };
  return {
    answer(call) {
      const used = new URLSearchParams(call.body).get('refresh_token') ?? '';
      const wrong = problemOf(call, options, Object.values(good).includes(used));
      if (wrong) return json(wrong.status, { error: wrong.error, error_description: wrong.why });
      const token = `${prefix}${make('access')}`;
      access.set(token, now().getTime() + options.accessSeconds * 1000);
      if (options.rotates) good = { newest: make('refresh'), before: used };
      return json(200, {
        access_token: token,
        expires_in: options.accessSeconds,
        token_type: 'Bearer',
        ...(options.rotates ? { refresh_token: good.newest } : {}),
        ...options.extras,
      });
    },
    state(call) {
      const [, token] = /^Bearer (.+)$/.exec(call.headers.get('authorization') ?? '') ?? [];
      if (token === undefined) return 'missing';
      const until = access.get(token);
      if (until === undefined) return 'unknown';
      return until > now().getTime() ? 'good' : 'expired';
    },
  };
}

interface Problem {
  readonly status: number;
  readonly error: string;
  readonly why: string;
}

/** RFC 6749, section 5.2. */
function problemOf(call: VendorCall, options: DeskOptions, isGood: boolean): Problem | undefined {
  const form = new URLSearchParams(call.body);
  if (call.method !== 'POST' || form.get('grant_type') !== 'refresh_token')
    return { status: 400, error: 'unsupported_grant_type', why: 'The grant type is not supported.' };
  if (form.get('client_id') !== options.clientId || form.get('client_secret') !== options.clientSecret)
    return { status: 401, error: 'invalid_client', why: 'The client is unknown or its secret is wrong.' };
  if (!isGood) return { status: 400, error: 'invalid_grant', why: 'Token has been expired or revoked.' };
  return undefined;
}
