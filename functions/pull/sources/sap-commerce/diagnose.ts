import { diagnoseOData } from '../../api/odata/diagnose.ts';
import type { Diagnosis } from '../../api/source.ts';
import type { VendorAnswer } from '../../api/vendor.ts';

const NO_PERMISSION =
  'The client or user lacks a role: see “Permissions” on the source’s page (inbound channel configuration, ROLE_TRUSTED_CLIENT, integrationadmingroup).';

/** OCC: `{ "errors": [{ "type": "ForbiddenError", "message": … }] }`; the Integration API: errors of OData. */
export function diagnose(answer: VendorAnswer): Diagnosis | undefined {
  const occ = answer.status >= 400 && answer.status < 500 ? occError(answer.text) : undefined;
  if (!occ)
    return diagnoseOData(answer, {
      noPermission: NO_PERMISSION,
      notActive:
        'Create the integration object and its inbound channel configuration: see the source’s page.',
      unknownName:
        'A name under sets, cart, order, customer, product or stock may be wrong: compare with /odata2webservices/<object>/$metadata.',
    });
  const reason = `${occ.message} (${occ.type})`;
  if (/InvalidToken/.test(occ.type)) return { kind: 'token-expired', reason };
  if (answer.status === 403 || /Forbidden|AccessDenied|Unauthorized/.test(occ.type))
    return { kind: 'no-permission', reason, hint: NO_PERMISSION };
  return answer.status === 429 ? undefined : { kind: 'refused', reason };
}

function occError(text: string): { readonly type: string; readonly message: string } | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const [first] = (body as { errors?: { type?: unknown; message?: unknown }[] } | null)?.errors ?? [];
  if (typeof first?.type !== 'string') return undefined;
  return { type: first.type, message: String(first.message ?? '') };
}
