import { PRODUCTION } from './aws.ts';
import type { Company } from './company.ts';

/**
 * The company as a stage knows it: `production` mails everybody under `recipients`, any other those whom
 * `aws.stages.<stage>.recipients` names, and nobody where it is not named. What is tried out never reaches people who
 * take it for real.
 */
export function companyOfStage(company: Company, stage: string): Company {
  const { stages } = company.aws;
  const own = Object.hasOwn(stages, stage) ? stages[stage] : undefined;
  const wanted = own?.recipients ?? (stage === PRODUCTION ? 'all' : []);
  return wanted === 'all' ? company : { ...company, recipients: [...wanted] };
}
