import { z } from 'zod';
import {
  baseUrl,
  GOOGLE_TOKENS,
  googleSignIns,
  numberAsName,
  secretReference,
  withoutDashes,
} from './field-forms.ts';

const account = (example: string) =>
  numberAsName(`is not an account’s number such as ${example}`, withoutDashes);

/**
 * An audience that Vigie keeps at Google itself, on request: `push` of an audience in vigie.yaml. What Google wants to be told is
 * said here by a person, and nowhere by default: which purposes are its two consents, and that its terms are accepted.
 * @see https://developers.google.com/data-manager/api/reference/rest/v1/audienceMembers/ingest
 */
export const push = z.strictObject({
  to: z.literal('google-data-manager'),
  /** The account of Google Ads that has the list. */
  account: account('482-193-7605'),
  /** Manager account through which it is reached; left out where access is direct. */
  manager: account('102-334-5567').optional(),
  /** Number of the customer list, a list of contacts, as Google Ads shows it. */
  list: numberAsName('is not a list’s number such as 8123456789'),
  secret: secretReference().default('${secret:google-data-manager}'),
  auth: z.enum(googleSignIns).default('service_account'),
  /** What of `consents.purpose` is a consent to send user data to Google for advertising. */
  ad_user_data: z.string().min(1),
  /** What of it is a consent to personalised advertising. */
  ad_personalization: z.string().min(1),
  /** That somebody has accepted Google's terms for customer match, in the company's name. */
  terms_accepted: z.literal(true),
  /** Additions are sent to be looked at, and change nothing at Google. */
  validate_only: z.boolean().default(false),
  /** Takes everybody off who was put on, and puts on nobody. */
  remove_all: z.boolean().default(false),
  base_url: baseUrl().default('https://datamanager.googleapis.com'),
  token_url: baseUrl().default(GOOGLE_TOKENS),
});
export type Push = z.infer<typeof push>;

/** Whose list it is: `4821937605-8123456789`. What was pushed is kept by it. */
export const destinationOf = ({ account, list }: Pick<Push, 'account' | 'list'>): string =>
  `${account}-${list}`;
