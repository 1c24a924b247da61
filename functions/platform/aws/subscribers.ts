import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { type Environment, stackFact } from './aws-environment.ts';
import { awsError } from './aws-errors.ts';
import { clientSettings } from './client-settings.ts';

/** Who hears of alerts and alarms. */
export interface Subscribers {
  readonly confirmed: number;
  /** Where they were asked and have not said yes: their addresses. */
  readonly pending: readonly string[];
}

export async function subscribers(env: Environment): Promise<Subscribers> {
  const client = new SNSClient(clientSettings(env, 'SNS'));
  const pending: string[] = [];
  let confirmed = 0;
  try {
    const TopicArn = stackFact(env, 'alertTopic');
    for await (const page of paginateListSubscriptionsByTopic({ client }, { TopicArn })) {
      for (const { SubscriptionArn, Endpoint } of page.Subscriptions ?? []) {
        if (SubscriptionArn === 'PendingConfirmation') pending.push(Endpoint ?? '?');
        else confirmed += 1;
      }
    }
    return { confirmed, pending };
  } catch (error) {
    throw awsError(error, 'listing who hears of alarms');
  } finally {
    client.destroy();
  }
}
