import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { CLAIM_MINUTES } from '../../../functions/lake/run/outbox.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { fetchHttp } from '../../../functions/platform/fetch-http.ts';
import { openRedactor } from '../../../functions/platform/redact/redactor.ts';
import { slackChannel } from '../../../functions/report/channels/slack.ts';
import { escaped, slackPayload } from '../../../functions/report/channels/slack-blocks.ts';
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
      const answer = answers.shift() ?? [200, 'ok'];
      if (answer === 'break off') return void request.socket.destroy();
      response.writeHead(answer[0], answer[2]).end(answer[1]);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const PATH = '/services/T0/B0/a-part-that-nobody-may-see';
const settings = { kind: 'slack', name: 'sales', secret: 'slack-sales', language: 'fr' } as const;

/** Tells the day in Slack alone, so many minutes later. */
async function tell(day: StoredDay, { roles = ['executive'], minutes = 0, digest = false } = {}) {
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
  const channel = slackChannel(platform, [{ ...settings, roles, digest }]);
  const told = await tellDay(platform, [channel], await readDay(day.bucket, day), day);
  return { told, waited, said: JSON.stringify([said, told]) };
}

describe('a Slack channel', () => {
  it('gets digest and alerts in its language as Block Kit, once', async () => {
    const day = await storedDay();
    const { told } = await tell(day, { digest: true });
    expect(told.map(({ id, channel, status }) => [id.split('.')[0], channel, status])).toEqual([
      ['digest', 'slack', 'sent'],
      ['alert', 'slack', 'sent'],
    ]);
    const [digest] = posted.map(({ body }) => JSON.parse(body));
    expect(digest.text).toContain('Taux d’abandon de panier 81,2\u202f%');
    expect(digest.blocks[0]).toMatchObject({ type: 'header', text: { type: 'plain_text' } });
    expect(JSON.stringify(digest.blocks)).toContain('*691\u202f123\u202f€*');
    expect(posted[0]?.path).toBe(PATH);
    const again = await tell(day, { digest: true });
    expect(again.told.map(({ status }) => status)).toEqual(['already sent', 'already sent']);
    expect(posted).toHaveLength(2);
  });

  it('waits as long as Slack asks it to', async () => {
    answers = [[429, 'rate_limited', { 'retry-after': '2' }]];
    const { told, waited } = await tell(await storedDay());
    expect(told.map(({ status }) => status)).toEqual(['sent']);
    expect(waited).toEqual([2000]);
    expect(posted).toHaveLength(2);
  });

  it('that asks to wait too long is left to the next run, which sends', async () => {
    const day = await storedDay();
    answers = [[429, 'rate_limited', { 'retry-after': '3600' }]];
    const { told, waited } = await tell(day);
    expect(told[0]).toMatchObject({ status: 'failed', problem: { code: 'SLACK_BUSY' } });
    expect(waited).toEqual([]);
    expect((await tell(day)).told[0]?.status).toBe('sent');
  });

  it.each([
    [[404, 'no_service'], 'no_service', 'Make a new one in Slack'],
    [[403, 'action_prohibited'], 'action_prohibited', 'Ask who administers it'],
    [[400, '<html>a proxy</html>'], 'status 400', 'slack-sales'],
  ] as const)(
    'that refuses (%j) says why, with a remedy, and nothing went out',
    async (answer, word, remedy) => {
      const day = await storedDay();
      answers = [answer];
      const { told, said } = await tell(day);
      expect(told[0]).toMatchObject({ status: 'failed', problem: { code: 'SLACK_REFUSED' } });
      expect(told[0]?.problem?.message).toContain(word);
      expect(told[0]?.problem?.hint).toContain(remedy);
      expect(said).not.toContain('nobody-may-see');
      expect((await tell(day)).told[0]?.status).toBe('sent');
    },
  );

  it.each<Answer>(['break off', [500, 'rollup_error']])(
    'whose answer is lost (%j) gets the message twice at most',
    async (lost) => {
      const day = await storedDay();
      answers = [lost, lost];
      const { told, said } = await tell(day);
      expect(told[0]).toMatchObject({ status: 'failed', problem: { code: 'MAIL_UNCERTAIN' } });
      expect(said).not.toContain('nobody-may-see');
      // Another run that comes at once keeps its hands off.
      expect((await tell(day)).told[0]?.problem?.code).toBe('MAIL_IN_HAND');
      await tell(day, { minutes: CLAIM_MINUTES + 1 });
      const last = await tell(day, { minutes: 3 * CLAIM_MINUTES });
      expect(last.told[0]?.problem?.code).toBe('MAIL_UNCERTAIN');
      expect(posted).toHaveLength(2);
    },
  );

  it('that is not there took nothing: the next run sends', async () => {
    const day = await storedDay();
    await new Promise((resolve) => server.close(resolve));
    const { told } = await tell(day);
    expect(told[0]).toMatchObject({ status: 'failed', problem: { code: 'HTTP_FAILED' } });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    expect((await tell(day)).told[0]?.status).toBe('sent');
  });

  it('hears of trouble with the run only as ops', async () => {
    const day = await storedDay();
    const { told } = await tell(day, { roles: ['marketing'] });
    expect(told).toEqual([]);
    expect(posted).toEqual([]);
  });
});

test('while a company is set up, the message is left as a file to look at', async () => {
  const day = await storedDay({ delivery: { live: false } });
  const { told } = await tell(day);
  expect(told[0]).toMatchObject({ status: 'written', reference: expect.stringMatching(/^mail\/.*\.json$/) });
  const file = Buffer.from(await day.bucket.read(told[0]?.reference ?? '')).toString('utf8');
  expect(JSON.parse(file).blocks.length).toBeGreaterThan(2);
  expect(posted).toEqual([]);
});

test('whatever data says, a message keeps to Slack’s bounds and mentions nobody', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4000 }),
    fc.constantFrom(
      '<!channel>',
      '<@U123>',
      '&lt;!here&gt;',
      '*bold* `code` ~x~',
      ':fire:',
      '&'.repeat(3000),
    ),
  );
  fc.assert(
    fc.property(fc.array(hostile, { maxLength: 60 }), (texts) => {
      const items = texts.map((what) => ({ what, detail: what }));
      const content = digestContent(mailData(), fr);
      const blocks = [
        ...content.blocks,
        ...texts.flatMap((title) => [{ kind: 'notice' as const, title, items }]),
      ];
      const payload = slackPayload({ ...content, blocks });
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
