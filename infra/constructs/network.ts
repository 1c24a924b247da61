import { Aws, type Stack } from 'aws-cdk-lib';
import {
  type ISecurityGroup,
  type ISubnet,
  type IVpc,
  SecurityGroup,
  Subnet,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { AwsSection } from '../../functions/lake/company/aws.ts';
import type { Grant } from '../acknowledge.ts';

export interface NetworkProps {
  readonly network: NonNullable<AwsSection['network']>;
  readonly stage: string;
}

/** The company's network as it is named in vigie.yaml: nothing is looked up, so that no account is needed. */
export class Network extends Construct {
  readonly vpc: IVpc;
  readonly subnets: readonly ISubnet[];
  readonly securityGroups: readonly ISecurityGroup[];

  constructor(scope: Construct, id: string, { network, stage }: NetworkProps) {
    super(scope, id);
    // The zones are those of the subnets, which Lambda knows: nothing here asks for them.
    this.vpc = Vpc.fromVpcAttributes(this, 'Vpc', { vpcId: network.vpc, availabilityZones: ['unknown'] });
    this.subnets = network.subnets.map((subnet) => Subnet.fromSubnetId(this, subnet, subnet));
    this.securityGroups =
      network.security_groups.length > 0
        ? network.security_groups.map((group) =>
            SecurityGroup.fromSecurityGroupId(this, group, group, { mutable: false }),
          )
        : [this.#ownGroup(stage)];
  }

  #ownGroup(stage: string): SecurityGroup {
    return new SecurityGroup(this, 'Group', {
      vpc: this.vpc,
      description: `Vigie ${stage}: the step pull goes out, nobody comes in`,
      allowAllOutbound: true,
    });
  }
}

/**
 * What Lambda needs of a function's role to join a network, as AWS documents it: it makes the interfaces with the
 * role's permissions. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export function networkGrants(stack: Stack): Grant[] {
  const interfaces = new PolicyStatement({
    sid: 'NetworkInterfaces',
    actions: [
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ],
    resources: [`arn:${Aws.PARTITION}:ec2:${stack.region}:${Aws.ACCOUNT_ID}:*/*`],
  });
  const looking = new PolicyStatement({
    sid: 'LookAtNetwork',
    actions: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'],
    resources: ['*'],
  });
  return [
    {
      statement: interfaces,
      wildcard:
        'Lambda names its interfaces itself, and AWS documents that deleting them takes all ids or one that nobody knows beforehand.',
    },
    { statement: looking, wildcard: 'EC2 allows describing on all resources or on none.' },
  ];
}
