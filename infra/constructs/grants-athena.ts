import type { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Grant } from '../acknowledge.ts';
import { type Names, workgroupOf } from '../names.ts';

const TABLES = 'All tables of the stack’s own two databases: the load step makes them.';

/**
 * What it takes to run statements in the stack’s workgroup (infra/statements.ts says by kind); `define` makes and changes tables (Iceberg commits do).
 */
export function athenaGrants(stack: Stack, kind: 'query' | 'define', names: Names): Grant[] {
  const databases = [names.landingDatabase, names.lakeDatabase];
  const glue = (resource: string, resourceName?: string): string =>
    stack.formatArn({ service: 'glue', resource, ...(resourceName === undefined ? {} : { resourceName }) });
  const catalog = [
    glue('catalog'),
    ...databases.map((name) => glue('database', name)),
    ...databases.map((name) => glue('table', `${name}/*`)),
  ];
  const read: Grant = {
    statement: new PolicyStatement({
      sid: 'ReadCatalog',
      actions: [
        'glue:GetDatabase',
        'glue:GetDatabases',
        'glue:GetTable',
        'glue:GetTables',
        'glue:GetPartition',
        'glue:GetPartitions',
      ],
      // Athena looks for the database `default` whatever the statement is about.
      resources: [...catalog, glue('database', 'default')],
    }),
    wildcard: TABLES,
  };
  const define: Grant = {
    statement: new PolicyStatement({
      sid: 'DefineTables',
      actions: ['glue:CreateTable', 'glue:UpdateTable'],
      resources: catalog,
    }),
    wildcard: TABLES,
  };
  return [statements(stack, workgroupOf(kind, names)), read, ...(kind === 'define' ? [define] : [])];
}

const statements = (stack: Stack, workgroup: string): Grant => ({
  statement: new PolicyStatement({
    sid: 'Statements',
    actions: [
      'athena:StartQueryExecution',
      'athena:GetQueryExecution',
      'athena:GetQueryResults',
      'athena:StopQueryExecution',
      'athena:GetWorkGroup',
    ],
    resources: [stack.formatArn({ service: 'athena', resource: 'workgroup', resourceName: workgroup })],
  }),
});
