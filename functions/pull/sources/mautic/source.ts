import { readEnvelope } from '../../api/kit/envelope.ts';
import { clientCredentials } from '../../api/kit/oauth.ts';
import { defineSource, type Entity, type ProbeResult } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { pages, records, SENT_MAILS } from './client.ts';
import { diagnose } from './diagnose.ts';
import { known, map } from './map.ts';
import { EMAILS } from './names.ts';
import { type Settings, settings } from './settings.ts';
import { TITLE, tableUrl } from './table.ts';

const emails = (chosen: Settings): Entity<Settings> => ({
  name: 'emails',
  tables: ['email_sends'],
  reading: { by: 'day', lookBackDays: chosen.look_back_days, daysAtOnce: 31 },
  ...{ pages, records, map, known },
});

/** How many mails were sent, of how many e-mails. */
async function probe(vendor: Vendor): Promise<ProbeResult> {
  const total = async (url: string, query: Readonly<Record<string, number>>): Promise<number> =>
    readEnvelope(TITLE, await vendor.ask({ url, query }), (body) => body.integer('total'));
  const mails = await total(tableUrl(SENT_MAILS), { start: 0, limit: 1 });
  const written = await total(EMAILS, { minimal: 1, start: 0, limit: 1 });
  if (mails > 0) return { status: 'ok', finding: `${mails} mails of ${written} e-mails were sent` };
  return {
    status: 'warning',
    finding: 'no mail was sent, or the user sees none',
    remedy: 'Give the user a role with full system access: others see mails to their own contacts alone.',
  };
}

/** Mautic, and Webmecanik, which is built on it: what became of e-mails. */
export const source = defineSource<Settings>({
  kind: 'mautic',
  title: TITLE,
  settings,
  settingsWithoutRows: ['page_size', 'auth'],
  api: ({ base_url }) => ({
    version: null,
    sunset: null,
    baseUrl: base_url,
    // None of Mautic's own: it is somebody's server, which people work on.
    limits: { concurrency: 1, perSecond: 5 },
  }),
  authorize: ({ auth, secret, base_url }) =>
    auth === 'basic'
      ? { kind: 'basic', secret }
      : clientCredentials(secret, `${base_url}/oauth/v2/token`, { client_auth: 'body' }),
  entities: (chosen) => [emails(chosen)],
  diagnose,
  probe,
});
