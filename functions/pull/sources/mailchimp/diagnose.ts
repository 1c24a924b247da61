import { diagnosing, objectOf, textOf } from '../../api/kit/errors.ts';

/** A problem document: `{ "type", "title": "API Key Invalid", "status": 401, "detail", "instance" }`. https://mailchimp.com/developer/marketing/docs/errors/ */
export const diagnose = diagnosing({
  said(body, { status }) {
    const { title, detail } = objectOf(body) ?? {};
    const text = textOf(title);
    return text === ''
      ? undefined
      : { code: String(status), message: '', reason: reasonOf(text, textOf(detail)) };
  },
  meanings: {
    401: {
      kind: 'no-permission',
      hint: 'The API key is wrong, was disabled, or is of another data centre: see `data_center`, make a key as the source’s page says and store it as `{"user": "any", "password": …}`.',
    },
    403: {
      kind: 'no-permission',
      hint: 'The key is of another data centre (`data_center`: what follows the dash in it), or its user may not see reports: see “Permissions to ask for” on the source’s page.',
    },
    // Ten connections at once for an account, whoever holds them; no Retry-After.
    429: { kind: 'retry', retryAfter: 30 },
  },
});

const reasonOf = (title: string, detail: string): string => (detail === '' ? title : `${title}: ${detail}`);
