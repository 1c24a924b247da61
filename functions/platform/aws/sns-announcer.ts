import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Announcement, Announcer } from '../announcer.ts';
import { type Environment, stackFact } from './aws-environment.ts';
import { awsError } from './aws-errors.ts';
import { chatForm } from './chat-form.ts';
import { clientSettings } from './client-settings.ts';

/** SNS takes a subject of at most 100 ASCII characters that begins with a letter, digit or punctuation mark. */
const SUBJECT_LENGTH = 100;
/** And a message of 256 KB; what chat tools show is far less. */
const TEXT_LENGTH = 60_000;

/** The stack's alert topic. Subscribers can filter by the attribute `kind`. */
export function announcerFromEnv(env: Environment): Announcer {
  return snsAnnouncer(new SNSClient(clientSettings(env, 'SNS')), stackFact(env, 'alertTopic'));
}

/**
 * The topic beside it that Amazon Q Developer in chat applications listens to, which shows nothing but its own form.
 * Undefined where the stack has none.
 */
export function chatAnnouncerFromEnv(env: Environment): Announcer | undefined {
  const topic = env['VIGIE_CHAT_TOPIC'];
  return topic ? snsAnnouncer(new SNSClient(clientSettings(env, 'SNS')), topic, chatForm) : undefined;
}

const asText = ({ text }: Announcement): string => text.slice(0, TEXT_LENGTH);

/** Publishes to a topic; `form`: what an announcement becomes there. */
export function snsAnnouncer(
  client: SNSClient,
  topic: string,
  form: (announcement: Announcement) => string = asText,
): Announcer {
  return {
    async announce(announcement) {
      const { kind, subject, facts } = announcement;
      const attributes = Object.entries({ kind, ...facts }).map(([name, value]) => [
        name,
        { DataType: 'String', StringValue: value },
      ]);
      const message = new PublishCommand({
        TopicArn: topic,
        Subject: asciiSubject(subject),
        Message: form(announcement),
        MessageAttributes: Object.fromEntries(attributes),
      });
      try {
        return { reference: (await client.send(message)).MessageId ?? '' };
      } catch (error) {
        throw awsError(error, `announcing on ${topic}`);
      }
    },
  };
}

/** Accents fall, everything else that SNS refuses becomes a blank. */
function asciiSubject(subject: string): string {
  const plain = subject
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[—–]/g, '-')
    .replaceAll(/[^\x20-\x7e]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return plain.length > SUBJECT_LENGTH ? `${plain.slice(0, SUBJECT_LENGTH - 3)}...` : plain || 'Vigie';
}
