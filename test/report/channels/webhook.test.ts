import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { CLAIM_MINUTES } from '../../../functions/lake/run/outbox.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { fetchHttp } from '../../../functions/platform/fetch-http.ts';
import { openRedactor } from '../../../functions/platform/redact/redactor.ts';
import { slack } from '../../../functions/report/channels/slack.ts';
import { escaped, slackPayload } from '../../../functions/report/channels/slack-blocks.ts';
import { teams } from '../../../functions/report/channels/teams.ts';
import { teamsPayload } from '../../../functions/report/channels/teams-card.ts';
import { type WebhookChat, webhookChannel } from '../../../functions/report/channels/webhook.ts';
import type { MailContent } from '../../../functions/report/letters/blocks.ts';
import { digestContent } from '../../../functions/report/letters/digest.ts';
import { readDay } from '../../../functions/report/model/read-day.ts';
import { tellDay } from '../../../functions/report/tell-day.ts';
import { runs } from '../../kit/runs.ts';
import { mailData } from '../fixtures.ts';
import { inbox, platformOf, type StoredDay, storedDay } from '../stored-day.ts';

type Answer = readonly [status: number, body: string, headers?: Record<string, string>] | 'break off';

/** What the webhook got, and what it answers next. */
const posted: { readonly path: string; readonly body: string }[] = [];
let answers: Answer[] = [];
/** What it answers when nothing else is said. */
let usual: Answer = [200, 'ok'];
let server: Server;
let port: number;

