import { type AwsSection, PRODUCTION } from './aws.ts';
import type { Site } from './aws-site.ts';
import type { Company } from './company.ts';

/**
 * The company as a stage knows it: `production` mails everybody under `recipients`, any other those whom
 * `aws.stages.<stage>.recipients` names, and nobody where it is not named. So it is with `channels`, of which a
 * stage names those that it writes to; who mails everybody writes to all of them. What is tried out never reaches people who
 * take it for real. Where the stage has a site, mails lead there, unless `delivery.report_url` says otherwise.
 */
export function companyOfStage(company: Company, stage: string): Company {
  const { stages } = company.aws;
  const own = Object.hasOwn(stages, stage) ? stages[stage] : undefined;
  const wanted = own?.recipients ?? (stage === PRODUCTION ? 'all' : []);
  const told = own?.channels ?? (wanted === 'all' ? 'all' : []);
  const site = siteOf(company.aws, stage);
  return {
    ...company,
    delivery: { ...(site && { report_url: `https://${site.domain}/` }), ...company.delivery },
    recipients: wanted === 'all' ? company.recipients : [...wanted],
    channels: told === 'all' ? company.channels : company.channels.filter(({ name }) => told.includes(name)),
  };
}

/** Stands in `aws.site.domain` for the name of the stage. */
const STAGE = '{stage}';

/** The site of a stage, under its own name; undefined where it has none: a name without `{stage}` is that of production. */
export function siteOf({ site }: Pick<AwsSection, 'site'>, stage: string): Site | undefined {
  if (site === undefined) return undefined;
  if (site.domain.includes(STAGE)) return { ...site, domain: site.domain.replaceAll(STAGE, stage) };
  return stage === PRODUCTION ? site : undefined;
}
