import {
  CreateTableCommand,
  GetTableCommand,
  GlueClient,
  type Table,
  type TableInput,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { messageOf, VigieError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Environment, stackFact } from './aws-environment.ts';
import { awsError, failureOf } from './aws-errors.ts';
import { clientSettings } from './client-settings.ts';

/** A table over Parquet files in folders `<partition>=<value>/…`, its columns in Hive's words. */
export interface ProjectedTable {
  readonly name: string;
  /** Bucket key of the folder, `/` at its end. */
  readonly folder: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly partitions: readonly string[];
}

export interface CatalogOptions {
  readonly client: GlueClient;
  readonly database: string;
  readonly bucket: string;
  readonly log: Log;
}

/** The landing database of the stack. */
export const landingCatalogFromEnv = (env: Environment, log: Log): CatalogOptions => ({
  client: new GlueClient(clientSettings(env, 'GLUE')),
  database: stackFact(env, 'landingDatabase'),
  bucket: stackFact(env, 'bucket'),
  log,
});

/**
 * Creates the tables that are missing and puts right those that differ from their definition (a column was added, or
 * somebody altered one): they hold no data themselves, so that nothing can be lost. Their partitions are injected by
 * queries (partition projection): none is ever added. Gives those that are refused, by name, which hold up no other:
 * `LANDING_TABLE_FOREIGN`, where the name belongs to something that is no such table. Throws `LAKE_DATABASE_MISSING`, and
 * those of every AWS service.
 */
export async function ensureProjectedTables(
  catalog: CatalogOptions,
  tables: readonly ProjectedTable[],
): Promise<ReadonlyMap<string, VigieError>> {
  const refused = new Map<string, VigieError>();
  for (const table of tables) {
    try {
      await ensureTable(catalog, inputOf(catalog, table));
    } catch (error) {
      const explained = explain(error, catalog.database, table.name);
      if (explained.code !== 'LANDING_TABLE_FOREIGN') throw explained;
      refused.set(table.name, explained);
    }
  }
  return refused;
}

async function ensureTable(catalog: CatalogOptions, wanted: TableInput): Promise<void> {
  const { client, database: DatabaseName, log } = catalog;
  const Name = wanted.Name as string;
  const found = await findTable(client, DatabaseName, Name);
  if (!found) {
    if (await createTable(client, DatabaseName, wanted)) log.info('landing table created', { table: Name });
    return;
  }
  if (isForeign(found)) throw foreign(DatabaseName, found);
  const differences = differencesOf(found, wanted);
  if (differences.length === 0) return;
  await client.send(new UpdateTableCommand({ DatabaseName, TableInput: wanted, SkipArchive: true }));
  log.warn('landing table put right', { table: Name, differences: differences.join(', ') });
}

async function findTable(client: GlueClient, DatabaseName: string, Name: string): Promise<Table | undefined> {
  try {
    return (await client.send(new GetTableCommand({ DatabaseName, Name }))).Table;
  } catch (error) {
    if (failureOf(error).name === 'EntityNotFoundException') return undefined;
    throw error;
  }
}

/** False where another run was faster. */
async function createTable(client: GlueClient, DatabaseName: string, input: TableInput): Promise<boolean> {
  try {
    await client.send(new CreateTableCommand({ DatabaseName, TableInput: input }));
    return true;
  } catch (error) {
    if (failureOf(error).name === 'AlreadyExistsException') return false;
    throw error;
  }
}

const HADOOP = 'org.apache.hadoop.hive.ql.io.parquet';

function inputOf({ bucket }: CatalogOptions, table: ProjectedTable): TableInput {
  const location = `s3://${bucket}/${table.folder}`;
  const injected = table.partitions.map((name) => [`projection.${name}.type`, 'injected']);
  const folders = table.partitions.map((name) => `${name}=\${${name}}/`).join('');
  return {
    Name: table.name,
    TableType: 'EXTERNAL_TABLE',
    PartitionKeys: table.partitions.map((Name) => ({ Name, Type: 'string' })),
    StorageDescriptor: {
      Columns: table.columns.map(({ name, type }) => ({ Name: name, Type: type })),
      Location: location,
      InputFormat: `${HADOOP}.MapredParquetInputFormat`,
      OutputFormat: `${HADOOP}.MapredParquetOutputFormat`,
      SerdeInfo: { SerializationLibrary: `${HADOOP}.serde.ParquetHiveSerDe` },
    },
    Parameters: {
      EXTERNAL: 'TRUE',
      'projection.enabled': 'true',
      ...Object.fromEntries(injected),
      'storage.location.template': location + folders,
    },
  };
}

/** A view, or a table that holds data of its own. */
const isForeign = ({ TableType, Parameters }: Table): boolean =>
  TableType !== 'EXTERNAL_TABLE' || Parameters?.['table_type'] !== undefined;

/** What a table has that it should not, by name; parameters of others (statistics, lineage) are let be. */
function differencesOf(found: Table, wanted: TableInput): string[] {
  const facts = ({ PartitionKeys, StorageDescriptor: storage }: TableInput | Table) => ({
    columns: (storage?.Columns ?? []).map(({ Name, Type }) => `${Name} ${Type}`),
    partitions: (PartitionKeys ?? []).map(({ Name, Type }) => `${Name} ${Type}`),
    location: storage?.Location,
    format: [storage?.InputFormat, storage?.OutputFormat, storage?.SerdeInfo?.SerializationLibrary],
  });
  const [is, shall] = [facts(found), facts(wanted)];
  const keys = Object.keys(shall) as (keyof typeof shall)[];
  const parameters = Object.entries(wanted.Parameters ?? {}).filter(
    ([name, value]) => found.Parameters?.[name] !== value,
  );
  return [
    ...keys.filter((key) => JSON.stringify(is[key]) !== JSON.stringify(shall[key])),
    ...parameters.map(([name]) => name),
  ];
}

const foreign = (database: string, { Name, TableType, Parameters }: Table): VigieError =>
  new VigieError(
    `${database}.${Name} in the Glue catalog is not a landing table but ${Parameters?.['table_type'] ?? TableType ?? 'something without a type'}`,
    {
      code: 'LANDING_TABLE_FOREIGN',
      where: { field: `${database}.${Name}` },
      hint: `Vigie does not touch it. Rename or drop it (aws glue delete-table --database-name ${database} --name ${Name}), then run again; or give the stack a landing database of its own.`,
    },
  );

function explain(error: unknown, database: string, table: string): VigieError {
  if (failureOf(error).name === 'EntityNotFoundException') {
    return new VigieError(`there is no Glue database ${database}: ${messageOf(error)}`, {
      code: 'LAKE_DATABASE_MISSING',
      cause: error,
      hint: 'Deploy the stack, which creates it, or set VIGIE_LANDING_DATABASE to that of the stack that is there.',
    });
  }
  return awsError(error, `landing table ${database}.${table}`);
}
