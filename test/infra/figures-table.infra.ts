import { expect, test } from 'vitest';
import { FIGURE_COLUMNS } from '../../functions/lake/snapshot/figures-table.ts';
import { resourcesOf, synthesised, words } from './synthesise.ts';

test('where a company wants it, the lake’s database has the table `figures`, with the columns that are written', async () => {
  const made = await synthesised('everything');
  const [table, ...others] = resourcesOf(made, 'AWS::Glue::Table');
  expect(others).toEqual([]);
  const [, { Properties, DependsOn = [] }] = table as NonNullable<typeof table>;
  const databases = resourcesOf(made, 'AWS::Glue::Database');
  const lake = databases.find(([, each]) =>
    words(each.Properties['DatabaseInput']).includes(words(Properties['DatabaseName'])),
  );
  expect([DependsOn].flat()).toContain(lake?.[0]);
  const input = Properties['TableInput'] as {
    readonly Name: string;
    readonly StorageDescriptor: {
      readonly Location: unknown;
      readonly Columns: readonly { Name: string; Type: string }[];
    };
  };
  expect(input).toMatchObject({
    Name: 'figures',
    TableType: 'EXTERNAL_TABLE',
    Parameters: { EXTERNAL: 'TRUE' },
  });
  expect(words(input.StorageDescriptor.Location)).toMatch(/^s3:\/\/.*\/figures\/$/);
  const columns = input.StorageDescriptor.Columns;
  expect(columns.map(({ Name }) => Name)).toEqual(FIGURE_COLUMNS);
  expect(columns.filter(({ Type }) => Type !== 'string')).toEqual([
    { Name: 'as_of', Type: 'date' },
    { Name: 'numerator', Type: 'decimal(38,6)' },
    { Name: 'denominator', Type: 'decimal(38,6)' },
    { Name: 'value', Type: 'double' },
    { Name: 'version', Type: 'int' },
    { Name: 'recorded_at', Type: 'timestamp' },
  ]);
});

test('where it does not, there is none', async () => {
  expect(resourcesOf(await synthesised('minimal'), 'AWS::Glue::Table')).toEqual([]);
});
