import { slackPayload } from './slack-blocks.ts';
import type { WebhookChat } from './webhook.ts';

/** What Slack says in one word: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks. */
const REMEDIES: Readonly<Record<string, string>> = {
  no_service:
    'The webhook was removed or switched off. Make a new one in Slack and store its address as the secret.',
  no_team: 'The webhook’s workspace is gone. Make a new one in Slack and store its address as the secret.',
  invalid_token:
    'The address is not one of Slack’s any more. Make a new webhook and store its address as the secret.',
  channel_is_archived: 'Its channel is archived. Bring it back, or make a webhook for another one.',
  channel_not_found: 'Its channel is gone. Make a webhook for another one.',
  action_prohibited: 'The workspace does not let this app post. Ask who administers it.',
  posting_to_general_channel_denied:
    'The workspace does not let apps post into its general channel. Use another one.',
};

/** Slack, by incoming webhooks. */
export const slack: WebhookChat = {
  kind: 'slack',
  title: 'Slack',
  taken: [200],
  addressHint:
    'Slack shows it under “Incoming Webhooks” of your app: it begins with https://hooks.slack.com/services/.',
  payload: slackPayload,
  reason: (body) => (/^[a-z_]{3,60}$/.test(body) ? body : undefined),
  remedy: (word) => (word === undefined ? undefined : REMEDIES[word]),
};
