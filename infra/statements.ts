import type { FunctionName } from './access.ts';

/** What an action is allowed on, in words: `lake/` are the objects below that folder of the bucket. */
export type On =
  | 'workgroup'
  | 'catalog'
  | 'database default'
  | 'databases'
  | 'tables'
  | 'bucket'
  | 'lake/'
  | 'landing/'
  | 'athena-results/';

export interface Need {
  readonly actions: readonly string[];
  readonly on: readonly On[];
}

/** A kind of statement that Vigie hands to Athena, who does, and what AWS's documentation asks for it. */
export interface StatementKind {
  readonly statement: string;
  /** `people`: whoever looks with `vigie … --stack` (docs/operations/deploy.md, "Who may do what"). */
  readonly by: readonly (FunctionName | 'people')[];
  readonly needs: readonly Need[];
  /** Pages of AWS's documentation, by their name under docs.aws.amazon.com/athena/latest/ug/. */
  readonly sources: readonly string[];
}

const database = (...actions: string[]): Need => ({
  actions: actions.map((action) => `glue:${action}`),
  on: ['catalog', 'database default', 'databases'],
});
const table = (...actions: string[]): Need => ({
  actions: actions.map((action) => `glue:${action}`),
  on: ['catalog', 'databases', 'tables'],
});
const objects = (on: On, ...actions: string[]): Need => ({
  actions: actions.map((action) => `s3:${action}`),
  on: [on],
});
const found = database('GetDatabase', 'GetDatabases');
const rewritten = objects('lake/', 'GetObject', 'PutObject', 'DeleteObject', 'AbortMultipartUpload');
const CATALOG = 'fine-grained-access-to-glue-resources';

/**
 * Every kind of statement there is. The policies are tested against it, and the page docs/operations/permissions.md
 * shows it. No statement lists what there is (`SHOW`, `DESCRIBE`, `information_schema`), drops, or writes outside the
 * lake (`UNLOAD`, `CREATE TABLE AS`).
 */
export const statementKinds: readonly StatementKind[] = [
  {
    statement: 'any: begin, follow and stop it, write and read its result',
    by: ['run', 'load', 'check', 'measure', 'people'],
    needs: [
      {
        actions: [
          'athena:StartQueryExecution',
          'athena:GetQueryExecution',
          'athena:GetQueryResults',
          'athena:StopQueryExecution',
          'athena:GetWorkGroup',
        ],
        on: ['workgroup'],
      },
      objects('bucket', 'GetBucketLocation', 'ListBucket', 'ListBucketMultipartUploads'),
      objects(
        'athena-results/',
        'GetObject',
        'PutObject',
        'AbortMultipartUpload',
        'ListMultipartUploadParts',
      ),
    ],
    sources: ['example-policies-workgroup', 's3-permissions'],
  },
  {
    statement: '`SELECT` from Iceberg tables',
    by: ['run', 'load', 'check', 'measure', 'people'],
    needs: [found, table('GetTable', 'GetTables', 'GetPartitions'), objects('lake/', 'GetObject')],
    sources: [CATALOG],
  },
  {
    statement: '`SELECT` from landing tables (partition projection)',
    by: ['load', 'check', 'people'],
    needs: [found, table('GetTable', 'GetPartition', 'GetPartitions'), objects('landing/', 'GetObject')],
    sources: [CATALOG, 'partition-projection'],
  },
  {
    statement: '`CREATE TABLE` (Iceberg)',
    by: ['load'],
    needs: [
      found,
      table('GetTable', 'GetTables', 'CreateTable', 'UpdateTable'),
      objects('bucket', 'GetBucketLocation', 'ListBucket'),
      objects('lake/', 'GetObject', 'PutObject'),
    ],
    sources: [CATALOG, 'querying-iceberg-creating-tables'],
  },
  {
    statement: '`ALTER TABLE … ADD COLUMNS`',
    by: ['load'],
    needs: [found, table('GetTable', 'UpdateTable'), objects('lake/', 'GetObject', 'PutObject')],
    sources: [CATALOG],
  },
  {
    statement: '`MERGE`',
    by: ['load'],
    needs: [
      found,
      table('GetTable', 'GetPartition', 'GetPartitions', 'UpdateTable'),
      objects('landing/', 'GetObject'),
      rewritten,
    ],
    sources: ['merge-into-statement', CATALOG],
  },
  {
    statement: '`OPTIMIZE … REWRITE DATA`',
    by: ['run'],
    needs: [found, table('GetTable', 'UpdateTable'), rewritten],
    sources: ['optimize-statement', CATALOG],
  },
  {
    statement: '`VACUUM`',
    by: ['run'],
    needs: [found, table('GetTable', 'UpdateTable'), objects('bucket', 'ListBucket'), rewritten],
    sources: ['vacuum-statement', CATALOG],
  },
];

const GUIDE = 'https://docs.aws.amazon.com/athena/latest/ug/';

/** The rows of the table in docs/operations/permissions.md. */
export function permissionRows(): string[] {
  return statementKinds.map(({ statement, by, needs, sources }) => {
    const allowed = needs.map(({ actions, on }) => `${shortened(actions)} on ${on.join(', ')}`);
    const links = sources.map((name) => `[${name}](${GUIDE}${name}.html)`);
    return `| ${statement} | ${by.join(', ')} | ${allowed.join('; ')} | ${links.join(', ')} |`;
  });
}

/** `s3:GetObject`, then what is of the same service without its name: `PutObject`. */
function shortened(actions: readonly string[]): string {
  return actions
    .map((action, index) => `\`${index === 0 ? action : action.replace(/^\w+:/, '')}\``)
    .join(' ');
}
