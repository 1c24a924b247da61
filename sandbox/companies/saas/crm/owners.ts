import type { Company } from '../business/company.ts';
import type { Deal } from '../business/deal.ts';

/** Where somebody must own a deal, the longest-serving account executive has what is nobody's. */
export const ownerOf = ({ owner }: Deal, { team }: Company): string =>
  owner ?? team.users.find((user) => user.team === 'Account executives')?.id ?? '';
