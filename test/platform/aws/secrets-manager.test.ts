import {
  GetSecretValueCommand,
  InvalidRequestException,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { secretsManager } from '../../../functions/platform/aws/secrets-manager.ts';

const mocked = mockClient(SecretsManagerClient);
afterAll(() => mocked.restore());
const secrets = secretsManager({
  client: mocked as unknown as SecretsManagerClient,
  prefix: 'vigie/test/',
});
const $metadata = { httpStatusCode: 400 };

describe('secrets in AWS Secrets Manager', () => {
  beforeEach(() => mocked.reset());

  test('are read and rotated by their name below the stage', async () => {
    mocked.on(GetSecretValueCommand, { SecretId: 'vigie/test/sap' }).resolves({ SecretString: 's3cret' });
    mocked.on(PutSecretValueCommand).resolves({});
    expect(await secrets.get('sap')).toBe('s3cret');
    await secrets.put('sap', 'newer');
    expect(mocked.commandCalls(PutSecretValueCommand)[0]?.args[0].input).toMatchObject({
      SecretId: 'vigie/test/sap',
      SecretString: 'newer',
    });
  });

  test.each([
    ['is not there', new ResourceNotFoundException({ message: 'x', $metadata })],
    ['is about to be deleted', new InvalidRequestException({ message: 'x', $metadata })],
  ])('one that %s says what was looked for, and how to create it', async (_, error) => {
    mocked.on(GetSecretValueCommand).rejects(error);
    mocked.on(PutSecretValueCommand).rejects(error);
    const missing = {
      code: 'SECRET_MISSING',
      message: expect.stringContaining('"vigie/test/sap"'),
      hint: expect.stringContaining('aws secretsmanager create-secret --name vigie/test/sap'),
    };
    await expect(secrets.get('sap')).rejects.toMatchObject(missing);
    await expect(secrets.put('sap', 'hidden value')).rejects.toMatchObject(missing);
  });

  test('one without a value is missing', async () => {
    mocked.on(GetSecretValueCommand).resolves({});
    await expect(secrets.get('sap')).rejects.toMatchObject({ code: 'SECRET_MISSING' });
  });

  test('a value is in no error', async () => {
    mocked
      .on(PutSecretValueCommand)
      .rejects(Object.assign(new Error('denied'), { name: 'AccessDeniedException' }));
    const error: Error = await secrets.put('sap', 'hidden value').then(
      () => new Error('stored'),
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ code: 'AWS_ACCESS_DENIED' });
    expect(JSON.stringify([error.message, { ...error }])).not.toContain('hidden value');
  });
});
