import { Stack, Validations } from 'aws-cdk-lib';
import type { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** Accepts a finding of cdk-nag at one place, with its reason. */
export function acknowledge(construct: IConstruct, id: string, reason: string): void {
  Validations.of(construct).acknowledge({ id, reason });
}

/** What a role may do, and why a resource among it ends in a wildcard, where one does. */
export interface Grant {
  readonly statement: PolicyStatement;
  readonly wildcard?: string;
}

/** Adds statements to a role. Each wildcard is accepted by itself: one without a reason is a finding. */
export function give(role: Role, grants: readonly Grant[]): void {
  for (const { statement, wildcard } of grants) {
    role.addToPolicy(statement);
    if (wildcard === undefined) continue;
    for (const resource of statement.resources) acknowledgeWildcard(role, resource, wildcard);
  }
}

/** Accepts a resource with a wildcard in the policy of a role. */
export function acknowledgeWildcard(role: IConstruct, resource: string, reason: string): void {
  const said = inNagsWords(Stack.of(role).resolve(resource));
  if (said.includes('*')) acknowledge(role, `AwsSolutions-IAM5[Resource::${said}]`, reason);
}

/** `<LakeBucket.Arn>/raw/*`: references stand in angle brackets. */
function inNagsWords(resolved: unknown): string {
  if (typeof resolved === 'string') return resolved;
  const {
    Ref,
    'Fn::GetAtt': attribute,
    'Fn::Join': join,
  } = resolved as {
    Ref?: string;
    'Fn::GetAtt'?: readonly string[];
    'Fn::Join'?: readonly [string, readonly unknown[]];
  };
  if (Ref !== undefined) return `<${Ref}>`;
  if (attribute) return `<${attribute.join('.')}>`;
  if (join) return join[1].map(inNagsWords).join(join[0]);
  throw new Error(`cdk-nag has no words for ${JSON.stringify(resolved)}`);
}
