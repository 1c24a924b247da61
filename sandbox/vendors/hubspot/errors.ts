import { json } from '../../vendor-kit/replies.ts';
import type { VendorReply } from '../vendor.ts';

const CORRELATION = '5d7c4c7c-0f7a-4a0e-9f5c-0a7d4a0d3c11';

/** @see https://developers.hubspot.com/docs/api-reference/error-handling */
export const error = (
  status: number,
  category: string,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): VendorReply => json(status, { status: 'error', message, correlationId: CORRELATION, category, ...more });

export const invalid = (message: string): VendorReply => error(400, 'VALIDATION_ERROR', message);
export const notFound = (): VendorReply => error(404, 'OBJECT_NOT_FOUND', 'resource not found');

/** What of a batch was not found: the answer is 207, and the rest is in it. */
export const partly = (
  results: readonly unknown[],
  missing: readonly Readonly<Record<string, unknown>>[],
): VendorReply => {
  const about = { status: 'COMPLETE', startedAt: STAMP, completedAt: STAMP, results };
  if (missing.length === 0) return json(200, about);
  const errors = missing.map((each) => ({ status: 'error', ...each }));
  return json(207, { ...about, numErrors: errors.length, errors });
};

const STAMP = '2026-11-22T05:00:00.000Z';
