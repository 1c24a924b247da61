import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  type ErrorResponse,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  KeyGroup,
  OriginRequestPolicy,
  PublicKey,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Site as SiteSection } from '../../functions/lake/company/aws-site.ts';
import { sha256 } from '../../functions/platform/hash.ts';
import type { Area } from '../access.ts';
import { acknowledge } from '../acknowledge.ts';
import type { Names } from '../names.ts';
import { siteFunction } from './site-function.ts';

export interface SiteProps {
  readonly names: Names;
  readonly site: SiteSection;
  /** Where the report is. */
  readonly bucket: IBucket;
  readonly key: IKey | undefined;
  /** The folder with the bundle of functions/sign-in. */
  readonly bundle: string;
  readonly logDays: number;
}

/** The folder of the bucket that is the site, and the only one that the distribution may read. */
const SHOWN: Area = 'reports';
const LOG_DAYS = 90;
const YEAR = Duration.days(365);
/** Beside the policy that each page brings, which names its own script alone: what holds for both is the stricter. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * The report for a browser, for whoever signs in (docs/decisions/0057-who-signs-in-is-let-in-by-cloudfront.md): CloudFront
 * reads `reports/` of the bucket and shows it to whom it knows by a signed cookie, which functions/sign-in gives to whom
 * the company's identity provider knows. Whoever brings none is answered with the page that leads there.
 */
export class Site extends Construct {
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, props: SiteProps) {
    super(scope, id);
    const { names, site, bucket, bundle } = props;
    const key = this.#publicKey(site);
    const signIn = siteFunction(this, 'SignIn', { ...props, bundle, keyPairId: key.publicKeyId });
    const url = signIn.function.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
    const common = this.#common(names);
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `Vigie ${names.stage}: the report`,
      domainNames: [site.domain],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', site.certificate),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultRootObject: 'index.html',
      defaultBehavior: {
        ...common,
        origin: this.#shown(bucket),
        trustedKeyGroups: [new KeyGroup(this, 'Readers', { items: [key] })],
      },
      additionalBehaviors: {
        '/sign-in/*': {
          ...common,
          origin: FunctionUrlOrigin.withOriginAccessControl(url),
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        },
      },
      errorResponses: [answered(403, '/sign-in/needed'), answered(404, '/sign-in/missing')],
      enableLogging: true,
      logBucket: this.#logs() as IBucket,
      ...(site.web_acl === undefined ? {} : { webAclId: site.web_acl }),
    });
    for (const statement of readersOf(bucket, this.distribution)) bucket.addToResourcePolicy(statement);
    this.#accepted(site);
  }

  /** A changed key is another one: CloudFront changes none, and lets readers in by the old until the new is there. */
  #publicKey({ public_key }: SiteSection): PublicKey {
    const text = `${public_key.trim()}\n`;
    return new PublicKey(this, `Key${sha256(text, 8)}`, { encodedKey: text });
  }

  #shown(bucket: IBucket) {
    const control = new S3OriginAccessControl(this, 'OnlyThis');
    return S3BucketOrigin.withBucketDefaults(bucket, {
      originPath: `/${SHOWN}`,
      originAccessControlId: control.originAccessControlId,
    });
  }

  #common(names: Names): Omit<BehaviorOptions, 'origin'> {
    return {
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      // A handful of readers, and pages that a run replaces: nothing is kept on the way.
      cachePolicy: CachePolicy.CACHING_DISABLED,
      compress: true,
      responseHeadersPolicy: new ResponseHeadersPolicy(this, 'Headers', {
        comment: `Vigie ${names.stage}: the report`,
        securityHeadersBehavior: {
          contentSecurityPolicy: { contentSecurityPolicy: POLICY, override: true },
          contentTypeOptions: { override: true },
          frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
          referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
          strictTransportSecurity: { accessControlMaxAge: YEAR, override: true },
        },
        customHeadersBehavior: {
          customHeaders: [
            { header: 'Cache-Control', value: 'private, no-cache', override: false },
            { header: 'X-Robots-Tag', value: 'noindex', override: true },
          ],
        },
      }),
    };
  }

  /** Who opened what, and when: CloudFront delivers it by an access list, which no other bucket has. */
  #logs(): Bucket {
    const bucket = new Bucket(this, 'AccessLogs', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      lifecycleRules: [{ id: 'expire', expiration: Duration.days(LOG_DAYS) }],
    });
    acknowledge(
      bucket,
      'AwsSolutions-S1',
      'It holds the access logs of the site, and who reads them is in CloudTrail; logs of logs help nobody.',
    );
    return bucket;
  }

  #accepted({ web_acl }: SiteSection): void {
    acknowledge(
      this.distribution,
      'AwsSolutions-CFR1',
      'Readers travel. Who may read is decided by the sign-in with their company, not by the country.',
    );
    if (web_acl === undefined)
      acknowledge(
        this.distribution,
        'AwsSolutions-CFR2',
        'Files, and a sign-in without a form. A company that wants WAF, or certain addresses only, names its ACL (aws.site.web_acl).',
      );
  }
}

/** Asked for anew each time: who has just signed in must not meet what was said before. */
const answered = (httpStatus: number, responsePagePath: string): ErrorResponse => ({
  httpStatus,
  responseHttpStatus: httpStatus,
  responsePagePath,
  ttl: Duration.seconds(0),
});

/**
 * What a bucket has to allow: this distribution reads the site's folder. Without the list a page that is not there would be
 * answered 403, which is to say: sign in.
 */
function readersOf(bucket: IBucket, { distributionId }: Distribution): PolicyStatement[] {
  const arn = `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/${distributionId}`;
  const principals = [new ServicePrincipal('cloudfront.amazonaws.com')];
  const only = { StringEquals: { 'AWS:SourceArn': arn } };
  return [
    new PolicyStatement({
      sid: 'SiteRead',
      ...{ principals, conditions: only },
      actions: ['s3:GetObject'],
      resources: [bucket.arnForObjects(`${SHOWN}/*`)],
    }),
    new PolicyStatement({
      sid: 'SiteMissing',
      principals,
      conditions: { ...only, StringLikeIfExists: { 's3:prefix': `${SHOWN}/*` } },
      actions: ['s3:ListBucket'],
      resources: [bucket.bucketArn],
    }),
  ];
}
