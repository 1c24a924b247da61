import { addDays, daysBetween } from '../../../lake/values/day.ts';
import { VigieError } from '../../../platform/errors.ts';
import { type DayWindow, windowOf } from '../../api/kit/days.ts';
import { jsonPage, readEnvelope, recordsIn } from '../../api/kit/envelope.ts';
import { linkedInHeaders } from '../../api/kit/linkedin.ts';
import type { Diagnosis, RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import { type AccountFacts, accountFacts, rolesOf } from './account.ts';
import { analyticsUrl } from './fields.ts';
import type { Settings } from './settings.ts';

/** LinkedIn cuts an answer at 15,000 elements and does not say so; nobody documents the number exactly, so less is taken as cut. */
const NEARLY_CUT = 14_000;

/** The answers of a slice: one, or more where LinkedIn would have cut it. */
export async function* pages(vendor: Vendor, settings: Settings, slice: Slice): AsyncGenerator<RawPage> {
  const account = slice.partition;
  const window = windowOf(slice);
  for await (const { answer, elements } of uncut(vendor, settings, account, window)) {
    const facts = elements.length > 0 ? await accountFacts(vendor, settings, account) : {};
    yield jsonPage(answer, factsFor(answer.text, facts));
  }
}

/** Of a large account's names only those that the page needs, to be archived with it. */
const factsFor = (text: string, facts: AccountFacts): AccountFacts => {
  const ids = new Set(
    Array.from(text.matchAll(/urn:li:sponsoredCampaign(?:Group)?:(\d+)/g), ([, id]) => `name:${id}`),
  );
  return Object.fromEntries(Object.entries(facts).filter(([key]) => key === 'currency' || ids.has(key)));
};

interface Uncut {
  readonly answer: VendorAnswer;
  readonly elements: readonly unknown[];
}

async function* uncut(
  vendor: Vendor,
  settings: Settings,
  account: string,
  window: DayWindow,
): AsyncGenerator<Uncut> {
  const answer = await vendor.ask({
    url: analyticsUrl(settings, account, window),
    headers: linkedInHeaders(settings),
  });
  const elements = recordsIn('LinkedIn adAnalytics', answer.json(), 'elements');
  if (elements.length < NEARLY_CUT) {
    refusePages(answer);
    yield { answer, elements };
    return;
  }
  const days = daysBetween(window.from, window.to) + 1;
  if (days === 1) throw cutDay(account, window.from, elements.length);
  const middle = addDays(window.from, Math.floor(days / 2));
  yield* uncut(vendor, settings, account, { from: window.from, to: addDays(middle, -1) });
  yield* uncut(vendor, settings, account, { from: middle, to: window.to });
}

/** There is no paging today. Should a next link ever come, rows would be missing. */
function refusePages(answer: VendorAnswer): void {
  readEnvelope('LinkedIn adAnalytics', answer, (body) => {
    const links = body.recordOrNull('paging')?.records('links') ?? [];
    if (links.some((link) => link.textOrNull('rel') === 'next'))
      throw body.error('paging.links', 'holds a next page');
  });
}

const cutDay = (account: string, day: string, count: number): VigieError =>
  new VigieError(`LinkedIn answers ${count} campaigns of account ${account} for ${day}, and cuts at 15,000`, {
    code: 'VENDOR_LIMIT',
    hint: 'Read campaign groups instead of campaigns (`campaigns: groups`); one day cannot be divided further.',
  });

/** An empty answer means that nothing happened, or that the account may not be read: the user's role tells which. */
export async function whyEmpty(
  vendor: Vendor,
  settings: Settings,
  account: string,
): Promise<Diagnosis | undefined> {
  const { byAccount } = await rolesOf(vendor, settings);
  if (byAccount.has(account)) return undefined;
  return {
    kind: 'no-permission',
    reason: `nothing came of account ${account}, in which the user whose token is used has no role`,
    hint: 'In the Campaign Manager, under account settings, add the user with the role Viewer; then run again.',
  };
}
