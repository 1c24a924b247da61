import { PRODUCTION } from './aws.ts';
import type { Company } from './company.ts';

/**
 * The company as a stage knows it: `production` mails everybody under `recipients`, any other those whom
 * `aws.stages.<stage>.recipients` names, and nobody where it is not named. So it is with `channels`, of which a
 * stage names those that it writes to; who mails everybody writes to all of them. What is tried out never reaches people who
 * take it for real.
 */
export function companyOfStage(company: Company, stage: string): Company {
  const { stages } = company.aws;
  const own = Object.hasOwn(stages, stage) ? stages[stage] : undefined;
  const wanted = own?.recipients ?? (stage === PRODUCTION ? 'all' : []);
  const told = own?.channels ?? (wanted === 'all' ? 'all' : []);
  return {
    ...company,
    recipients: wanted === 'all' ? company.recipients : [...wanted],
    channels: told === 'all' ? company.channels : company.channels.filter(({ name }) => told.includes(name)),
  };
}
