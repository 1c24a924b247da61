import { diagnosing, objectOf, textOf } from '../../api/kit/errors.ts';

const UNAUTHORIZED = {
  kind: 'no-permission',
  hint: 'The API key is wrong, was deleted or has ended: make one as the source’s page says and store it as `{"token": …}`.',
} as const;

/** `{ "code": "unauthorized", "message": "Key not found" }`. 429 has a pause in `x-sib-ratelimit-reset`, which the machinery heeds. */
export const diagnose = diagnosing({
  said(body, { status }) {
    const { code, message } = objectOf(body) ?? {};
    const text = textOf(message);
    if (text === '') return undefined;
    // The address of the machine stands in the message: it decides before the code.
    if (status === 401 && /\bIP\b/.test(text))
      return { code: 'ip', message: 'the key may not be used from the address of this machine' };
    return { code: status === 401 ? '401' : textOf(code), message: text };
  },
  meanings: {
    401: UNAUTHORIZED,
    ip: {
      kind: 'no-permission',
      hint: 'Brevo takes this key from certain addresses only: add the one of the machine that runs Vigie under Settings › Security › Authorized IPs, or switch the blocking off for API keys.',
    },
    403: {
      kind: 'no-permission',
      hint: 'The key may not read e-mail campaigns: see “Permissions to ask for” on the source’s page.',
    },
    permission_denied: {
      kind: 'no-permission',
      hint: 'The key may not read e-mail campaigns: see “Permissions to ask for” on the source’s page.',
    },
  },
});
