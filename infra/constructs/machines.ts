import { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { pipeline } from '../../functions/pipeline.ts';
import type { FunctionName } from '../access.ts';
import { acknowledge } from '../acknowledge.ts';
import type { Names } from '../names.ts';
import type { StateMachine as Definition } from '../state-machine/asl.ts';
import { maintenanceMachine } from '../state-machine/maintenance-machine.ts';
import { pipelineMachine } from '../state-machine/pipeline-machine.ts';

export interface MachinesProps {
  readonly names: Names;
  readonly functions: Readonly<Record<FunctionName, LambdaFunction>>;
  readonly logDays: number;
  /** The company's own key, which the logs are under. */
  readonly key: IKey | undefined;
}

/** The pipeline as a state machine, and the weekly maintenance. */
export class Machines extends Construct {
  readonly pipeline: StateMachine;
  readonly maintenance: StateMachine;

  constructor(scope: Construct, id: string, props: MachinesProps) {
    super(scope, id);
    this.pipeline = this.#machine('Pipeline', props.names.stateMachine, pipelineMachine(pipeline), props);
    this.maintenance = this.#machine('Maintenance', props.names.maintenance, maintenanceMachine(), props);
  }

  #machine(
    id: string,
    name: string,
    definition: Definition,
    { functions, logDays, key }: MachinesProps,
  ): StateMachine {
    const part = new Construct(this, id);
    const text = JSON.stringify(definition);
    const used = Object.entries(functions).filter(([step]) => text.includes(`\${${step}}`));
    const role = new Role(part, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        sid: 'Steps',
        actions: ['lambda:InvokeFunction'],
        resources: used.map(([, fn]) => fn.functionArn),
      }),
    );
    acknowledge(
      role,
      'AwsSolutions-IAM5[Resource::*]',
      'The delivery of logs and X-Ray take no other resource than “*”. The functions are named one by one.',
    );
    return new StateMachine(part, 'Machine', {
      stateMachineName: name,
      stateMachineType: StateMachineType.STANDARD,
      comment: definition.Comment,
      definitionBody: DefinitionBody.fromString(text),
      definitionSubstitutions: Object.fromEntries(used.map(([step, fn]) => [step, fn.functionArn])),
      role,
      tracingEnabled: true,
      logs: {
        level: LogLevel.ALL,
        // What goes through holds names of items and errors; the functions log the rest.
        includeExecutionData: false,
        destination: new LogGroup(part, 'Logs', {
          logGroupName: `/aws/vendedlogs/states/${name}`,
          retention: logDays as RetentionDays,
          removalPolicy: RemovalPolicy.DESTROY,
          ...(key === undefined ? {} : { encryptionKey: key }),
        }),
      },
    });
  }
}
