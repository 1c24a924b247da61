import type { Announcement } from '../announcer.ts';

/** What Amazon Q’s rendering of a message holds at most is not documented; a chat shows far less anyway. */
const MOST_TITLE = 250;
const MOST_TEXT = 8_000;

/**
 * An announcement as Amazon Q Developer in chat applications takes it from a topic: its “custom notification”. Whatever
 * has not this form it drops without a word. https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export function chatForm({ kind, subject, text, facts }: Announcement): string {
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    content: {
      textType: 'client-markdown',
      title: shortened(unmarked(subject), MOST_TITLE),
      description: shortened(unmarked(text.trim()), MOST_TEXT),
      keywords: [kind],
    },
    metadata: {
      // News of one day stand under one another, where the channel is set to threads.
      ...(facts['as_of'] === undefined ? {} : { threadId: `vigie-${facts['as_of']}` }),
      summary: shortened(unmarked(subject), MOST_TITLE),
      eventType: `vigie-${kind}`,
      additionalContext: { ...facts },
    },
  });
}

/**
 * What data says is text: no mention (`<!channel>`), no link, no mark of the chat’s own. Look-alikes, as it is not said
 * whether Amazon Q escapes what it hands on: an entity could be shown as one.
 */
const unmarked = (text: string): string =>
  text
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll('*', '∗')
    .replaceAll('`', 'ˋ')
    .replaceAll('~', '∼')
    .replaceAll(/:(?=[\w+-]+:)/g, ':\u2060');

const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;
