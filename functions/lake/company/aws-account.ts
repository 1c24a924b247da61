import { z } from 'zod';

/** What identifies a thing in EC2: `vpc-0a1b2c3d4e5f60718`. */
const ec2Id = (kind: string, what: string) =>
  z
    .string()
    .regex(
      new RegExp(`^${kind}-([0-9a-f]{8}|[0-9a-f]{17})$`),
      `the id of ${what}, such as ${kind}-0a1b2c3d4e5f60718`,
    );

/** `aws.network`: the company's network, in which the step that pulls runs, and no other. */
export const awsNetwork = z.strictObject({
  vpc: ec2Id('vpc', 'a VPC'),
  /** Private ones, with a way to whatever is pulled from and to S3 and Secrets Manager. Lambda takes at most 16. */
  subnets: z.array(ec2Id('subnet', 'a subnet')).min(1).max(16),
  /** What the function belongs to; Lambda takes at most 5. None: a group of the stack's own, which lets nobody in. */
  security_groups: z.array(ec2Id('sg', 'a security group')).max(5).default([]),
});

/** Stands in `aws.bucket` for the name of the stage. */
const STAGE = '{stage}';
/** S3 allows 63 characters, and a stage may have 30. */
const BUCKET_LENGTH = 63 - 30 + STAGE.length;

/** `aws.bucket`: a bucket that is there already. Two stages in one bucket would overwrite each other. */
export const ownBucket = z
  .string()
  .max(BUCKET_LENGTH)
  .regex(
    /^(?=[a-z0-9{])(?=.*[a-z0-9}]$)[a-z0-9-]*\{stage\}[a-z0-9-]*$/,
    'the name of a bucket with {stage} in it, such as our-company-vigie-{stage}: each stage has one of its own, for lower case letters, digits and -',
  );

/** The bucket of a stage, where the company brings its own. */
export const bucketOf = ({ bucket }: { readonly bucket?: string | undefined }, stage: string) =>
  bucket?.replace(STAGE, stage);

/** `aws.key`: a symmetric key of KMS that the company manages. An alias would not do: policies name the key. */
export const ownKey = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-z-]+$/,
    'the ARN of a key, such as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab (not of an alias)',
  );

/** `aws.permissions_boundary`: a policy that bounds what every role of the stack may do. */
export const permissionsBoundary = z
  .string()
  .regex(
    /^(arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/)?[\w+=,.@/-]{1,128}$/,
    'the name of a policy of the account, such as company-boundary, or its ARN',
  );

/** `aws.tags`: on everything that the stack makes. Keys under `aws:` are AWS's own, those under `vigie:` Vigie's. */
export const tags = z.record(
  z
    .string()
    .regex(
      /^(?!aws:|vigie:)[\p{L}\p{N}\s_.:/=+\-@]{1,128}$/iu,
      'a tag’s key of at most 128 letters, digits, blanks and _.:/=+-@, which begins neither with aws: nor with vigie:',
    ),
  z
    .string()
    .regex(
      /^[\p{L}\p{N}\s_.:/=+\-@]{0,256}$/u,
      'a tag’s value in quotes, of at most 256 letters, digits, blanks and _.:/=+-@',
    ),
);
