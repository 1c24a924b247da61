import { STAGE_NAME } from '../functions/lake/company/aws.ts';
import { VigieError } from '../functions/platform/errors.ts';

/** What somebody wants deployed. */
export interface DeployRequest {
  /** The folder with vigie.yaml. */
  readonly company: string;
  readonly stage: string;
}

/** Reads `-c company=… -c stage=…`. Throws DEPLOY_REQUEST, saying how to ask. */
export function deployRequest(context: (name: string) => unknown): DeployRequest {
  const [company, stage] = [context('company'), context('stage')];
  if (typeof company !== 'string' || company === '') throw refused('it is not said which company to deploy');
  if (typeof stage !== 'string' || stage === '')
    throw refused('it is not said which stage to deploy, such as test or production');
  if (!STAGE_NAME.test(stage))
    throw refused(
      `"${stage}" cannot be the name of a stage: lower case letters, digits and -, a letter first, at most 30`,
    );
  return { company, stage };
}

const refused = (what: string): VigieError =>
  new VigieError(what, {
    code: 'DEPLOY_REQUEST',
    hint: 'Give the folder of vigie.yaml and a name: npx cdk deploy -c company=our-company -c stage=test. In a cdk.json of `vigie init --aws` the company is written down.',
  });
