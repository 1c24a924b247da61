import type { Company } from '../../lake/company/company.ts';
import type { Announcer } from '../../platform/announcer.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Channel } from './channel.ts';
import { mailChannel } from './mail.ts';
import { slack } from './slack.ts';
import { teams } from './teams.ts';
import { topicChannel } from './topic.ts';
import { webhookChannel } from './webhook.ts';

export type ChannelPlatform = Pick<Platform, 'mailer' | 'clock' | 'http' | 'secrets' | 'redactor'>;

/** Where other tools listen, on AWS. */
export interface Topics {
  /** Text, for mails and paging tools. */
  readonly announcer?: Announcer | undefined;
  /** In the form of Amazon Q Developer in chat applications. */
  readonly chat?: Announcer | undefined;
}

/** Every channel in which a company is told. */
export function channelsOf(platform: ChannelPlatform, company: Company, topics: Topics = {}): Channel[] {
  const chats = [slack, teams].flatMap((chat) => {
    const settings = company.channels.filter(({ kind }) => kind === chat.kind);
    return settings.length > 0 ? [webhookChannel(platform, chat, settings)] : [];
  });
  return [
    mailChannel(platform, company, company.recipients),
    ...chats,
    ...(topics.announcer ? [topicChannel(topics.announcer)] : []),
    ...(topics.chat ? [topicChannel(topics.chat, 'chat-topic')] : []),
  ];
}
