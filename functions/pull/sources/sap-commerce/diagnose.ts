import { diagnosing, objectOf, objectsOf, textOf } from '../../api/kit/errors.ts';
import { diagnoseOData } from '../../api/odata/diagnose.ts';
import type { Diagnosis } from '../../api/source.ts';
import type { VendorAnswer } from '../../api/vendor.ts';

const NO_PERMISSION =
  'The client or user lacks a role: see “Permissions” on the source’s page (inbound channel configuration, ROLE_TRUSTED_CLIENT, integrationadmingroup).';

/** OCC: `{ "errors": [{ "type": "ForbiddenError", "message": … }] }`; the Integration API: errors of OData. */
const ofOcc = diagnosing({
  said(body, { status }) {
    const type = objectsOf(objectOf(body)?.['errors'])[0]?.['type'];
    if (typeof type !== 'string' || status === 429 || status >= 500) return undefined;
    const message = textOf(objectsOf(objectOf(body)?.['errors'])[0]?.['message']);
    const reason = `${message} (${type})`;
    if (type.includes('InvalidToken'))
      return { code: type, message, reason, meaning: { kind: 'token-expired' } };
    const isRefused = status === 403 || /Forbidden|AccessDenied|Unauthorized/.test(type);
    return isRefused
      ? { code: type, message, reason, meaning: { kind: 'no-permission', hint: NO_PERMISSION } }
      : { code: type, message, reason, meaning: { kind: 'refused' } };
  },
});

export const diagnose = (answer: VendorAnswer): Diagnosis | undefined =>
  ofOcc(answer) ??
  diagnoseOData(answer, {
    noPermission: NO_PERMISSION,
    notActive: 'Create the integration object and its inbound channel configuration: see the source’s page.',
    unknownName:
      'A name under sets, cart, order, customer, product or stock may be wrong: compare with /odata2webservices/<object>/$metadata.',
  });
