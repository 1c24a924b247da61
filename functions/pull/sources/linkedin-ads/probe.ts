import { signInEnds } from '../../api/kit/linkedin.ts';
import { probeEach } from '../../api/kit/probes.ts';
import type { ProbeResult } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { accountOf, rolesOf } from './account.ts';
import type { Settings } from './settings.ts';

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
  return today === null ? found : signInEnds(settings, today, found.finding);
}
