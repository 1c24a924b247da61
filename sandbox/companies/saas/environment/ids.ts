import type { Numbering } from '../crm/renumbered.ts';

/** Of each table: how its GUIDs begin. */
const PREFIX = {
  ...{ lead: '1ead0000', opportunity: '0bb00000', user: '05e70000', account: 'acc00000', unit: 'b0500000' },
  ...{
    currency: 'c0440000',
    campaign: 'ca300000',
    competitor: 'c03b0000',
    close: 'c105e000',
    audit: 'a0d17000',
  },
  ...{ process: '94ce5500', stage: '57a6e000', flow: 'f1000000', organization: '06900000' },
} as const;

/** A GUID with the company's own number at its end. */
export const guid = (kind: keyof typeof PREFIX, number: number | string): string =>
  `${PREFIX[kind]}-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const dynamicsNumbering: Numbering = {
  lead: (id) => guid('lead', id),
  deal: (id) => guid('opportunity', id),
  owner: (id) => guid('user', id),
};
