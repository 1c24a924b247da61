import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { noteCalled } from '../../functions/lake/run/waits.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import { tellDue } from '../../functions/report/tell-due.ts';
import { localRun, mailsIn, withContext } from '../kit/local-run.ts';
import { quickFolder } from '../kit/quick-folder.ts';
import { tinyCompany, unmeasured } from '../kit/tiny-company.ts';
import { isItsTurn } from '../kit/turn.ts';

/** Failures of every class: understood, of the file system, of nobody's foresight, and no error at all. */
const failures: readonly (() => unknown)[] = [
  () => new TypeError('x is not a function'),
  () => new VigieError('not today', { code: 'ODD', hint: 'Try again.' }),
  () => new VigieError('not now', { code: 'SQL_FAILED', retryable: true }),
  () => Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }),
  () => new RangeError('Maximum call stack size exceeded'),
  () => 'a text that was thrown',
];

/** The calls of a run to its ports, by kind: `read state/`, `query kpi` … the first of each fails once. */
function failingOnce(kind: string | undefined, failure: () => unknown) {
  const kinds = new Set<string>();
  let hasFailed = false;
  const guard =
    <A extends unknown[], R>(name: string, act: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const what = kindOf(name, args);
      kinds.add(what);
      if (what === kind && !hasFailed) {
        hasFailed = true;
        throw failure();
      }
      return act(...args);
    };
  const wrap = ({ bucket, engine, inbox, ...rest }: Platform): Platform => ({
    ...rest,
    bucket: {
      ...bucket,
      read: guard('read', bucket.read),
      write: guard('write', bucket.write),
      exists: guard('exists', bucket.exists),
      create: guard('create', bucket.create),
      writeStream: guard('write', bucket.writeStream),
    },
    engine: {
      ...engine,
      query: guard('query', engine.query),
      execute: guard('execute', engine.execute),
    },
    inbox: { ...inbox, list: guard('list', inbox.list) },
  });
  return { kinds, wrap };
}

function kindOf(name: string, args: readonly unknown[]): string {
  if (name === 'query' || name === 'execute') {
    const label = (args[1] as { label?: string } | undefined)?.label ?? '';
    return `${name} ${label.split(' ')[0]}`;
  }
  const [first = '', second = '', third = ''] = String(args[0]).split('/');
  return first === 'work' ? `${name} work/${third}` : `${name} ${first}/${first === 'state' ? second : ''}`;
}

/** `npm run test:damage` fails every kind of call, CI a third of them in turn. */
const EACH = process.env['VIGIE_DAMAGE'] ? 1 : 5;

/** Of the outbox and the mail itself a failure costs one message: the other readers have theirs. */
const ONE_MAIL = /(outbox|mail)\//;

test('whatever fails once, wherever, of whatever class, the morning ends with its mails', async () => {
  const off = [...unmeasured, 'products_per_order', 'units_per_order', 'new_customers'];
  const tiny = await tinyCompany(off, await quickFolder('vigie-failing-'));
  onTestFinished(() => rmSync(tiny.folder, { recursive: true }));
  // One reader is told at nine, by whoever comes by then.
  appendFileSync(tiny.config, '  - { email: nine@example.com, roles: [executive], hour: 9 }\n');
  const run = { config: tiny.config, at: '2026-03-11T06:00:00Z', asOf: tiny.lastDay };
  const seen = failingOnce(undefined, () => undefined);
  await noteCalled(fileBucket(join(tiny.folder, 'reference')), new Date(run.at));
  await localRun({ ...run, state: join(tiny.folder, 'reference'), wrap: seen.wrap });
  expect(seen.kinds.size).toBeGreaterThan(20);
  for (const [index, kind] of [...seen.kinds].entries()) {
    if (index % EACH !== 0 || !isItsTurn(index)) continue;
    const state = join(tiny.folder, `failed-${index}`);
    const failure = failures[index % failures.length] as () => unknown;
    const what = `${kind}: ${String(failure())}`;
    await noteCalled(fileBucket(state), new Date(run.at));
    await localRun({ ...run, state, wrap: failingOnce(kind, failure).wrap }).catch((error: unknown) => {
      // The run may fail to note that it ended: everybody has been told by then.
      if (!/runs|finished/.test(kind)) throw new Error(what, { cause: error });
    });
    await withContext({ ...run, state, at: '2026-03-11T08:00:00Z' }, tellDue);
    const digests = [...mailsIn(state).keys()].filter((name) => name.includes('digest'));
    expect(digests.length, what).toBeGreaterThanOrEqual(ONE_MAIL.test(kind) ? 2 : 3);
    rmSync(state, { recursive: true, force: true });
  }
}, 600_000);
