import { diagnosing, type Meaning, objectOf, objectsOf, textOf } from '../pull/api/kit/errors.ts';

/** A hash in what a vendor says: nobody needs it, and it names a person. */
export const withoutHashes = (text: string): string => text.replace(/[0-9a-f]{32,}/gi, '(hash)');

/** `PROCESSING_ERROR_REASON_DENIED_CONSENT` is `DENIED_CONSENT` to people. */
export const reasonOf = (reason: unknown): string =>
  textOf(reason).replace(/^PROCESSING_(?:ERROR|WARNING)_(?:REASON_)?/, '');

const HELP = 'docs/operations/audiences.md says what to do.';
const refused = (hint: string): Meaning => ({ kind: 'refused', hint });

/**
 * What its errors mean: a `google.rpc.Status` whose details hold an `ErrorInfo` with the reason, and for what is wrong with a request a
 * `BadRequest` with the field.
 * @see https://developers.google.com/data-manager/api/devguides/concepts/understand-errors and …/reference/rest/v1/ErrorReason
 */
export const diagnose = diagnosing({
  said(body) {
    const error = objectOf(objectOf(body)?.['error']);
    if (!error) return undefined;
    const details = objectsOf(error['details']);
    const [wrong] = details.flatMap((detail) => objectsOf(detail['fieldViolations']));
    const info = details.find((detail) => textOf(detail['@type']).endsWith('google.rpc.ErrorInfo'));
    const code = textOf(wrong?.['reason']) || textOf(info?.['reason']) || textOf(error['status']);
    const field = textOf(wrong?.['field']);
    const said = textOf(wrong?.['description']) || textOf(error['message']);
    const message = withoutHashes(field === '' ? said : `${field}: ${said}`);
    return { code, message };
  },
  meanings: {
    RESOURCE_EXHAUSTED: {
      kind: 'retry',
      hint: 'Google allows 300 requests a minute and 100,000 a day to a project of Google Cloud.',
    },
    ACCESS_TOKEN_EXPIRED: { kind: 'token-expired' },
    PERMISSION_DENIED: {
      kind: 'no-permission',
      hint: `The service account has to be a user of the account, or of \`manager\`, with more than read access; and the list has to be this account’s. ${HELP}`,
    },
    SERVICE_DISABLED: {
      kind: 'no-permission',
      hint: 'Enable the Data Manager API in the project of the service account, in the console of Google Cloud.',
    },
    TERMS_AND_CONDITIONS_NOT_SIGNED: refused(
      'Somebody has to accept the terms for customer match in Google Ads, with the account’s own sign-in.',
    ),
    INVALID_USER_LIST_ID: refused(
      'Look at `list` in vigie.yaml: the number of the list as Google Ads shows it.',
    ),
    INVALID_USER_LIST_TYPE: refused(
      'The list has to be a customer list of contacts (e-mail). Make one, and put its number under `list`.',
    ),
    INVALID_DESTINATION: refused('Look at `account`, `manager` and `list` in vigie.yaml.'),
  },
});
