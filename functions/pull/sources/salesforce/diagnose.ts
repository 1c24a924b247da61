import { alike, diagnosing, objectsOf, textOf } from '../../api/kit/errors.ts';

const CREDENTIALS =
  'The run-as user lacks a permission, or the field is not visible to it: see “Permissions to ask for” on the source’s page.';

/**
 * A list: `[{ "message": …, "errorCode": "INVALID_FIELD" }]`.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
 */
export const diagnose = diagnosing({
  said(body) {
    const [first] = objectsOf(body);
    const code = textOf(first?.['errorCode']);
    return code === ''
      ? undefined
      : { code, message: textOf(first?.['message']).replaceAll(/\s+/g, ' ').trim() };
  },
  meanings: {
    INVALID_SESSION_ID: {
      kind: 'token-expired',
      hint: 'Check the external client app and its run-as user: see the source’s page.',
    },
    REQUEST_LIMIT_EXCEEDED: {
      kind: 'refused',
      hint: 'What the org may ask in 24 hours is used up. Setup › System Overview shows by whom. The next run reads on.',
    },
    QUERY_TIMEOUT: { kind: 'retry' },
    SERVER_UNAVAILABLE: { kind: 'retry' },
    UNABLE_TO_LOCK_ROW: { kind: 'retry' },
    ...alike(['INVALID_FIELD', 'INVALID_TYPE'], { kind: 'refused', hint: CREDENTIALS }),
    ...alike(['INSUFFICIENT_ACCESS', 'API_DISABLED_FOR_ORG', 'FUNCTIONALITY_NOT_ENABLED'], {
      kind: 'no-permission',
      hint: CREDENTIALS,
    }),
    INVALID_QUERY_LOCATOR: {
      kind: 'refused',
      hint: 'A query was left lying too long. The next run asks anew.',
    },
    UNSUPPORTED_API_VERSION: {
      kind: 'version-ended',
      hint: 'Set `version` to one that is alive, such as 68.0.',
    },
  },
});
