import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { SITE_SECRETS, type Site } from '../../functions/lake/company/aws-site.ts';
import { SIGN_IN } from '../access.ts';
import { READ, secretGrants } from './grants.ts';
import { UrlFunction, type UrlFunctionProps } from './url-function.ts';

export interface SiteFunctionProps extends Pick<UrlFunctionProps, 'names' | 'bundle' | 'logDays' | 'key'> {
  readonly site: Site;
  /** The id that CloudFront gave the public key. */
  readonly keyPairId: string;
}

/**
 * Signs people in, by functions/sign-in. It reads two secrets and nothing else: no bucket, no table, so whoever talked it
 * into something would have no figure.
 */
export const siteFunction = (scope: Construct, id: string, props: SiteFunctionProps): UrlFunction =>
  new UrlFunction(scope, id, {
    ...props,
    called: SIGN_IN,
    does: 'signs people in to the report',
    grants: secretGrants(Stack.of(scope), props.names, 'SiteSecrets', SITE_SECRETS, READ),
    environment: environment(props),
  });

/** The contract with functions/sign-in/handler.ts. */
const environment = ({ site, keyPairId }: SiteFunctionProps): Record<string, string> => ({
  VIGIE_SITE_DOMAIN: site.domain,
  VIGIE_SITE_ISSUER: site.sign_in.issuer,
  VIGIE_SITE_CLIENT_ID: site.sign_in.client_id,
  VIGIE_SITE_REQUIRE: JSON.stringify(site.sign_in.require),
  VIGIE_SITE_HOURS: String(site.sign_in.hours),
  VIGIE_SITE_KEY_PAIR: keyPairId,
});
