import { type Fault, fault } from './errors.ts';

/** A request that changes a list, read as strictly as Google reads it. */
export interface ListRequest {
  readonly does: 'ingest' | 'remove';
  readonly account: string;
  readonly loginAccount: string | undefined;
  readonly list: string;
  /** Hashes, in lower case. */
  readonly hashes: readonly string[];
  /** Whether both consents came with it. */
  readonly consented: boolean;
  readonly validateOnly: boolean;
}

type Json = Readonly<Record<string, unknown>>;

const CONSENTS = ['CONSENT_STATUS_UNSPECIFIED', 'CONSENT_GRANTED', 'CONSENT_DENIED'];
const FIELDS = {
  ingest: [
    ...['destinations', 'audienceMembers', 'consent', 'validateOnly', 'encoding', 'encryptionInfo'],
    'termsOfService',
  ],
  remove: ['destinations', 'audienceMembers', 'validateOnly', 'encoding', 'encryptionInfo'],
} as const;
/** "At most 10000 AudienceMember resources"; the same is said of removals by the error's own text. */
const MOST_MEMBERS = 10_000;

/**
 * Fields and their forms as the published protocol has them: googleapis/googleapis,
 * google/ads/datamanager/v1/ingestion_service.proto, destination.proto, audience.proto, error.proto. Throws a `Fault`.
 */
export function readRequest(does: 'ingest' | 'remove', text: string): ListRequest {
  const body = objectAt(JSON.parse(text || '{}'), '', FIELDS[does]);
  const { account, loginAccount, list } = destination(body['destinations']);
  const { consent, termsOfService } = body;
  if (body['encoding'] === undefined)
    throw fault('REQUIRED_FIELD_MISSING', 'encoding', 'Required field is missing.');
  if (body['encoding'] !== 'HEX')
    throw fault('INVALID_ENUM_VALUE', 'encoding', 'This simulation knows HEX alone.');
  const hashes = members(body['audienceMembers']);
  if (does === 'ingest' && !acceptsTerms(termsOfService))
    throw fault(
      'TERMS_AND_CONDITIONS_NOT_SIGNED',
      'terms_of_service',
      'Required terms and conditions are not accepted.',
    );
  const validateOnly = body['validateOnly'] === true;
  const about = { does, account, loginAccount, list, hashes, validateOnly };
  return { ...about, consented: does === 'remove' || bothGranted(consent) };
}

function objectAt(value: unknown, place: string, fields: readonly string[]): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw fault('INVALID_ARGUMENT', place, 'Expected an object.');
  const unknown = Object.keys(value).find((key) => !fields.includes(key));
  if (unknown !== undefined)
    throw fault(
      'INVALID_ARGUMENT',
      place,
      `Invalid JSON payload received. Unknown name "${unknown}": Cannot find field.`,
    );
  return value as Json;
}

const listAt = (value: unknown, place: string): readonly unknown[] => {
  if (Array.isArray(value) && value.length > 0) return value;
  throw fault('REQUIRED_FIELD_MISSING', place, 'Required field is missing.');
};

function destination(value: unknown) {
  const all = listAt(value, 'destinations');
  if (all.length > 10) throw fault('TOO_MANY_DESTINATIONS', 'destinations', 'At most 10 destinations.');
  const found = objectAt(all[0], 'destinations[0]', [
    ...['reference', 'loginAccount', 'linkedAccount', 'operatingAccount', 'productDestinationId'],
  ]);
  const { operatingAccount, loginAccount, productDestinationId: list } = found;
  if (typeof list !== 'string' || list === '')
    throw fault(
      'REQUIRED_FIELD_MISSING',
      'destinations[0].product_destination_id',
      'Required field is missing.',
    );
  return {
    account: accountAt(operatingAccount, 'destinations[0].operating_account'),
    loginAccount:
      loginAccount === undefined ? undefined : accountAt(loginAccount, 'destinations[0].login_account'),
    list,
  };
}

function accountAt(value: unknown, place: string): string {
  const { accountType, accountId } = objectAt(value, place, ['product', 'accountId', 'accountType']);
  if (accountType !== 'GOOGLE_ADS')
    throw fault('INVALID_ENUM_VALUE', `${place}.account_type`, 'Enum value cannot be used.');
  if (typeof accountId !== 'string' || !/^\d+$/.test(accountId))
    throw fault('INVALID_NUMBER_FORMAT', `${place}.account_id`, 'Invalid number format.');
  return accountId;
}

function members(value: unknown): string[] {
  const all = listAt(value, 'audience_members');
  if (all.length > MOST_MEMBERS)
    throw fault(
      'TOO_MANY_AUDIENCE_MEMBERS',
      'audience_members',
      'Maximum number of audience members allowed per request is 10,000.',
    );
  return all.flatMap((each, at) => {
    const place = `audience_members[${at}]`;
    const member = objectAt(each, place, ['userData', 'consent', 'destinationReferences']);
    const userData = objectAt(member['userData'], `${place}.user_data`, ['userIdentifiers']);
    const identifiers = listAt(userData['userIdentifiers'], `${place}.user_data.user_identifiers`);
    if (identifiers.length > 10) throw fault('TOO_MANY_USER_IDENTIFIERS', place, 'At most 10 identifiers.');
    return identifiers.map((identifier) => hashAt(identifier, `${place}.user_data.user_identifiers[0]`));
  });
}

function hashAt(value: unknown, place: string): string {
  const hash = objectAt(value, place, ['emailAddress'])['emailAddress'];
  if (typeof hash !== 'string' || !/^[0-9a-fA-F]*$/.test(hash))
    throw fault('INVALID_HEX_ENCODING', place, `The HEX encoded value is malformed: ${String(hash)}`);
  if (hash.length !== 64)
    throw fault('INVALID_SHA256_FORMAT', place, `The SHA256 encoded value is malformed: ${hash}`);
  return hash.toLowerCase();
}

function bothGranted(value: unknown): boolean {
  if (value === undefined) return false;
  const { adUserData, adPersonalization } = objectAt(value, 'consent', ['adUserData', 'adPersonalization']);
  for (const each of [adUserData, adPersonalization])
    if (each !== undefined && !CONSENTS.includes(String(each)))
      throw fault('INVALID_ENUM_VALUE', 'consent', 'Enum value cannot be used.');
  return adUserData === 'CONSENT_GRANTED' && adPersonalization === 'CONSENT_GRANTED';
}

function acceptsTerms(value: unknown): boolean {
  if (value === undefined) return false;
  return (
    objectAt(value, 'terms_of_service', ['customerMatchTermsOfServiceStatus'])[
      'customerMatchTermsOfServiceStatus'
    ] === 'ACCEPTED'
  );
}

export const isFault = (error: unknown): error is Fault => error instanceof Error && 'reply' in error;
