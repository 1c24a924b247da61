import type { StateMachine } from './asl.ts';
import { invoke, invokeOnce } from './invoke.ts';

/** Three hours: OPTIMIZE of a large table takes minutes, and fifteen tables come one after the other. */
const MAINTENANCE_SECONDS = 3 * 3600;

/**
 * Weekly OPTIMIZE and VACUUM, one table after the other, then the months of the snapshot that are settled, a statement an invocation: what Athena does in several rounds
 * goes on where the answer says. A table that fails holds up no other; at the end the execution fails if one did.
 */
export function maintenanceMachine(): StateMachine {
  return {
    Comment: 'Vigie: weekly OPTIMIZE and VACUUM of the lake',
    StartAt: 'Tables',
    TimeoutSeconds: MAINTENANCE_SECONDS,
    States: {
      Tables: {
        ...invoke('run', { do: 'maintain' }),
        ResultSelector: { 'items.$': '$.Payload.items' },
        Next: 'Maintain',
      },
      Maintain: {
        Type: 'Map',
        ItemsPath: '$.items',
        MaxConcurrency: 1,
        ItemSelector: { 'item.$': '$$.Map.Item.Value', at: { part: 0, rounds: 0 } },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'Table',
          States: {
            Table: {
              ...invokeOnce('run', { do: 'maintain', 'item.$': '$.item', 'at.$': '$.at' }),
              ResultSelector: { 'status.$': '$.Payload.status', 'at.$': '$.Payload.at' },
              ResultPath: '$.outcome',
              Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'TableFailed' }],
              Next: 'TableOutcome',
            },
            TableOutcome: {
              Type: 'Choice',
              Comment: 'One statement an invocation, until there is no more to do.',
              Choices: [{ Variable: '$.outcome.status', StringEquals: 'unfinished', Next: 'TableGoesOn' }],
              Default: 'TableOver',
            },
            TableGoesOn: {
              Type: 'Pass',
              Parameters: { 'item.$': '$.item', 'at.$': '$.outcome.at' },
              Next: 'Table',
            },
            TableOver: {
              Type: 'Pass',
              Parameters: { 'item.$': '$.item', 'status.$': '$.outcome.status' },
              End: true,
            },
            TableFailed: {
              Type: 'Pass',
              Parameters: { 'item.$': '$.item', status: 'failed', 'error.$': '$.error' },
              End: true,
            },
          },
        },
        ResultPath: '$.tables',
        Next: 'Failures',
      },
      Failures: {
        Type: 'Pass',
        Parameters: { 'failed.$': "$.tables[?(@.status=='failed')]" },
        Next: 'Judge',
      },
      Judge: {
        Type: 'Choice',
        Choices: [{ Variable: '$.failed[0]', IsPresent: true, Next: 'SomeFailed' }],
        Default: 'Done',
      },
      SomeFailed: {
        Type: 'Fail',
        Error: 'MaintenanceFailed',
        Cause:
          'A table could not be tidied; the input of the state Judge says which, the log of the function run says why.',
      },
      Done: { Type: 'Succeed' },
    },
  };
}
