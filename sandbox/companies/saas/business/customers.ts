import { type Random, randomStream } from '../../../kit/random.ts';
import { ORIGINS } from './channels.ts';
import type { Deal } from './deal.ts';
import { inventProspect, nameOf, type Prospect } from './market.ts';

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly prospect: Prospect;
  readonly channel: string;
  /** Day index of its first order; negative for those who came before the CRM. */
  readonly since: number;
}

/** At scale 1, when the CRM began. */
const ESTABLISHED = 560;
const LONGEST = 1400;

/** The customers from before the CRM. */
export function establishedCustomers(seed: number, scale: number): Customer[] {
  const random = randomStream(seed, 'customers');
  return Array.from({ length: Math.max(20, Math.round(ESTABLISHED * scale)) }, (_, at) => {
    const prospect = inventProspect(random);
    return {
      id: `C${10_001 + at}`,
      name: nameOf(random, prospect, 10_001 + at),
      prospect,
      channel: random.pick(ORIGINS).channel,
      since: -1 - random.int(LONGEST),
    };
  });
}

/** The customer that a deal made. */
export function customerOf(deal: Deal, since: number, random: Random): Customer {
  const id = deal.customerId as string;
  const name = nameOf(random, deal.prospect, Number(id.slice(1)));
  return { id, name, prospect: deal.prospect, channel: deal.channel, since };
}
