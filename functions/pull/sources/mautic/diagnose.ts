import { diagnosing, objectOf, objectsOf, textOf } from '../../api/kit/errors.ts';

const MAY_NOT = {
  kind: 'no-permission',
  hint: 'The user may not read these tables: give it a role with full system access, see “Permissions to ask for” on the source’s page.',
} as const;

const errorIn = (body: unknown) => objectsOf(objectOf(body)?.['errors'])[0];

/**
 * `{ "errors": [{ "message", "code", "type" }] }`. Tables say so with status 200, whatever is wrong: their controller catches
 * every exception, a missing permission too. Until 2.6 it was `error`, alone.
 */
export const diagnose = diagnosing({
  hides: ({ text }) => /^\s*\{\s*"errors"/.test(text),
  said(body, { status }) {
    const error = errorIn(body);
    // At another address than Mautic's somebody else answers, in a form of his own.
    if (error === undefined)
      return status === 404
        ? { code: '404', message: '', reason: 'there is nothing at this address' }
        : undefined;
    const code = status < 400 ? textOf(error['code']) : String(status);
    return { code, message: textOf(error['message']), reason: textOf(error['message']) || `error ${code}` };
  },
  meanings: {
    // A token of a client may have ended; where there is none, the hint stands.
    401: {
      kind: 'token-expired',
      hint: 'Mautic does not know this user, or does not take a password: see whether basic authentication is switched on (Configuration › API settings) and the secret is right.',
    },
    403: MAY_NOT,
    404: {
      kind: 'refused',
      hint: 'There is no API at this address: see `base_url`, and whether the API is switched on (Configuration › API settings).',
    },
  },
});
