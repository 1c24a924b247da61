import type { Company } from '../../functions/lake/company/company.ts';

/** `vigie@example.com` of `Vigie <vigie@example.com>`. */
export function addressIn(from: string): string {
  return (/<([^<>]+)>\s*$/.exec(from)?.[1] ?? from).trim();
}

export const senderAddress = (company: Pick<Company, 'delivery'>): string => addressIn(company.delivery.from);
