import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { awsSite } from '../../../functions/lake/company/aws-site.ts';

const pem = (bits: number): string =>
  generateKeyPairSync('rsa', { modulusLength: bits })
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString();
const site = {
  domain: 'kpi.our-company.com',
  certificate: 'arn:aws:acm:us-east-1:111122223333:certificate/1234abcd',
  sign_in: { issuer: 'https://login.microsoftonline.com/5f3c0000-1111/v2.0', client_id: 'x' },
  public_key: pem(2048),
};
const said = (changed: object): string =>
  (awsSite.safeParse({ ...site, ...changed }).error?.issues ?? [])
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join();

describe('aws.site', () => {
  test('is read, and a sign-in lasts twelve hours', () => {
    expect(awsSite.parse(site).sign_in).toMatchObject({ require: {}, hours: 12 });
    for (const domain of ['kpi-{stage}.our-company.com', '{stage}.kpi.example'])
      expect(said({ domain })).toBe('');
  });

  test.each([
    ['https://accounts.google.com'],
    ['https://login.microsoftonline.com/common/v2.0'],
    ['https://login.microsoftonline.com/organizations/v2.0'],
  ])('at %s anybody has an account: it has to say who may', (issuer) => {
    expect(said({ sign_in: { issuer, client_id: 'x' } })).toMatch(
      /^sign_in\.require: anybody has an account/,
    );
    expect(said({ sign_in: { issuer, client_id: 'x', require: { hd: 'our-company.com' } } })).toBe('');
  });

  test.each([
    [{ domain: 'https://kpi.our-company.com' }, /^domain: a domain name/],
    [{ domain: 'kpi' }, /^domain/],
    [{ certificate: 'arn:aws:acm:eu-west-1:111122223333:certificate/1' }, /^certificate: .*us-east-1/],
    [{ public_key: 'ssh-rsa AAAA' }, /^public_key: .*openssl rsa/],
    [{ public_key: pem(1024) }, /^public_key: .*2,048/],
    [{ sign_in: { issuer: 'http://login.example', client_id: 'x' } }, /^sign_in\.issuer: .*https/],
    [{ web_acl: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/1' }, /^web_acl: .*CloudFront/],
  ])('%j is refused in words', (changed, words) => expect(said(changed)).toMatch(words));

  test('a private key is refused, not deployed', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const public_key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(said({ public_key })).toMatch(/^public_key/);
  });
});
