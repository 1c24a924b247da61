import { type MetaError, type MetaHints, metaErrors, metaMeaning } from '../../api/kit/meta.ts';
import type { Diagnosis } from '../../api/source.ts';

const HINTS: MetaHints = {
  token:
    'The token has ended or was withdrawn. Make a new one for the system user; with expiry "never" it lasts.',
  unseen:
    'The account’s number is wrong, or the system user does not have the account (Business settings, ad accounts).',
  permission:
    'Give the system user the account (Business settings, ad accounts) and the token the permission ads_read.',
};

/** A report that was just ordered: `/v26.0/6204…`, `/v26.0/6204…/insights`. It may not be there for a moment. */
const JOB = /^GET \S*\/v\d+\.\d+\/\d+(\/insights)?(\?|$)/;

export const diagnose = metaErrors(HINTS, (request) => JOB.test(request));

export const meaningOf = (error: MetaError): Diagnosis => metaMeaning(error, HINTS);
