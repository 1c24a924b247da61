import { alike, diagnosing, objectOf, textOf } from '../../api/kit/errors.ts';

/**
 * `{ "error": { "code": "0x80072322", "message": … } }`. Service protection limits come as 429 with `Retry-After`, which is heeded:
 * https://learn.microsoft.com/power-apps/developer/data-platform/api-limits
 */
export const diagnose = diagnosing({
  said(body) {
    const { code, message } = objectOf(objectOf(body)?.['error']) ?? {};
    const text = textOf(message);
    if (text === '') return undefined;
    return { code: textOf(code), message: text, meaning: byWords(text) };
  },
  meanings: {
    ...alike(['0x80072322', '0x80072321', '0x80072326'], { kind: 'retry' }),
    ...alike(['0x80040220', '0x80042f09'], {
      kind: 'no-permission',
      hint: 'The application user lacks a privilege (the message names it): give it a security role that reads the table for the whole organization, see “Permissions to ask for” on the source’s page.',
    }),
    401: {
      kind: 'token-expired',
      hint: 'Is there an application user for this client id in the environment? Power Platform admin center › environment › Settings › Users + permissions › Application users.',
    },
  },
});

function byWords(message: string) {
  if (/find a property named|attribute .* (not found|doesn't exist)/i.test(message))
    return {
      kind: 'refused',
      hint: 'The column was removed or renamed in Dataverse, or its name in vigie.yaml is wrong: `vigie doctor` names those that are missing and offers others.',
    } as const;
  if (/resource not found for the segment/i.test(message))
    return {
      kind: 'refused',
      hint: '`process` names an entity set that this environment lacks: see Tables in make.powerapps.com for the set name of your business process flow, or set `process: null`.',
    } as const;
  return undefined;
}
