import { VigieError } from '../../platform/errors.ts';
import { retryAfter, Transient } from './retrying.ts';
import type { Diagnosis } from './source.ts';
import { usageOf } from './usage.ts';
import type { VendorAnswer } from './vendor.ts';

const TRANSIENT = [408, 425, 429, 500, 502, 503, 504, 509, 520, 521, 522, 523, 524, 529];

/** Whether the same request may go well later. */
export const isTransientStatus = (status: number): boolean => TRANSIENT.includes(status);

/** What an answer means by its status alone; undefined: it is good. */
export function diagnosisByStatus({ status, headers }: VendorAnswer): Diagnosis | undefined {
  if (status >= 200 && status < 300) return undefined;
  const reason = `the vendor answers ${status}`;
  if (isTransientStatus(status)) return { kind: 'retry', reason };
  if (status === 401) return { kind: 'token-expired', reason: `${reason}: the credentials are not accepted` };
  if (status === 403) return { kind: 'no-permission', reason: `${reason}: they may not read this` };
  if (status === 410 || status === 426) return { kind: 'version-ended', reason };
  if (status === 413) return { kind: 'too-large', reason };
  if (status >= 300 && status < 400)
    return {
      kind: 'refused',
      reason: `${reason}, a redirect to ${hostOf(headers.get('location'))}, which is not followed`,
      hint: 'Set `base_url` to the address it leads to, if that is the vendor’s; else a proxy or a sign-on page is in between.',
    };
  return { kind: 'refused', reason };
}

const hostOf = (location: string | null): string =>
  location !== null && URL.canParse(location) ? new URL(location).host : 'another path';

/** The seconds to wait: as the diagnosis says, else the headers. */
export function waitOf(diagnosis: Diagnosis, { headers }: VendorAnswer, now: Date): number | undefined {
  const asked = diagnosis.retryAfter ?? retryAfter(headers, now);
  if (asked !== undefined || diagnosis.kind !== 'retry') return asked;
  const { pauseSeconds } = usageOf(headers, now);
  return pauseSeconds > 0 ? pauseSeconds : undefined;
}

const HINTS: Readonly<Record<Diagnosis['kind'], string>> = {
  retry: 'The next run tries again.',
  'token-expired':
    'Check the credentials in the secret: they may be expired, revoked, or of another system. The source’s page shows how to make new ones; `vigie doctor` tests them.',
  'no-permission': 'The source’s page lists the permissions to ask for; `vigie doctor` tests them.',
  'too-large': 'Ask for fewer days at once, or smaller pages, in the settings of the source.',
  'version-ended':
    'The vendor has ended this version of its API. Set a newer `version`, see the source’s page, or update Vigie.',
  refused: 'See what the vendor says; `vigie try` shows the request. Correct the settings of the source.',
};

const CODES: Readonly<Record<Exclude<Diagnosis['kind'], 'retry'>, string>> = {
  'token-expired': 'VENDOR_REFUSED',
  'no-permission': 'VENDOR_NO_PERMISSION',
  'too-large': 'PAGE_TOO_LARGE',
  'version-ended': 'VENDOR_VERSION_ENDED',
  refused: 'VENDOR_REFUSED',
};

/** The error that a diagnosis amounts to. */
export function errorOf(diagnosis: Diagnosis, request: string, wait: number | undefined): Error {
  const hint = diagnosis.hint ?? HINTS[diagnosis.kind];
  if (diagnosis.kind === 'retry') return new Transient(diagnosis.reason, { retryAfter: wait, hint });
  return new VigieError(`${request}: ${diagnosis.reason}`, { code: CODES[diagnosis.kind], hint });
}
