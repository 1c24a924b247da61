import { z } from 'zod';
import { addDays, daysBetween } from '../../../lake/values/day.ts';
import { tokenUrl } from '../settings-fields.ts';
import type { ProbeResult } from '../source.ts';
import type { VendorAnswer } from '../vendor.ts';
import { diagnosing, objectOf, textOf } from './errors.ts';
import { type Versions, versionKeys } from './versions.ts';

/** What all of LinkedIn's marketing APIs have in common: versions, headers, errors, a sign-in that ends. */

/**
 * Days as LinkedIn has announced them; of versions not announced yet, the 15th a year later: about there all have ended so
 * far. https://learn.microsoft.com/linkedin/marketing/integrations/migrations
 */
export const LINKEDIN_VERSIONS: Versions = {
  default: '202607',
  form: /^20\d\d(0[1-9]|1[0-2])$/,
  example: '202607',
  describe: 'Version of the API (`Linkedin-Version`).',
  ends: {
    ...{ '202510': '2026-10-15', '202511': '2026-11-16' },
    ...{ '202601': '2027-01-15', '202602': '2027-02-15', '202603': '2027-03-16' },
  },
  endOf: (version) => `${Number(version.slice(0, 4)) + 1}-${version.slice(4)}-15`,
};

/** The keys that every source of LinkedIn's has. */
export const linkedInKeys = {
  token_url: tokenUrl('https://www.linkedin.com/oauth/v2/accessToken'),
  ...versionKeys(LINKEDIN_VERSIONS),
  authorized_on: z.iso
    .date()
    .optional()
    .describe(
      'Day on which somebody last signed in for the refresh token: it ends after 365 days, and `doctor` warns 30 days ahead.',
    ),
};

/** Every call names the version and the protocol. */
export const linkedInHeaders = ({
  version,
}: {
  readonly version: string;
}): Readonly<Record<string, string>> => ({
  'Linkedin-Version': version,
  'X-Restli-Protocol-Version': '2.0.0',
});

/** The day it is at LinkedIn (UTC), as an answer's `Date` says. */
export function linkedInToday({ headers }: VendorAnswer): string | null {
  const now = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(now) ? null : new Date(now).toISOString().slice(0, 10);
}

const REFRESH_TOKEN_DAYS = 365;
const WARN_DAYS = 30;

/** Refreshing does not lengthen the 365 days of a LinkedIn refresh token: somebody has to sign in again. */
export function signInEnds(
  { authorized_on }: { readonly authorized_on?: string | undefined },
  today: string,
  finding: string,
): ProbeResult {
  if (authorized_on === undefined) return { status: 'ok', finding };
  const endsOn = addDays(authorized_on, REFRESH_TOKEN_DAYS);
  const left = daysBetween(today, endsOn);
  if (left > WARN_DAYS) return { status: 'ok', finding: `${finding}; sign-in good until ${endsOn}` };
  return {
    status: left > 0 ? 'warning' : 'failed',
    finding:
      left > 0
        ? `${finding}; the sign-in ends in ${left} days, on ${endsOn}`
        : `the sign-in ended on ${endsOn}`,
    remedy: 'Sign in again as the source’s page says, store the new refresh token and set `authorized_on`.',
  };
}

const ENDED = {
  kind: 'version-ended',
  hint: 'Set `version` to a month that is alive; see the source’s page. Each lives for about a year.',
} as const;

/**
 * What an error means: `{ "status": 403, "serviceErrorCode": 100, "code": "ACCESS_DENIED", "message": … }`. Its status
 * tells, whatever the body; `hint` says what a missing permission is about.
 * https://learn.microsoft.com/linkedin/shared/api-guide/concepts/error-handling
 */
export const linkedInErrors = (hint: string) =>
  diagnosing({
    said(body, { status }) {
      const { code, serviceErrorCode, message } = objectOf(body) ?? {};
      const name = textOf(code);
      const text = textOf(message);
      return { code: name, message: text, reason: `${name || textOf(serviceErrorCode) || status}: ${text}` };
    },
    meanings: {
      NONEXISTENT_VERSION: ENDED,
      426: ENDED,
      403: { hint },
      429: { hint: 'LinkedIn counts calls a day and starts anew at midnight UTC.' },
    },
  });
