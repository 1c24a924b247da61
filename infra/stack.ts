import { Aws, CfnOutput, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Company } from '../functions/lake/company/company.ts';
import { resolvedCompany } from '../functions/lake/company/resolved.ts';
import { siteOf } from '../functions/lake/company/stage.ts';
import { deploymentOf } from '../functions/lake/run/live-company.ts';
import { addressIn } from '../functions/platform/address.ts';
import { ALERT_LINKS, type BundleName, SIGN_IN } from './access.ts';
import { applyRules } from './company/rules.ts';
import { channelSecrets, pushSecrets, sourceSecrets } from './company/secrets.ts';
import { AlertLinks } from './constructs/alert-links.ts';
import { BrokenRun } from './constructs/broken-run.ts';
import { Overview } from './constructs/dashboard.ts';
import { Delivery } from './constructs/delivery.ts';
import { Droppers } from './constructs/droppers.ts';
import { FiguresTable } from './constructs/figures-table.ts';
import { Functions } from './constructs/functions.ts';
import { Lake } from './constructs/lake.ts';
import { Machines } from './constructs/machines.ts';
import { Network } from './constructs/network.ts';
import { Site } from './constructs/site.ts';
import { Timetable } from './constructs/timetable.ts';
import { Watch } from './constructs/watch.ts';
import { type Names, namesOf } from './names.ts';

export interface VigieStackProps {
  readonly company: Company;
  /** `production`, `test` … */
  readonly stage: string;
  /** The folder with a function’s bundle. */
  readonly bundle: (name: BundleName) => string;
}

/** All of Vigie for one company and stage. It knows no account and looks nothing up, so that it synthesises offline. */
export class VigieStack extends Stack {
  constructor(scope: Construct, { company, stage, bundle }: VigieStackProps) {
    const names = namesOf(stage);
    super(scope, names.stack, stackProps(company, names));
    Tags.of(this).add('vigie:stage', stage);
    const { aws } = company;
    const key = aws.key === undefined ? undefined : Key.fromKeyArn(this, 'CompanyKey', aws.key);
    const { network } = aws;
    const lake = new Lake(this, 'Lake', { names, aws, key });
    if (aws.figures_table)
      new FiguresTable(this, 'FiguresTable', {
        bucket: lake.bucket,
        database: names.lakeDatabase,
      }).node.addDependency(lake);
    new Droppers(this, 'Droppers', { names, company, bucket: lake.bucket, key });
    const delivery = new Delivery(this, 'Delivery', { names, alarmEmails: aws.alarm_emails, key });
    const links = aws.links
      ? new AlertLinks(this, 'AlertLinks', {
          ...{ names, key, bucket: lake.bucket },
          bundle: bundle(ALERT_LINKS),
          logDays: aws.log_days,
        })
      : undefined;
    const functions = new Functions(this, 'Functions', {
      names,
      bundle,
      bucket: lake.bucket,
      ...{ alertTopic: delivery.alertTopic, chatTopic: delivery.chatTopic },
      key: delivery.key,
      ownKey: key,
      authorities: company.network.ca_file !== undefined,
      network: network && new Network(this, 'Network', { network, stage }),
      secrets: sourceSecrets(company),
      channelSecrets: channelSecrets(company),
      pushSecrets: pushSecrets(company),
      sender: addressIn(company.delivery.from),
      logDays: aws.log_days,
      linksUrl: links?.url,
    }).byName;
    const machines = new Machines(this, 'Machines', { names, functions, logDays: aws.log_days, key });
    const { missed } = new Timetable(this, 'Timetable', {
      names,
      company,
      ...{ pipeline: machines.pipeline, maintenance: machines.maintenance, watcher: functions.run },
      teller: functions.report,
    });
    new BrokenRun(this, 'BrokenRun', {
      ...{ pipeline: machines.pipeline, run: functions.run, deadLetters: missed },
    });
    const { alarms } = new Watch(this, 'Watch', {
      names,
      aws,
      missed,
      ...{ pipeline: machines.pipeline, maintenance: machines.maintenance },
      alertTopic: delivery.alertTopic,
    });
    new Overview(this, 'Overview', {
      names,
      functions,
      alarms,
      ...{ companyName: company.company.name, pipeline: machines.pipeline },
    });
    const site = siteOf(aws, stage);
    const shown =
      site &&
      new Site(this, 'Site', {
        ...{ names, site, key },
        bucket: lake.bucket,
        bundle: bundle(SIGN_IN),
        logDays: aws.log_days,
      });
    applyRules(this, aws);
    this.#outputs(names, {
      // What is pushed into the bucket counts for this deployment (`vigie config push`).
      Deployment: deploymentOf(resolvedCompany(company)),
      Bucket: lake.bucket.bucketName,
      StateMachine: machines.pipeline.stateMachineArn,
      AlertTopic: delivery.alertTopic.topicArn,
      ChatTopic: delivery.chatTopic.topicArn,
      ...(links && { LinksUrl: links.url }),
      ...(shown && { SiteDomain: shown.distribution.distributionDomainName }),
    });
  }

  /** What `vigie --stack` reads. */
  #outputs(names: Names, made: Readonly<Record<string, string>>): void {
    const outputs: Record<string, string> = {
      ...made,
      LandingDatabase: names.landingDatabase,
      LakeDatabase: names.lakeDatabase,
      Workgroup: names.workgroup,
      ConfigurationSet: names.configurationSet,
      SecretsPrefix: names.secretsPrefix,
      Stage: names.stage,
      DashboardUrl: `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home?region=${Aws.REGION}#dashboards/dashboard/${names.dashboard}`,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}

const stackProps = ({ company, aws }: Company, names: Names): StackProps => ({
  stackName: names.stack,
  description: `Vigie: the KPIs of ${company.name}, ${names.stage}`,
  ...(aws.region === undefined ? {} : { env: { region: aws.region } }),
});
