import type { StateMachine } from './asl.ts';
import { invoke } from './invoke.ts';

/** Three hours: OPTIMIZE of a large table takes minutes, and fifteen tables come one after the other. */
const MAINTENANCE_SECONDS = 3 * 3600;

/**
 * Weekly OPTIMIZE and VACUUM, a table an invocation, one after the other. A table that fails holds up no other; at the
 * end the execution fails if one did.
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
        ItemSelector: { 'item.$': '$$.Map.Item.Value' },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'Table',
          States: {
            Table: {
              ...invoke('run', { do: 'maintain', 'item.$': '$.item' }),
              ResultSelector: { 'status.$': '$.Payload.status' },
              ResultPath: '$.outcome',
              Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'TableFailed' }],
              Next: 'TableOver',
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
