import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LINK_SECRET } from '../../functions/lake/alerts/link.ts';
import { alertCommandPrefix } from '../../functions/lake/catalogue/alert.ts';
import { ALERT_LINKS, type Area } from '../access.ts';
import type { Grant } from '../acknowledge.ts';
import { READ, secretGrants } from './grants.ts';
import { UrlFunction, type UrlFunctionProps } from './url-function.ts';

export interface AlertLinksProps extends Pick<UrlFunctionProps, 'names' | 'bundle' | 'logDays' | 'key'> {
  readonly bucket: IBucket;
}

/** What was judged, and what people said of it: all that it reads. */
const READS: Area = 'alerts';

/**
 * Answers the links by which alerts are acknowledged and snoozed, by functions/alert-links
 * (docs/decisions/0061-a-link-asks-and-its-page-acts.md). Its address is open to everybody: what lets in is the signature
 * of the link.
 */
export class AlertLinks extends Construct {
  /** Where links lead, `/` at its end. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: AlertLinksProps) {
    super(scope, id);
    const { names, bucket } = props;
    const answers = new UrlFunction(this, 'Answers', {
      ...props,
      called: ALERT_LINKS,
      does: 'acknowledges and snoozes alerts by links',
      grants: [
        ...secretGrants(Stack.of(this), names, 'LinkSecret', [LINK_SECRET], READ),
        ...alertGrants(bucket),
      ],
      environment: { VIGIE_BUCKET: bucket.bucketName },
    });
    this.url = answers.function.addFunctionUrl({ authType: FunctionUrlAuthType.NONE }).url;
  }
}

/** It reads `alerts/` and makes new commands; it replaces none, and deletes nothing. */
function alertGrants(bucket: IBucket): Grant[] {
  const below = bucket.arnForObjects(`${READS}/*`);
  const commands = bucket.arnForObjects(`${alertCommandPrefix}*`);
  return [
    {
      statement: new PolicyStatement({
        sid: 'List',
        actions: ['s3:ListBucket'],
        resources: [bucket.bucketArn],
        conditions: { StringLikeIfExists: { 's3:prefix': [`${READS}/*`] } },
      }),
    },
    {
      statement: new PolicyStatement({ sid: 'Read', actions: ['s3:GetObject'], resources: [below] }),
      wildcard:
        'What was judged of each day, and each command on an alert: their names are made as days go by.',
    },
    {
      statement: new PolicyStatement({
        sid: 'Create',
        actions: ['s3:PutObject'],
        resources: [commands],
        // Only a request with If-None-Match: whoever talked it into something would replace nobody's word.
        conditions: { Null: { 's3:if-none-match': 'false' } },
      }),
      wildcard: 'A command on an alert is a new object, whose name is made of its link.',
    },
  ];
}
