import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { openDesk } from './pulling.ts';

const page = readFileSync(new URL('../../docs/sources/mail-events.md', import.meta.url), 'utf8');
const sources = [...page.matchAll(/```yaml\n(sources:\n[\s\S]*?)```/g)].flatMap(
  ([, yaml]) => (parse(yaml ?? '') as { sources: { name: string; feeds: unknown }[] }).sources,
);

/** In the form of SES's own examples; people and numbers are made up. */
const event = (eventType: string, messageId: string, more: object = {}) =>
  JSON.stringify({
    eventType,
    mail: {
      ...{ timestamp: '2026-11-20T23:30:00.000Z', source: 'news@news.example.com', messageId },
      ...{
        destination: ['carla@home.example'],
        tags: { campaign: ['winter'], 'ses:source-ip': ['192.0.2.3'] },
      },
    },
    ...more,
  });
const sent = ['A', 'B', 'C', 'D'].map((id) => event('Send', id));
const delivered = ['A', 'B', 'C'].map((id) =>
  event('Delivery', id, { delivery: { smtpResponse: '250 ok' } }),
);
const later = [
  ...[event('Open', 'A', { open: { ipAddress: '192.0.2.1' } }), event('Open', 'A', { open: {} })],
  ...[event('Click', 'A', { click: { link: 'https://x.example' } }), event('Open', 'B', { open: {} })],
  event('Bounce', 'D', { bounce: { bouncedRecipients: [{ emailAddress: 'carla@home.example' }] } }),
  event('Rendering Failure', 'E', { failure: { templateName: 'x' } }),
];
const lines = (...all: string[]) => `${all.join('\n')}\n`;
const log = (queue: string, status: string) =>
  `2026-11-20T09:00:05+01:00 mx postfix/smtp[71]: ${queue}: to=<carla@home.example>, relay=mx.home.example[192.0.2.7]:25, delay=4.2, delays=0.1/0/1/3.1, dsn=2.0.0, status=${status} (said)`;
const mails = ['A0000001', 'A0000002', 'A0000003', 'A0000004', 'A0000005'];
const logged = lines(...mails.map((queue, at) => log(queue, at === 0 ? 'bounced' : 'sent')));

const SES = 'exports/ses/2026/11';
const FILES: Readonly<Record<string, string | Uint8Array>> = {
  [`${SES}/20/events-1-2026-11-20-10-02-03-a.gz`]: gzipSync(lines(...sent, ...delivered)),
  // Firehose delivers at least once; whoever opens a mail a day later stands in another file.
  [`${SES}/21/events-1-2026-11-21-10-02-03-b`]: lines(...delivered, ...later),
  'exports/mail/mail.log-20261120': logged,
  'exports/mail/mail.log-20261121.gz': gzipSync(logged),
};

/** What the page's feed of a source lands of the files, mail by mail: `A: clicked delivered opened sent`. */
async function mailsOf(name: string): Promise<string[]> {
  const desk = await openDesk();
  for (const [file, content] of Object.entries(FILES)) await desk.drop(file, content);
  const { batches, problem } = await desk.pull(sources.find((each) => each.name === name)?.feeds);
  expect(problem).toBeUndefined();
  const rows = await desk.rows(batches[0]);
  // Nothing but what the page maps is there.
  expect(JSON.stringify(rows)).not.toMatch(/carla|home\.example|192\.0/);
  const kinds = new Map<string, Set<string>>();
  for (const row of rows) {
    const mail = `${row['mail_id']} of ${row['campaign_id'] ?? '-'}, ${row['sent_on']}`;
    kinds.set(mail, (kinds.get(mail) ?? new Set()).add(String(row['kind'])));
  }
  return [...kinds].map(([mail, found]) => `${mail}: ${[...found].sort().join(' ')}`).sort();
}

test('the page of mail events: of SES each mail has its events, each once, whichever file they stand in', async () => {
  expect(await mailsOf('ses')).toEqual([
    // 23:30 UTC is the day after in Paris.
    'A of winter, 2026-11-21: clicked delivered opened sent',
    'B of winter, 2026-11-21: delivered opened sent',
    'C of winter, 2026-11-21: delivered sent',
    'D of winter, 2026-11-21: bounced sent',
  ]);
});

test('… and of Postfix the same log, rotated and compressed, is five mails', async () => {
  const mails = await mailsOf('postfix');
  expect(mails).toHaveLength(5);
  const ended = mails.map((mail) => mail.replace(/^[0-9a-f]{32}/, 'mail')).sort();
  expect(ended).toEqual([
    'mail of -, 2026-11-20: bounced',
    ...Array.from({ length: 4 }, () => 'mail of -, 2026-11-20: delivered'),
  ]);
});
