import { randomUUID } from 'node:crypto';
import {
  CreateDatabaseCommand,
  CreateTableCommand,
  DeleteTableCommand,
  GetTableCommand,
  GetTablesCommand,
  GlueClient,
  type Table,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { landingTable, landingTables } from '../../../functions/lake/landing/tables.ts';
import { clientSettings } from '../../../functions/platform/aws/client-settings.ts';
import { type CatalogOptions, ensureProjectedTables } from '../../../functions/platform/aws/glue-tables.ts';
import type { Log } from '../../../functions/platform/log.ts';
import { giveTestCredentials } from '../../kit/moto-world.ts';
import { tableNames, tableOf, tables } from '../../kit/tables.ts';

const events: string[] = [];
const note =
  (level: string) =>
  (event: string, details: object = {}) => {
    events.push(`${level} ${event} ${Object.values(details).join(': ')}`);
  };
const log: Log = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
const orders = landingTable(tableOf('orders'));
let catalog: CatalogOptions;

beforeAll(async () => {
  giveTestCredentials();
  const env = { AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: inject('motoUrl') };
  const client = new GlueClient(clientSettings(env, 'GLUE'));
  const database = `glue_${randomUUID().replaceAll('-', '_')}`;
  await client.send(new CreateDatabaseCommand({ DatabaseInput: { Name: database } }));
  catalog = { client, database, bucket: 'lake', log };
});

const found = async (): Promise<Table> => {
  const command = new GetTableCommand({ DatabaseName: catalog.database, Name: orders.name });
  return (await catalog.client.send(command)).Table as Table;
};
const ensure = async (tables = [orders]): Promise<string[]> => {
  events.length = 0;
  await ensureProjectedTables(catalog, tables);
  return [...events];
};

describe('landing tables in the Glue catalog', () => {
  test('are created, one for each table of the lake, and left alone after that', async () => {
    expect(await ensure(landingTables(tables))).toHaveLength(tableNames.length);
    const { TableList } = await catalog.client.send(new GetTablesCommand({ DatabaseName: catalog.database }));
    expect(TableList?.map(({ Name }) => Name).sort()).toEqual(
      tableNames.map((name) => `landing_${name}`).sort(),
    );
    expect(await ensure(landingTables(tables))).toEqual([]);
  });

  test('project their partitions: none is ever added', async () => {
    expect(await found()).toMatchObject({
      TableType: 'EXTERNAL_TABLE',
      PartitionKeys: [
        { Name: 'source', Type: 'string' },
        { Name: 'run', Type: 'string' },
      ],
      StorageDescriptor: { Location: 's3://lake/landing/orders/' },
      Parameters: {
        'projection.enabled': 'true',
        'projection.source.type': 'injected',
        'projection.run.type': 'injected',
        'storage.location.template': 's3://lake/landing/orders/source=${source}/run=${run}/',
      },
    });
  });

  test('gain the columns that their definition gains', async () => {
    const grown = { ...orders, columns: [...orders.columns, { name: 'later', type: 'string' }] };
    expect(await ensure([grown])).toEqual(['warn landing table put right landing_orders: columns']);
    expect((await found()).StorageDescriptor?.Columns?.at(-1)).toMatchObject({ Name: 'later' });
    await ensure();
  });

  test('altered by hand are put right, and that is said', async () => {
    const { StorageDescriptor, PartitionKeys, TableType } = await found();
    const Columns = StorageDescriptor?.Columns?.map((column) => ({ ...column, Type: 'string' }));
    const altered = { Name: orders.name, TableType, PartitionKeys, Parameters: { EXTERNAL: 'TRUE' } };
    await catalog.client.send(
      new UpdateTableCommand({
        DatabaseName: catalog.database,
        TableInput: { ...altered, StorageDescriptor: { ...StorageDescriptor, Columns } },
      }),
    );
    const [said] = await ensure();
    expect(said).toMatch(/^warn landing table put right landing_orders: columns, projection.enabled/);
    expect(await ensure()).toEqual([]);
  });

  test('are not made of what is something else, and the answer says what to do', async () => {
    const { database: DatabaseName } = catalog;
    await catalog.client.send(new DeleteTableCommand({ DatabaseName, Name: orders.name }));
    const view = { Name: orders.name, TableType: 'VIRTUAL_VIEW' };
    await catalog.client.send(new CreateTableCommand({ DatabaseName, TableInput: view }));
    const customers = landingTable(tableOf('customers'));
    const refused = await ensureProjectedTables(catalog, [orders, customers]);
    expect([...refused.keys()]).toEqual([orders.name]);
    expect(refused.get(orders.name)).toMatchObject({
      code: 'LANDING_TABLE_FOREIGN',
      message: expect.stringContaining('VIRTUAL_VIEW'),
      hint: expect.stringContaining('aws glue delete-table'),
    });
    expect((await found()).TableType).toBe('VIRTUAL_VIEW');
  });

  test('need their database, and the answer says what to do', async () => {
    await expect(
      ensureProjectedTables({ ...catalog, database: 'no_such_database' }, [orders]),
    ).rejects.toMatchObject({ code: 'LAKE_DATABASE_MISSING', hint: expect.stringContaining('Deploy') });
  });
});
