import { randomUUID } from 'node:crypto';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient, VerifyEmailIdentityCommand } from '@aws-sdk/client-ses';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { awsPlatform } from '../../../functions/platform/aws/aws-platform.ts';
import { clientSettings } from '../../../functions/platform/aws/client-settings.ts';
import { sesAccount } from '../../../functions/platform/aws/ses-account.ts';
import { queryRows } from '../../../functions/platform/engine.ts';
import { silentLog } from '../../../functions/platform/log.ts';
import type { Platform } from '../../../functions/platform/platform.ts';
import { message } from '../../contracts/mailer-contract.ts';
import { type AthenaWorld, athenaWorld } from '../../kit/moto-world.ts';

let world: AthenaWorld;
let platform: Platform;
beforeAll(async () => {
  world = await athenaWorld(inject('motoUrl'), inject('trinoUrl'));
  platform = awsPlatform({ env: world.env, log: silentLog });
});
afterAll(async () => {
  await platform.engine.close();
  await world.close();
});

describe('the platform of a stack, from its environment alone', () => {
  test('keeps objects, and sees what was dropped into the inbox', async () => {
    await platform.bucket.write('inbox/exports/a.csv', 'a;b\n');
    expect(await platform.inbox.list('exports/*.csv')).toMatchObject([{ name: 'exports/a.csv', size: 4 }]);
  });

  test('runs statements in the workgroup', async () => {
    expect(await queryRows(platform.engine, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(world.athena.queries.at(-1)).toMatchObject({
      workgroup: 'vigie',
      database: world.env['VIGIE_LAKE_DATABASE'],
    });
  });

  test('reads and rotates secrets', async () => {
    const client = new SecretsManagerClient(clientSettings(world.env, 'SECRETS_MANAGER'));
    const Name = `${world.env['VIGIE_SECRETS_PREFIX']}sap`;
    await expect(platform.secrets.get('sap')).rejects.toMatchObject({
      code: 'SECRET_MISSING',
      message: expect.stringContaining(Name),
    });
    await client.send(new CreateSecretCommand({ Name, SecretString: 'first' }));
    expect(await platform.secrets.get('sap')).toBe('first');
    await platform.secrets.put('sap', 'rotated');
    expect(await platform.secrets.get('sap')).toBe('rotated');
    client.destroy();
  });

  test('sends mail once, also when SES asks to slow down; a lost answer is uncertain', async () => {
    const id = randomUUID();
    const mail = message({ id, from: 'Vigie <vigie@example.com>' });
    const before = world.mail.mails.length;
    world.mail.faults.throttle = 1;
    await platform.mailer.send(mail);
    expect(world.mail.mails.slice(before)).toMatchObject([
      { to: [mail.to], tags: { kind: 'digest', vigie_id: id }, configurationSet: null },
    ]);
    world.mail.faults.drop = 1;
    await expect(platform.mailer.send(mail)).rejects.toMatchObject({ code: 'MAIL_UNCERTAIN' });
    expect(world.mail.mails).toHaveLength(before + 2);
  });

  test('an unverified sender is refused; doctor sees it, and the sandbox', async () => {
    const from = `nobody@${randomUUID()}.example`;
    await expect(platform.mailer.send(message({ from }))).rejects.toMatchObject({ code: 'MAIL_REFUSED' });
    const client = new SESClient(clientSettings(world.env, 'SES'));
    expect(await sesAccount(client, from)).toMatchObject({ sandbox: true, senderVerified: false });
    await client.send(new VerifyEmailIdentityCommand({ EmailAddress: from }));
    expect(await sesAccount(client, `Vigie <${from}>`)).toMatchObject({ senderVerified: true });
    client.destroy();
  });

  test('a bucket that nobody can reach says so', async () => {
    const env = { ...world.env, AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9' };
    const { bucket } = awsPlatform({ env, log: silentLog });
    const unreachable = { code: 'AWS_UNREACHABLE', retryable: true, hint: expect.any(String) };
    await expect(bucket.write('a', 'x')).rejects.toMatchObject(unreachable);
    await expect(bucket.read('a')).rejects.toMatchObject(unreachable);
    await expect(
      (async () => {
        for await (const _ of bucket.list(''));
      })(),
    ).rejects.toMatchObject(unreachable);
  });

  test('a bucket that is not there is named', async () => {
    const env = { ...world.env, VIGIE_BUCKET: 'no-such-bucket-at-all' };
    const { bucket } = awsPlatform({ env, log: silentLog });
    const missing = { code: 'BUCKET_MISSING', message: expect.stringContaining('no-such-bucket-at-all') };
    await expect(bucket.write('a', 'x')).rejects.toMatchObject(missing);
    await expect(bucket.read('a')).rejects.toMatchObject(missing);
  });
});
