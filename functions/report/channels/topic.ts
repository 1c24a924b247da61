import { TOPIC } from '../../lake/run/manifest.ts';
import { defaultLanguage } from '../../languages/languages.ts';
import type { Announcement, Announcer } from '../../platform/announcer.ts';
import { renderText } from '../mail/text.ts';
import { asChannel, type Channel, type Reader } from './channel.ts';

/**
 * A topic that other tools listen to (SNS on AWS): the news on alerts. `key` tells one topic from another: each is told once,
 * whatever becomes of the others.
 */
export const topicChannel = (announcer: Announcer, key: 'topic' | 'chat-topic' = 'topic'): Channel =>
  asChannel<Reader, Announcement>({
    name: TOPIC,
    readers: [{ key, language: defaultLanguage.tag, roles: [], digest: false, everyAlert: true }],
    compose: async (content, { asOf }) => ({
      kind: 'alert',
      subject: content.subject,
      text: renderText(content),
      facts: { as_of: asOf },
    }),
    sender: { idempotent: false, send: (announcement) => announcer.announce(announcement) },
    async write(bucket, { text }, id, asOf) {
      const reference = `mail/${asOf}/${id}.txt`;
      await bucket.write(reference, text);
      return { reference };
    },
  });
