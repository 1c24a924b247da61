import type { Company } from '../../functions/lake/company/company.ts';
import type { Symptom } from './symptom.ts';

/** Said wherever mails are looked at, on AWS too: a company that is being set up mails nobody, whoever its recipients are. */
export function beingSetUp({ delivery }: Pick<Company, 'delivery'>, whenRight: string): Symptom[] {
  if (delivery.live) return [];
  return [
    {
      what: 'mail',
      status: 'warning',
      finding: 'this company is being set up (`delivery.live: false`): mails are written, nobody is sent any',
      remedy: `Once the figures are right: ${whenRight}`,
    },
  ];
}

/** How it ends where the company is deployed. */
export const LIVE_ON_AWS = '`live: true` in vigie.yaml, and deploy again.';
