import { VigieError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { learnFields } from '../../platform/redact/learn-secret.ts';
import type { Redactor } from '../../platform/redact/redactor.ts';
import { secretName } from './settings-fields.ts';

export type SecretFields = Readonly<Record<string, string>>;

/** What a secret that vigie.yaml refers to holds: one JSON object of texts. Everything in it is blotted out from now on. */
export async function readSecret(
  { secrets }: Pick<Platform, 'secrets'>,
  reference: string,
  redactor: Redactor,
): Promise<SecretFields> {
  const name = secretName(reference);
  const fields = parse(await secrets.get(name), name);
  learnFields(redactor, fields);
  return fields;
}

/** The text never gets into the error. Numbers are taken as text: an id is one. */
function parse(text: string, name: string): SecretFields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed(name, 'it is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformed(name, 'it is not an object');
  return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, String(each)]));
}

/** A field that has to be there. */
export function fieldOf(fields: SecretFields, field: string, reference: string): string {
  const value = fields[field];
  if (value !== undefined && value !== '') return value;
  throw malformed(secretName(reference), `it lacks "${field}"`, Object.keys(fields));
}

const malformed = (name: string, reason: string, fields: readonly string[] = []): VigieError =>
  new VigieError(
    `the secret ${name} cannot be used: ${reason}${fields.length > 0 ? ` (it has ${fields.join(', ')})` : ''}`,
    {
      code: 'SECRET_INVALID',
      where: { field: name },
      hint: 'It has to be one JSON object; the source’s page shows which fields.',
    },
  );
