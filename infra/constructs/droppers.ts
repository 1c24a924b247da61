import { posix } from 'node:path';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Company, FilesSource } from '../../functions/lake/company/company.ts';
import { acknowledgeWildcard } from '../acknowledge.ts';
import type { Names } from '../names.ts';

export interface DroppersProps {
  readonly names: Names;
  readonly company: Pick<Company, 'sources'>;
  readonly bucket: IBucket;
  /** Where the bucket is under the company's own key. */
  readonly key: IKey | undefined;
}

const OBJECTS =
  'Names of export files change with the day; the policy ends where the pattern of the feed in vigie.yaml begins to.';

/**
 * For each source of files a policy with which its system may put them into the drop folder, and nothing else: neither
 * read, list nor delete, nor touch the files of another. Attached to nothing: whoever runs that system gives it to its
 * role or user.
 */
export class Droppers extends Construct {
  constructor(scope: Construct, id: string, { names, company, bucket, key }: DroppersProps) {
    super(scope, id);
    const sources = company.sources.filter((source): source is FilesSource => 'feeds' in source);
    for (const source of sources) {
      const resources = dropPlaces(source).map((place) => bucket.arnForObjects(place));
      const policy = new ManagedPolicy(this, source.name, {
        managedPolicyName: `${names.stack}-drop-${source.name}`,
        description: `Vigie ${names.stage}: put files of the source ${source.name} into the drop folder, no more`,
        statements: [
          new PolicyStatement({
            sid: 'Drop',
            actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
            resources,
          }),
          ...(key === undefined ? [] : [sealing(key)]),
        ],
      });
      for (const resource of resources) acknowledgeWildcard(policy, resource, OBJECTS);
    }
  }
}

/** A file of many parts is written with Decrypt as well; without GetObject there is nothing to decrypt. */
const sealing = (key: IKey): PolicyStatement =>
  new PolicyStatement({
    sid: 'Seal',
    actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    resources: [key.keyArn],
  });

/**
 * The keys that the feeds of a source are looked for at, as IAM writes patterns: `inbox/exports/sap/VBAP_*` of
 * `exports/sap/VBAP_{date}.csv`; of a name without a pattern the file, and a folder of that name.
 */
export function dropPlaces({ feeds }: Pick<FilesSource, 'feeds'>): string[] {
  const places = feeds.flatMap(({ path }) => {
    const wanted = posix.normalize(path);
    const pattern = wanted.search(/[*?{[(!+@]/);
    if (pattern >= 0) return [`inbox/${wanted.slice(0, pattern)}*`];
    const name = wanted.replace(/\/$/, '');
    return wanted.endsWith('/') ? [`inbox/${name}/*`] : [`inbox/${name}`, `inbox/${name}/*`];
  });
  return [...new Set(places)].sort();
}