beforeEach(async () => {
  posted.length = 0;
  answers = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posted.push({ path: request.url ?? '', body: Buffer.concat(chunks).toString('utf8') });
      const answer = answers.shift() ?? usual;
      if (answer === 'break off') return void request.socket.destroy();
      response.writeHead(answer[0], answer[2]).end(answer[1]);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const PATH = '/services/T0/B0/a-part-that-nobody-may-see';
const settings = { name: 'sales', secret: 'chat-sales', language: 'fr' } as const;

/** Tells the day in one chat alone, so many minutes later. */
async function tell(
  chat: WebhookChat,
  day: StoredDay,
  { roles = ['executive'], minutes = 0, digest = false } = {},
) {
  const waited: number[] = [];
  const http = { ...fetchHttp(), pause: async (ms: number) => void waited.push(ms) };
  const said: unknown[] = [];
  const note = (...told: unknown[]) => void said.push(told);
  const platform = {
    ...platformOf(day, inbox(), minutes),
    log: { info: note, warn: note, error: note, debug: note },
    http,
    redactor: openRedactor(),
    secrets: { get: async () => `http://127.0.0.1:${port}${PATH}`, put: async () => undefined },
  };
  const channel = webhookChannel(platform, chat, [{ ...settings, kind: chat.kind, roles, digest }]);
  const told = await tellDay(platform, [channel], await readDay(day.bucket, day), day);
  return { told, waited, said: JSON.stringify([said, told]) };
}

describe.each([
  [slack, 200],
  [teams, 202],
] as const)('a channel of a chat', (chat, taken) => {
  const code = (what: string): string => `${chat.kind.toUpperCase()}_${what}`;
  beforeEach(() => {
    usual = [taken, ''];
  });

  it('gets digest and alerts in its language, once', async () => {
    const day = await storedDay();
    const { told } = await tell(chat, day, { digest: true });
    expect(told.map(({ id, channel, status }) => [id.split('.')[0], channel, status])).toEqual([
      ['digest', chat.kind, 'sent'],
      ['alert', chat.kind, 'sent'],
    ]);
    expect(posted[0]?.body).toContain('Taux d’abandon de panier 81,2\u202f%');
    expect(posted[0]?.path).toBe(PATH);
    const again = await tell(chat, day, { digest: true });
    expect(again.told.map(({ status }) => status)).toEqual(['already sent', 'already sent']);
    expect(posted).toHaveLength(2);
  });

  it('waits as long as it is asked to', async () => {
    answers = [[429, 'rate_limited', { 'retry-after': '2' }]];
    const { told, waited } = await tell(chat, await storedDay());
    expect(told.map(({ status }) => status)).toEqual(['sent']);
    expect(waited).toEqual([2000]);
    expect(posted).toHaveLength(2);
  });

  it('that asks to wait too long is left to the next run, which sends', async () => {
    const day = await storedDay();
    answers = [[429, 'rate_limited', { 'retry-after': '3600' }]];
    const { told, waited } = await tell(chat, day);
    expect(told[0]).toMatchObject({ status: 'failed', problem: { code: code('BUSY') } });
    expect(waited).toEqual([]);
    expect((await tell(chat, day)).told[0]?.status).toBe('sent');
  });

  it.each<Answer>(['break off', [500, 'rollup_error']])(
    'whose answer is lost (%j) gets the message twice at most',
    async (lost) => {
      const day = await storedDay();
      answers = [lost, lost];
      const { told, said } = await tell(chat, day);
      expect(told[0]).toMatchObject({ status: 'failed', problem: { code: 'MAIL_UNCERTAIN' } });
      expect(said).not.toContain('nobody-may-see');
      // Another run that comes at once keeps its hands off.
      expect((await tell(chat, day)).told[0]?.problem?.code).toBe('MAIL_IN_HAND');
      await tell(chat, day, { minutes: CLAIM_MINUTES + 1 });
      const last = await tell(chat, day, { minutes: 3 * CLAIM_MINUTES });
      expect(last.told[0]?.problem?.code).toBe('MAIL_UNCERTAIN');
      expect(posted).toHaveLength(2);
    },
  );

  it('that is not there took nothing: the next run sends', async () => {
    const day = await storedDay();
    await new Promise((resolve) => server.close(resolve));
    const { told } = await tell(chat, day);
    expect(told[0]).toMatchObject({ status: 'failed', problem: { code: 'HTTP_FAILED' } });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    expect((await tell(chat, day)).told[0]?.status).toBe('sent');
  });

  it('hears of trouble with the run only as ops', async () => {
    const day = await storedDay();
    const { told } = await tell(chat, day, { roles: ['marketing'] });
    expect(told).toEqual([]);
    expect(posted).toEqual([]);
  });
});

describe.each([
  [slack, [404, 'no_service'], 'no_service', 'Make a new one in Slack'],
  [slack, [403, 'action_prohibited'], 'action_prohibited', 'Ask who administers it'],
  [slack, [400, '<html>a proxy</html>'], 'status 400', 'chat-sales'],
  [teams, [404, '{"error":{"code":"WorkflowNotFound","message":"…"}}'], 'WorkflowNotFound', 'a co-owner'],
  [
    teams,
    [401, '{"error":{"code":"DirectApiAuthorizationRequired"}}'],
    'DirectApiAuthorizationRequired',
    'anyone',
  ],
  [teams, [400, ''], 'status 400', 'switched on'],
  [teams, [413, '<html>too large</html>'], 'status 413', 'chat-sales'],
] as const)('$0.title that refuses (%j)', (chat, answer, word, remedy) => {
  it(`says why (${answer[0]} ${word}), with a remedy, and nothing went out`, async () => {
    usual = [chat.taken[0] ?? 200, ''];
    const day = await storedDay();
    answers = [answer];
    const { told, said } = await tell(chat, day);
    expect(told[0]).toMatchObject({
      status: 'failed',
      problem: { code: `${chat.kind.toUpperCase()}_REFUSED` },
    });
    expect(told[0]?.problem?.message).toContain(word);
    expect(told[0]?.problem?.hint).toContain(remedy);
    expect(said).not.toContain('nobody-may-see');
    expect((await tell(chat, day)).told[0]?.status).toBe('sent');
  });
});

test.each([
  [slack, 'blocks'],
  [teams, 'attachments'],
] as const)('while a company is set up, the message is left as a file to look at', async (chat, part) => {
  const day = await storedDay({ delivery: { live: false } });
  const { told } = await tell(chat, day);
  expect(told[0]).toMatchObject({ status: 'written', reference: expect.stringMatching(/^mail\/.*\.json$/) });
  const file = Buffer.from(await day.bucket.read(told[0]?.reference ?? '')).toString('utf8');
  expect(JSON.parse(file)[part].length).toBeGreaterThan(0);
  expect(posted).toEqual([]);
});

test('Slack is told in Block Kit', () => {
  const payload = slackPayload(digestContent(mailData(), fr));
  expect(payload.blocks[0]).toMatchObject({ type: 'header', text: { type: 'plain_text' } });
  expect(JSON.stringify(payload.blocks)).toContain('*691\u202f123\u202f€*');
});

test('Teams is told in an Adaptive Card of plain runs: the news first, an alert in the colour of what it means', () => {
  const { attachments } = teamsPayload(digestContent(mailData(), fr));
  const [{ content, contentType }] = attachments;
  expect(contentType).toBe('application/vnd.microsoft.card.adaptive');
  expect(content.body[0]).toMatchObject({
    type: 'RichTextBlock',
    inlines: [{ text: expect.stringContaining('Taux d’abandon de panier 81,2\u202f%'), size: 'large' }],
  });
  expect(content.body).toContainEqual(expect.objectContaining({ type: 'Container', style: 'attention' }));
  expect(JSON.stringify(content.body)).toContain(
    '{"type":"TextRun","text":"691\u202f123\u202f€","weight":"bolder","size":"medium"}',
  );
  expect(content.fallbackText).toContain('Taux d’abandon');
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4000 }),
  fc.constantFrom('<!channel>', '<@U123>', '&lt;!here&gt;', '*bold* `code` ~x~', ':fire:', '&'.repeat(3000)),
);

function hostileLetter(texts: readonly string[]): MailContent {
  const items = texts.map((what) => ({ what, detail: what }));
  const content = digestContent(mailData(), fr);
  const notices = texts.map((title) => ({ kind: 'notice' as const, title, items }));
  return { ...content, blocks: [...content.blocks, ...notices] };
}

test('whatever data says, a message keeps to Slack’s bounds and mentions nobody', () => {
  fc.assert(
    fc.property(fc.array(hostile, { maxLength: 60 }), (texts) => {
      const payload = slackPayload(hostileLetter(texts));
      expect(payload.blocks.length).toBeLessThanOrEqual(50);
      const texted = payload.blocks.flatMap((block) =>
        'text' in block ? [block.text] : 'elements' in block ? block.elements : [],
      );
      for (const { text } of texted) {
        expect(text.length).toBeLessThanOrEqual(3000);
        expect(text.length).toBeGreaterThan(0);
        expect(text).not.toMatch(/<[!@#]/);
      }
      expect(JSON.stringify(payload.blocks).length).toBeLessThan(13_000);
    }),
    { numRuns: runs(30) },
  );
  expect(escaped('<!channel> *a* & b')).toBe('&lt;!channel&gt; ∗a∗ &amp; b');
});

test('whatever data says, a message keeps to the bounds of Teams and holds no text that is read as Markdown', () => {
  fc.assert(
    fc.property(fc.array(hostile, { maxLength: 60 }), (texts) => {
      const payload = teamsPayload(hostileLetter(texts));
      expect(Buffer.byteLength(JSON.stringify(payload))).toBeLessThan(21_000);
      const [{ content }] = payload.attachments;
      const lines = content.body.flatMap((each) => (each.type === 'Container' ? each.items : [each]));
      for (const { type, inlines } of lines) {
        expect(type).toBe('RichTextBlock');
        for (const run of inlines)
          expect(run).toMatchObject({ type: 'TextRun', text: expect.any(String) as string });
      }
    }),
    { numRuns: runs(30) },
  );
});
