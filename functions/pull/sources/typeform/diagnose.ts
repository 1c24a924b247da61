import { diagnosing, objectOf, textOf } from '../../api/kit/errors.ts';

/** `{ "code": "FORM_NOT_FOUND", "description": … }`; by status, since codes are not all documented. https://www.typeform.com/developers/responses/ */
export const diagnose = diagnosing({
  said(body) {
    const { code, description, message } = objectOf(body) ?? {};
    const text = textOf(description) || textOf(message);
    return text === '' && textOf(code) === '' ? undefined : { code: textOf(code), message: text };
  },
  meanings: {
    401: {
      kind: 'no-permission',
      hint: 'The token is wrong, was deleted, or belongs to the other data centre (`base_url`): make one as the source’s page says and store it as `{"token": …}`.',
    },
    403: {
      kind: 'no-permission',
      hint: 'The token lacks a scope, or its user may not see the form: it needs “Forms: Read” and “Responses: Read”, and the form’s workspace.',
    },
    404: {
      kind: 'refused',
      hint: 'There is no such form for this token: see `id` (what follows /to/ in the form’s address) and, for accounts whose data are kept in the EU, `base_url`.',
    },
  },
});
