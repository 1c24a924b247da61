import type { Numbering } from '../crm/renumbered.ts';

/** Of each object: how its ids begin. */
const PREFIX = {
  ...{ account: '001', owner: '005', deal: '006', history: '008', role: '00E', lead: '00Q', member: '00v' },
  ...{ event: '00U', task: '00T', leadHistory: '017', leadStatus: '01J', stage: '01J', campaign: '701' },
  competitor: '00J',
} as const;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * An id of 18 characters: which object, which server, a number, and three characters that say which of the others are capitals.
 * https://help.salesforce.com/s/articleView?id=000383278
 */
export function salesforceId(kind: keyof typeof PREFIX, number: number | string): string {
  const id = `${PREFIX[kind]}5g0${String(number).padStart(9, '0')}`;
  const end = [0, 5, 10].map((from) => {
    const places = [...id.slice(from, from + 5)].map((letter, place) =>
      /[A-Z]/.test(letter) ? 2 ** place : 0,
    );
    return LETTERS[places.reduce((sum, each) => sum + each, 0)];
  });
  return `${id}${end.join('')}`;
}

/** The company's own numbers are within. */
export const salesforceNumbering: Numbering = {
  lead: (id) => salesforceId('lead', id),
  deal: (id) => salesforceId('deal', id),
  owner: (id) => salesforceId('owner', id),
};
