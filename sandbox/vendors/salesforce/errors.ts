import { json } from '../../vendor-kit/replies.ts';
import type { VendorReply } from '../vendor.ts';

/** A query that Salesforce does not take: 400, with this code. */
export class SoqlError extends Error {
  readonly code: string;

  constructor(code: 'MALFORMED_QUERY' | 'INVALID_FIELD' | 'INVALID_TYPE', message: string) {
    super(message);
    this.name = 'SoqlError';
    this.code = code;
  }
}

/**
 * A list of one.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
 */
export const error = (status: number, errorCode: string, message: string): VendorReply =>
  json(status, [{ message, errorCode }]);

export const notFound = (): VendorReply => error(404, 'NOT_FOUND', 'The requested resource does not exist');

export const noColumn = (name: string, object: string): SoqlError =>
  new SoqlError(
    'INVALID_FIELD',
    `No such column '${name}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
