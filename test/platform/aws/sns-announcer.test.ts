import { PublishCommand, type PublishCommandInput, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Announcement } from '../../../functions/platform/announcer.ts';
import { announcerFromEnv, chatAnnouncerFromEnv } from '../../../functions/platform/aws/sns-announcer.ts';

const sns = mockClient(SNSClient);
afterAll(() => sns.restore());
beforeEach(() => sns.reset());

const env = { AWS_REGION: 'eu-west-1', VIGIE_ALERT_TOPIC: 'arn:alerts', VIGIE_CHAT_TOPIC: 'arn:chat' };
const announcement: Announcement = {
  kind: 'alert',
  subject: 'Ventes — chute à Lyon',
  text: 'Net revenue *fell* to <!channel> :fire: at A&B\n',
  facts: { as_of: '2026-11-21' },
};

/** What was published, once it was. */
async function published(chat: boolean): Promise<PublishCommandInput | undefined> {
  sns.on(PublishCommand).resolves({ MessageId: 'm-1' });
  const announcer = chat ? chatAnnouncerFromEnv(env) : announcerFromEnv(env);
  expect(await announcer?.announce(announcement)).toEqual({ reference: 'm-1' });
  const [call] = sns.commandCalls(PublishCommand);
  expect(sns.commandCalls(PublishCommand)).toHaveLength(1);
  return call?.args[0].input;
}

test('the topic of alerts gets text, with a subject that SNS takes', async () => {
  expect(await published(false)).toMatchObject({
    TopicArn: 'arn:alerts',
    Subject: 'Ventes - chute a Lyon',
    Message: announcement.text,
    MessageAttributes: { kind: { StringValue: 'alert' }, as_of: { StringValue: '2026-11-21' } },
  });
});

describe('the topic of the chat', () => {
  test('gets the form that Amazon Q Developer shows, a thread a day', async () => {
    const sent = await published(true);
    expect(sent?.TopicArn).toBe('arn:chat');
    expect(JSON.parse(String(sent?.Message))).toEqual({
      version: '1.0',
      source: 'custom',
      content: {
        textType: 'client-markdown',
        title: announcement.subject,
        description: 'Net revenue ∗fell∗ to ‹!channel› :\u2060fire: at A&B',
        keywords: ['alert'],
      },
      metadata: {
        threadId: 'vigie-2026-11-21',
        summary: announcement.subject,
        eventType: 'vigie-alert',
        additionalContext: { as_of: '2026-11-21' },
      },
    });
  });

  test('is shortened, and stays in its form', async () => {
    sns.on(PublishCommand).resolves({});
    const long = 'é"\\'.repeat(50_000);
    await chatAnnouncerFromEnv(env)?.announce({ ...announcement, subject: long, text: long });
    const message = String(sns.commandCalls(PublishCommand)[0]?.args[0].input.Message);
    expect(Buffer.byteLength(message)).toBeLessThan(256 * 1024);
    const { content } = JSON.parse(message) as { content: { title: string; description: string } };
    expect(content.title).toMatch(/…$/);
    expect(content.description).toMatch(/…$/);
  });

  test('is none where the stack has none', () => {
    expect(chatAnnouncerFromEnv({ ...env, VIGIE_CHAT_TOPIC: undefined as never })).toBeUndefined();
  });
});
