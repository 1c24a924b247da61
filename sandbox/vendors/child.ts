/**
 * The process in which the vendors live, so that they have a processor of their own. spawn.ts starts it and tells it
 * over IPC what to invent and serve; it ends with whoever started it.
 */
import { VigieError } from '../../functions/platform/errors.ts';
import { chaosOf } from '../chaos/chaos.ts';
import { companyNamed } from '../companies/list.ts';
import type { ChildAnswer, ChildOrder } from './spawn.ts';

const tell = (answer: ChildAnswer): void => void process.send?.(answer);

process.once('disconnect', () => process.exit(0));
// Ctrl-C reaches every process of a terminal: who started this one decides when it ends.
process.on('SIGINT', () => undefined);
process.once('message', (order: ChildOrder) => void serve(order));

async function serve({ chaos, company, ...options }: ChildOrder): Promise<void> {
  try {
    const { summary, servers } = await companyNamed(company).serve({
      ...options,
      now: () => new Date(),
      ...(chaos === null ? {} : { misbehave: chaosOf(chaos).misbehave }),
    });
    tell({ kind: 'serving', summary, vendors: servers.vendors });
  } catch (error) {
    tell(
      error instanceof VigieError
        ? { kind: 'refused', message: error.message, code: error.code, hint: error.hint ?? '' }
        : {
            kind: 'broken',
            message: error instanceof Error ? (error.stack ?? error.message) : String(error),
          },
    );
  }
}
