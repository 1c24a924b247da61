import { coveredBy, type Delivery, deliver } from '../lake/run/outbox.ts';
import { defaultLanguage } from '../languages/languages.ts';
import type { Announcement, Announcer } from '../platform/announcer.ts';
import { sha256 } from '../platform/hash.ts';
import type { OutgoingMessage } from '../platform/mailer.ts';
import type { Platform } from '../platform/platform.ts';
import { alertContent } from './letters/alert-letter.ts';
import { renderText } from './mail/text.ts';
import { newsKey } from './model/alerts.ts';
import type { Day } from './model/day.ts';

type AnnouncePlatform = Pick<Platform, 'bucket' | 'clock' | 'log'> & { readonly announcer: Announcer };

/**
 * Tells chat and paging tools the news on alerts of a day, once, however often it is run: an announcement goes through
 * the outbox as mails do. Null when there is nothing (more) to tell. Throws what the outbox throws.
 */
export async function announceAlerts(
  platform: AnnouncePlatform,
  day: Day,
  run: string,
): Promise<Delivery | null> {
  const { asOf } = day;
  const stem = `topic.${asOf}`;
  const covered = await coveredBy({ bucket: platform.bucket, mailer: {} }, asOf, stem);
  const events = day.alertNews.filter((news) => !news.muted && !covered.has(newsKey(news)));
  if (events.length === 0) return null;
  const covers = events.map(newsKey);
  const { subject, ...content } = alertContent(day, events, defaultLanguage);
  const announcement: Announcement = {
    kind: 'alert',
    subject,
    text: renderText({ subject, ...content }),
    facts: { as_of: asOf, events: String(events.length) },
  };
  const id = `${stem}.${sha256(covers.toSorted().join('\n'), 8)}`;
  const mailer = { idempotent: false, send: () => platform.announcer.announce(announcement) };
  const delivery = await deliver(
    { ...platform, mailer },
    { id, asOf, covers, compose: async () => asMessage(id, asOf, announcement) },
    run,
  );
  platform.log.info('announced', { id, status: delivery.status });
  return delivery;
}

/** What the outbox hands to a mailer; the announcer has the announcement itself. */
const asMessage = (id: string, asOf: string, { text }: Announcement): OutgoingMessage => ({
  id,
  asOf,
  from: '',
  to: '',
  raw: new TextEncoder().encode(text),
  page: text,
  tags: { kind: 'alert' },
});
