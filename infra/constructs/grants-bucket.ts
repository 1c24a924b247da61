import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Access, Area } from '../access.ts';
import type { Grant } from '../acknowledge.ts';

const OBJECTS =
  'All objects below one folder of the stack’s own bucket; infra/access.ts says which step needs which.';

/** The folders of the bucket, the stack’s or the company’s own, that a function reads and writes. */
export function bucketGrants(bucket: IBucket, { reads, writes, athena }: Access): Grant[] {
  const below = (areas: readonly Area[]): string[] => areas.map((area) => bucket.arnForObjects(`${area}/*`));
  const all = [...reads, ...writes];
  const grants: Grant[] = [
    {
      statement: new PolicyStatement({
        sid: 'List',
        // Without it a missing object is answered 403 instead of 404. Such a request names no prefix: hence IfExists.
        actions: ['s3:ListBucket'],
        resources: [bucket.bucketArn],
        conditions: { StringLikeIfExists: { 's3:prefix': all.map((area) => `${area}/*`) } },
      }),
    },
    {
      statement: new PolicyStatement({ sid: 'Read', actions: ['s3:GetObject'], resources: below(all) }),
      wildcard: OBJECTS,
    },
    {
      statement: new PolicyStatement({
        sid: 'Write',
        actions: [
          's3:PutObject',
          's3:DeleteObject',
          's3:AbortMultipartUpload',
          's3:ListMultipartUploadParts',
        ],
        resources: below(writes),
      }),
      wildcard: OBJECTS,
    },
  ];
  if (athena === undefined) return grants;
  const statement = new PolicyStatement({
    sid: 'AthenaBucket',
    actions: ['s3:GetBucketLocation', 's3:ListBucketMultipartUploads'],
    resources: [bucket.bucketArn],
  });
  return [...grants, { statement }];
}
