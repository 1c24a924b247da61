import { dirname, relative } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { PRODUCTION } from '../../functions/lake/company/aws.ts';
import type { Company } from '../../functions/lake/company/company.ts';
import { readersOf } from '../../functions/lake/company/readers.ts';
import { companyOfStage } from '../../functions/lake/company/stage.ts';
import { businessDate } from '../../functions/lake/values/zone.ts';
import type { Environment } from '../../functions/platform/aws/aws-environment.ts';
import { clientSettings } from '../../functions/platform/aws/client-settings.ts';
import { findStack } from '../../functions/platform/aws/stack.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { awsMistakes } from '../../infra/company/aws-mistakes.ts';
import { namesOf } from '../../infra/names.ts';
import type { Context } from '../context.ts';
import { withRegion } from '../stack/region.ts';
import { beingSetUp, LIVE_ON_AWS } from './being-set-up.ts';
import { mailAccount } from './mail-account.ts';
import { nodeVersion } from './node-version.ts';
import { stackSecrets } from './stack-secrets.ts';
import { looking, type Symptom, wordsOf } from './symptom.ts';

/** What `cdk bootstrap` makes, once an account and region. */
const TOOLKIT = 'CDKToolkit';

/** Looks at everything that `cdk deploy` and the first run on AWS need, without deploying. Nothing is changed. */
export async function examineBeforeDeploy(
  context: Context,
  stage: string,
  env: Environment = process.env,
): Promise<Symptom[]> {
  const company = companyOfStage(context.company, stage);
  const own = [
    nodeVersion(),
    ...mistakes(context),
    mailedBy(company, stage),
    ...beingSetUp(company, LIVE_ON_AWS),
    ...dropFolder(context),
  ];
  const found = await regionOf(context, env);
  if ('symptom' in found) return [...own, found.symptom];
  const there = { ...found.env, VIGIE_STAGE: stage, VIGIE_SECRETS_PREFIX: namesOf(stage).secretsPrefix };
  const account = await bootstrap(there, appContext(context, stage));
  // Without credentials nothing else can be seen: it is said once.
  if (account.code === 'AWS_CREDENTIALS') return [...own, found.region, account.symptom];
  return [
    ...own,
    found.region,
    account.symptom,
    ...(await looking('secrets', () => stackSecrets(company, there))),
    ...(await looking('mail account', () => mailAccount(company, there))),
  ];
}

/** What a run on one machine would not mind. */
function mistakes({ company, configFile, platform }: Context): Symptom[] {
  const today = businessDate(platform.clock.now(), company.company.time_zone);
  const found = awsMistakes(company, dirname(configFile), today).map(
    ({ path, message }): Symptom => ({
      what: `vigie.yaml, ${path.join('.')}`,
      status: 'failed',
      finding: message,
    }),
  );
  if (found.length > 0) return found;
  return [
    { what: 'vigie.yaml on AWS', status: 'ok', finding: 'sender, times of day and paths can be deployed' },
  ];
}

/** Whom a stage mails: said before it does. */
function mailedBy({ recipients }: Company, stage: string): Symptom {
  const what = `recipients of ${stage}`;
  const people = readersOf(recipients).map(({ email }) => email);
  if (people.length > 0) return { what, status: 'ok', finding: people.join(', ') };
  return {
    what,
    status: 'warning',
    finding: `the stage ${stage} mails nobody; its figures are in its report and in vigie values --stack`,
    remedy:
      stage === PRODUCTION
        ? 'Name them under recipients in vigie.yaml.'
        : `Name those who try it under aws.stages.${stage}.recipients in vigie.yaml, in the form of recipients; all is everybody. Without that only ${PRODUCTION} mails.`,
  };
}

/** Where on AWS the files of each feed will be looked for. */
const dropFolder = ({ company }: Context): Symptom[] =>
  company.sources.flatMap((source) =>
    'feeds' in source
      ? source.feeds.map(({ table, path }) => ({
          what: `${source.name} → ${table}, deployed`,
          status: 'ok' as const,
          finding: `its files go to inbox/${path} in the stack’s bucket`,
        }))
      : [],
  );

/** CDK starts the app for every command, and the app asks for these. */
const appContext = ({ configFile }: Context, stage: string): string =>
  `-c company=${relative('', dirname(configFile)) || '.'} -c stage=${stage}`;

type Region = { readonly env: Environment; readonly region: Symptom } | { readonly symptom: Symptom };

/** Where `cdk deploy` deploys to: the file’s region, else that of the environment or the profile. */
async function regionOf({ company, configFile }: Context, env: Environment): Promise<Region> {
  const wanted = company.aws.region;
  try {
    const there = wanted === undefined ? await withRegion(env, configFile) : { ...env, AWS_REGION: wanted };
    const region = there['AWS_REGION'] ?? '';
    const here = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || region;
    const what = 'AWS region';
    if (here !== region)
      return {
        env: there,
        region: {
          what,
          status: 'warning',
          finding: `${region} by vigie.yaml, ${here} by the environment: it is deployed to ${region}`,
          remedy: `Other commands of AWS look at ${here}: export AWS_REGION=${region}`,
        },
      };
    return { env: there, region: { what, status: 'ok', finding: region } };
  } catch (error) {
    if (!(error instanceof VigieError)) throw error;
    return { symptom: { what: 'AWS region', status: 'failed', ...wordsOf(error) } };
  }
}

/** Whether there are credentials, and whether CDK was here before. */
async function bootstrap(
  env: Environment,
  app: string,
): Promise<{ readonly code?: string; readonly symptom: Symptom }> {
  const client = new CloudFormationClient(clientSettings(env, 'CLOUDFORMATION'));
  const region = env['AWS_REGION'] ?? '';
  try {
    const toolkit = await findStack(client, TOOLKIT);
    if (toolkit) {
      const version = toolkit.outputs['BootstrapVersion'] ?? 'unknown';
      return {
        symptom: { what: 'CDK bootstrap', status: 'ok', finding: `done in ${region}, version ${version}` },
      };
    }
    return {
      symptom: {
        what: 'CDK bootstrap',
        status: 'failed',
        finding: `CDK has not been prepared in this account for ${region}`,
        remedy: `Once an account and region: npx cdk bootstrap aws://$(aws sts get-caller-identity --query Account --output text)/${region} ${app}`,
      },
    };
  } catch (error) {
    if (!(error instanceof VigieError)) throw error;
    const what = error.code === 'AWS_CREDENTIALS' ? 'AWS credentials' : 'CDK bootstrap';
    return { code: error.code, symptom: { what, status: 'failed', ...wordsOf(error) } };
  } finally {
    client.destroy();
  }
}
