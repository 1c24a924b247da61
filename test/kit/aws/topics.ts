import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import type { Environment } from '../../../functions/platform/aws/aws-environment.ts';
import { clientSettings } from '../../../functions/platform/aws/client-settings.ts';

/** What a topic handed on to its subscribers. */
export interface Published {
  readonly topic: 'alerts' | 'chat';
  readonly subject: string;
  readonly message: string;
}

/** The two topics of a stack on moto's SNS. */
export interface Topics {
  /** What the stack's functions know of them. */
  readonly env: Environment;
  /** What a subscriber on loopback got. */
  readonly published: readonly Published[];
  stop(): Promise<void>;
}

let stacks = 0;

/** Makes them; `listens`: with the subscriber, which nobody has to confirm. */
export async function topicsOf(env: Environment, listens: boolean): Promise<Topics> {
  stacks += 1;
  const published: Published[] = [];
  const server = createServer(async (request, response) => {
    published.push(noted(await json(request)));
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const Endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const client = new SNSClient(clientSettings(env, 'SNS'));
  const made = async (topic: Published['topic']): Promise<string> => {
    const { TopicArn } = await client.send(
      new CreateTopicCommand({ Name: `vigie-${process.pid}-${stacks}-${topic}` }),
    );
    if (listens) await client.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint }));
    return TopicArn ?? '';
  };
  const topics = { VIGIE_ALERT_TOPIC: await made('alerts'), VIGIE_CHAT_TOPIC: await made('chat') };
  client.destroy();
  return {
    env: topics,
    published,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A notification as SNS posts it; moto leaves the message's attributes out. */
interface Notification {
  readonly TopicArn: string;
  readonly Subject?: string;
  readonly Message: string;
}

function noted(body: unknown): Published {
  const { TopicArn, Subject = '', Message } = body as Notification;
  return { topic: TopicArn.endsWith('-chat') ? 'chat' : 'alerts', subject: Subject, message: Message };
}
