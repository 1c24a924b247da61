import { getSignedCookies } from '@aws-sdk/cloudfront-signer';
import { setCookie } from './request.ts';

export interface PassSettings {
  readonly domain: string;
  /** The id that CloudFront gave the public key. */
  readonly keyPairId: string;
  /** PEM. */
  readonly privateKey: string;
  readonly hours: number;
}

const NAMES = [
  'CloudFront-Policy',
  'CloudFront-Signature',
  'CloudFront-Key-Pair-Id',
  'CloudFront-Hash-Algorithm',
];
/** Told to the page that asks to sign in: who has just done so and is still refused would go round in circles. */
const JUST_NOW = 'vigie-signed-in';
const JUST_NOW_SECONDS = 30;

/**
 * The cookies by which CloudFront itself lets a browser in, to every page of the site, until the hours are over.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-signed-cookies.html
 */
export function passCookies({ domain, keyPairId, privateKey, hours }: PassSettings, now: Date): string[] {
  const seconds = hours * 3600;
  const until = Math.floor(now.getTime() / 1000) + seconds;
  const policy = JSON.stringify({
    Statement: [{ Resource: `https://${domain}/*`, Condition: { DateLessThan: { 'AWS:EpochTime': until } } }],
  });
  const signed = getSignedCookies({ keyPairId, privateKey, policy, algorithm: 'SHA256' });
  return [
    ...Object.entries(signed).map(([name, value]) => setCookie(name, String(value), seconds)),
    setCookie(JUST_NOW, '1', JUST_NOW_SECONDS, 'seen'),
  ];
}

/** What makes a browser forget that it was let in. */
export const noPass = (): string[] => [...NAMES, JUST_NOW].map((name) => setCookie(name, '', 0));
