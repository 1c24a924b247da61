import { addDays, daysBetween } from '../../../lake/values/day.ts';
import { probeEach } from '../../api/kit/probes.ts';
import type { ProbeResult } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { accountOf, rolesOf } from './account.ts';
import type { Settings } from './settings.ts';

const REFRESH_TOKEN_DAYS = 365;
const WARN_DAYS = 30;

/** The user's role in every account; then how long the sign-in still holds. */
export async function probe(vendor: Vendor, settings: Settings): Promise<ProbeResult> {
  const { byAccount, today } = await rolesOf(vendor, settings);
  const missing = settings.accounts.filter((account) => !byAccount.has(account));
  if (missing.length > 0)
    return {
      status: 'failed',
      finding: `the user has no role in account ${missing.join(', ')}`,
      remedy: 'In the Campaign Manager, under account settings, add the user with the role Viewer.',
    };
  const found = await probeEach(settings.accounts, async (account) => {
    const { name, currency } = await accountOf(vendor, settings, account);
    return `${name} (${byAccount.get(account)}): ${currency}, days of UTC`;
  });
  return today === null ? found : signIn(settings, today, found.finding);
}

/** Refreshing does not lengthen the 365 days of a LinkedIn refresh token: somebody has to sign in again. */
function signIn({ authorized_on }: Settings, today: string, finding: string): ProbeResult {
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
