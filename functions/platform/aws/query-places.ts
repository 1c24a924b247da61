import { AthenaClient, GetWorkGroupCommand } from '@aws-sdk/client-athena';
import { GlueClient, paginateGetTables } from '@aws-sdk/client-glue';
import { type Environment, stackFact } from './aws-environment.ts';
import { awsError, failureOf } from './aws-errors.ts';
import { clientSettings } from './client-settings.ts';

/** Whether the stack's workgroup takes statements: `ENABLED`, `DISABLED`; undefined where it is gone. */
export async function workgroupState(env: Environment): Promise<string | undefined> {
  const client = new AthenaClient(clientSettings(env, 'ATHENA'));
  const WorkGroup = stackFact(env, 'workgroup');
  try {
    return (await client.send(new GetWorkGroupCommand({ WorkGroup }))).WorkGroup?.State;
  } catch (error) {
    if (failureOf(error).name === 'InvalidRequestException') return undefined;
    throw awsError(error, `looking for the workgroup ${WorkGroup}`);
  } finally {
    client.destroy();
  }
}

/** Names of the tables of a Glue database; undefined where the database is gone. */
export async function tablesIn(env: Environment, database: string): Promise<Set<string> | undefined> {
  const client = new GlueClient(clientSettings(env, 'GLUE'));
  const names = new Set<string>();
  try {
    for await (const page of paginateGetTables({ client }, { DatabaseName: database }))
      for (const { Name } of page.TableList ?? []) if (Name) names.add(Name);
    return names;
  } catch (error) {
    if (failureOf(error).name === 'EntityNotFoundException') return undefined;
    throw awsError(error, `listing the tables of ${database}`);
  } finally {
    client.destroy();
  }
}
