import { LINK_SECRET } from '../../functions/lake/alerts/link.ts';
import { SITE_SECRETS } from '../../functions/lake/company/aws-site.ts';
import type { Company } from '../../functions/lake/company/company.ts';
import { siteOf } from '../../functions/lake/company/stage.ts';

const REFERENCE = /\$\{secret:([A-Za-z0-9._/-]+)\}/g;

/** The names of the secrets that letters need: of the places that a company is told in beside mails, and of the links of alerts; ascending. */
export const channelSecrets = ({ channels, aws }: Pick<Company, 'channels' | 'aws'>): string[] =>
  [...new Set([...channels.map(({ secret }) => secret), ...(aws.links ? [LINK_SECRET] : [])])].sort();

/** The names of the secrets that a company’s sources refer to, ascending, wherever in their settings they stand. */
export const sourceSecrets = ({ sources }: Pick<Company, 'sources'>): string[] => referredTo(sources);

/** The names of the secrets by which audiences are pushed to vendors, ascending. */
export const pushSecrets = ({ audiences }: Pick<Company, 'audiences'>): string[] => referredTo(audiences);

function referredTo(part: unknown): string[] {
  const found = JSON.stringify(part).matchAll(REFERENCE);
  return [...new Set([...found].map(([, name]) => name as string))].sort();
}

/** The names of the secrets of a stage's site; none where it has no site. */
export const siteSecrets = ({ aws }: Pick<Company, 'aws'>, stage: string): readonly string[] =>
  siteOf(aws, stage) === undefined ? [] : SITE_SECRETS;
