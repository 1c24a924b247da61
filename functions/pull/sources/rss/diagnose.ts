import { diagnosisByStatus } from '../../api/diagnosis.ts';
import type { Diagnosis } from '../../api/source.ts';
import type { VendorAnswer } from '../../api/vendor.ts';

const HINTS: Readonly<Record<number, string>> = {
  ...{ 401: 'The feed is not for everybody: choose another one.' },
  ...{
    403: 'The site lets no programs read this, or not from the address of this machine: choose another feed.',
  },
  ...{ 404: 'The feed has moved or is gone: look for it on the site, and correct `url`.' },
  ...{ 410: 'The feed is gone: look for another one on the site, and correct `url`.' },
};

/** Sites say what is wrong by the status alone. */
export function diagnose(answer: VendorAnswer): Diagnosis | undefined {
  const found = diagnosisByStatus(answer);
  if (found === undefined || found.kind === 'retry') return undefined;
  if (answer.status >= 300 && answer.status < 400)
    return {
      ...found,
      kind: 'refused',
      hint: 'Put the address to which it leads into `url`, if you trust it.',
    };
  const hint = HINTS[answer.status];
  return { kind: 'refused', reason: found.reason, ...(hint === undefined ? {} : { hint }) };
}
