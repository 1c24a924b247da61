import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import {
  CloudWatchDimensionSource,
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailSendingEvent,
  EventDestination,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { MAIL_DIMENSION } from './metrics.ts';

export interface DeliveryProps {
  readonly names: Names;
  readonly alarmEmails: readonly string[];
  /** The company's own key; absent: the stack makes one. */
  readonly key: IKey | undefined;
}

/** What may become of a mail that nobody gets. */
const MAIL_TROUBLE = [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT, EmailSendingEvent.REJECT];

/** How people and tools are told: mails by SES, alerts and alarms by a topic that chat and paging tools subscribe to. */
export class Delivery extends Construct {
  /** Of the topics: the key that AWS keeps for SNS admits neither alarms nor SES. */
  readonly key: IKey;
  readonly alertTopic: Topic;
  /** Told the same in the form of Amazon Q Developer in chat applications, which drops everything else. */
  readonly chatTopic: Topic;
  readonly bounceTopic: Topic;

  constructor(scope: Construct, id: string, { names, alarmEmails, key }: DeliveryProps) {
    super(scope, id);
    this.key = key ?? this.#topicKey(names);
    this.alertTopic = this.#topic('Alerts', `Vigie ${names.stage}`);
    this.alertTopic.addToResourcePolicy(publish(this.alertTopic, 'cloudwatch'));
    for (const email of alarmEmails) this.alertTopic.addSubscription(new EmailSubscription(email));
    this.chatTopic = this.#topic('Chat', `Vigie ${names.stage}: chat`);
    this.bounceTopic = this.#topic('Bounces', `Vigie ${names.stage}: mails that did not arrive`);
    this.#configurationSet(names);
  }

  #topicKey(names: Names): Key {
    const key = new Key(this, 'Key', {
      description: `Vigie ${names.stage}: alerts, alarms and bounces`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Publishers',
        principals: ['cloudwatch', 'ses'].map((name) => new ServicePrincipal(`${name}.amazonaws.com`)),
        actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
        // In a key’s own policy: this key.
        resources: ['*'],
      }),
    );
    return key;
  }

  #topic(id: string, displayName: string): Topic {
    return new Topic(this, id, { displayName, masterKey: this.key, enforceSSL: true });
  }

  #configurationSet(names: Names): void {
    const set = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: names.configurationSet,
      reputationMetrics: true,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
    });
    // To read which mail it was.
    set.addEventDestination('Trouble', {
      destination: EventDestination.snsTopic(this.bounceTopic),
      events: MAIL_TROUBLE,
    });
    // To count them: the topic also gets a message of SES's own, that it was validated, which is no bounce.
    set.addEventDestination('Counts', {
      destination: EventDestination.cloudWatchDimensions([
        {
          name: MAIL_DIMENSION,
          source: CloudWatchDimensionSource.MESSAGE_TAG,
          defaultValue: names.configurationSet,
        },
      ]),
      events: MAIL_TROUBLE,
    });
  }
}

const publish = (topic: Topic, service: string): PolicyStatement =>
  new PolicyStatement({
    sid: 'Alarms',
    principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
  });
