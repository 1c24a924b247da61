import { createPublicKey } from 'node:crypto';
import { z } from 'zod';

/** Issuers at which anybody has an account: signing in there says nothing about who may read. */
const EVERYBODY =
  /^https:\/\/(accounts\.google\.com|login\.microsoftonline\.com\/(common|organizations|consumers)\/)/;

/** CloudFront takes RSA keys of 2,048 bits: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html */
const KEY_BITS = 2048;

const isSiteKey = (text: string): boolean => {
  if (!text.includes('PUBLIC KEY')) return false;
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey(text);
    return asymmetricKeyType === 'rsa' && asymmetricKeyDetails?.modulusLength === KEY_BITS;
  } catch {
    return false;
  }
};

const signIn = z
  .strictObject({
    /** The address under which the identity provider publishes `/.well-known/openid-configuration`. */
    issuer: z.url({ protocol: /^https$/, error: 'the https address of an OpenID Connect issuer' }),
    /** Of the application that was registered there; its secret is the secret `site-client`. */
    client_id: z.string().min(1),
    /** What the token has to say of whoever signs in: claim and value, or one of several values where the claim is a list. */
    require: z.record(z.string().min(1), z.string().min(1)).default({}),
    /** How long a sign-in lasts. */
    hours: z.int().min(1).max(24).default(12),
  })
  .refine(({ issuer, require }) => !EVERYBODY.test(`${issuer}/`) || Object.keys(require).length > 0, {
    path: ['require'],
    message:
      'anybody has an account with this issuer: say what the token has to say, such as { hd: our-company.com } with Google, or take the issuer of your own tenant',
  });

/** `aws.site`: the report, for whoever signs in with the company's identity provider. Absent: it is in the bucket only. */
export const awsSite = z.strictObject({
  /** The name people open, such as kpi.our-company.com. With `{stage}` each stage has a site, else production alone. */
  domain: z
    .string()
    .regex(
      /^(?=.{4,200}$)([a-z0-9{]([a-z0-9{}-]*[a-z0-9}])?\.)+[a-z]{2,}$/,
      'a domain name such as kpi.our-company.com or kpi-{stage}.our-company.com',
    ),
  /** Of ACM, in us-east-1, where CloudFront looks for it. */
  certificate: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[0-9a-z-]+$/,
      'the ARN of a certificate of ACM in us-east-1, where CloudFront looks for it',
    ),
  /** PEM: CloudFront knows by it who has signed in; the private one is the secret `site-key`. */
  public_key: z
    .string()
    .refine(
      isSiteKey,
      'the public key of an RSA pair of 2,048 bits, as PEM; openssl rsa -in site-key.pem -pubout prints it',
    ),
  sign_in: signIn,
  /** A web ACL of WAF (of CloudFront, in us-east-1), where only certain addresses may come, or other rules hold. */
  web_acl: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[0-9a-f-]+$/,
      'the ARN of a web ACL for CloudFront (arn:aws:wafv2:us-east-1:…:global/webacl/…)',
    )
    .optional(),
});

/** The secrets of a site: with what the function that signs people in proves who it is, and what CloudFront believes it by. */
export const SITE_SECRETS = ['site-client', 'site-key'] as const;

export type Site = z.infer<typeof awsSite>;
