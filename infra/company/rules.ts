import { Aws, type Stack, Tags } from 'aws-cdk-lib';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import type { AwsSection } from '../../functions/lake/company/aws.ts';

/** What a company wants of everything in its account: its tags on it all, its boundary on every role. */
export function applyRules(stack: Stack, { tags, permissions_boundary: boundary }: AwsSection): void {
  for (const [key, value] of Object.entries(tags)) Tags.of(stack).add(key, value);
  if (boundary === undefined) return;
  const arn = boundary.startsWith('arn:')
    ? boundary
    : `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:policy/${boundary}`;
  PermissionsBoundary.of(stack).apply(ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', arn));
}
