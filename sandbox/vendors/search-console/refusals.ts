import { json } from '../../vendor-kit/replies.ts';
import type { VendorReply } from '../vendor.ts';

/** https://developers.google.com/webmaster-tools/v1/errors */
export const refusal = (code: number, reason: string, message: string): VendorReply =>
  json(code, { error: { code, message, errors: [{ message, domain: 'global', reason }] } });

export const badRequest = (message: string): VendorReply => refusal(400, 'invalidParameter', message);
