import { teamsPayload } from './teams-card.ts';
import type { WebhookChat } from './webhook.ts';

const STORE = 'Store its address as the secret anew.';

/** By status, since the words of flows are documented nowhere. */
const REMEDIES: Readonly<Record<number, string>> = {
  400: 'Is the flow switched on, and is its trigger “When a Teams webhook request is received”? Power Automate shows its last runs and what was wrong with them.',
  401: `The address is not valid any more, or the flow’s trigger lets in nobody from outside: it has to let anyone trigger it. ${STORE}`,
  403: `The address is not valid any more, or the flow’s trigger lets in nobody from outside: it has to let anyone trigger it. ${STORE}`,
  404: `The flow was deleted, perhaps with the account of who made it. Make a new one, with a co-owner. ${STORE}`,
};

/**
 * Microsoft Teams, by a flow of the Workflows app that posts what a webhook gets; the webhooks of Office 365 connectors are gone. A flow says 202
 * as soon as it has the message: whether Teams then shows it only Power Automate knows.
 * https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
 */
export const teams: WebhookChat = {
  kind: 'teams',
  title: 'Teams',
  taken: [200, 202],
  addressHint:
    'The Workflows app of Teams shows it once a flow that begins with “When a Teams webhook request is received” is saved: it ends with sig= and a signature.',
  payload: teamsPayload,
  reason: (body) => /"code"\s*:\s*"([A-Za-z]{3,60})"/.exec(body)?.[1],
  remedy: (_, status) => REMEDIES[status],
};
