import { json } from '../../vendor-kit/replies.ts';
import type { VendorReply } from '../vendor.ts';

/** An error on its way to whoever asked. */
export interface Fault extends Error {
  readonly reply: VendorReply;
}

const STATUS = { INVALID_ARGUMENT: 400, PERMISSION_DENIED: 403, NOT_FOUND: 404 } as const;

/**
 * As the guide on errors shows them: a `google.rpc.Status` with an `ErrorInfo`, and of a wrong request a `BadRequest`.
 * @see https://developers.google.com/data-manager/api/devguides/concepts/understand-errors
 */
export function fault(
  reason: string,
  field: string,
  description: string,
  status: keyof typeof STATUS = 'INVALID_ARGUMENT',
): Fault {
  const message = status === 'INVALID_ARGUMENT' ? 'There was a problem with the request.' : description;
  const details = [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: status,
      domain: 'datamanager.googleapis.com',
    },
    ...(status === 'INVALID_ARGUMENT'
      ? [
          {
            '@type': 'type.googleapis.com/google.rpc.BadRequest',
            fieldViolations: [{ field, description, reason }],
          },
        ]
      : []),
  ];
  const reply = json(STATUS[status], { error: { code: STATUS[status], message, status, details } });
  return Object.assign(new Error(`${reason}: ${field}`), { reply });
}
