import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Company } from '../../functions/lake/company/company.ts';
import { resolvedCompany } from '../../functions/lake/company/resolved.ts';
import { deploymentOf, LIVE, toPush } from '../../functions/lake/run/live-company.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { businessDate } from '../../functions/lake/values/zone.ts';
import { writeJson } from '../../functions/platform/bucket.ts';
import { type TestStack, testStack } from '../kit/aws/stack.ts';
import { tinyCompany } from '../kit/tiny-company.ts';
import { zoneAtTwo } from '../kit/zone-at-two.ts';

/**
 * A reader whose hour is to come, on a stack: the functions read the machine's own clock, in a zone whose day has hardly begun. That her hour
 * comes is made so by a push of an earlier one, which takes no deployment.
 */
const zone = zoneAtTwo(new Date());
const asOf = addDays(businessDate(new Date(), zone), -1);
/** What her digest is about: this is of mails, and figures only take Trino's time. */
const DIGEST = ['net_revenue', 'orders'];
const READERS = ['chef@example.com', 'chief@example.com', 'late@example.com'];

let stack: TestStack;
beforeAll(async () => {
  const off = loadCatalogue().kpis.map(({ id }) => id);
  const { folder, config } = await tinyCompany(off.filter((id) => !DIGEST.includes(id)));
  await writeFile(config, (await readFile(config, 'utf8')).replace('Europe/Paris', zone));
  await appendFile(
    config,
    '  - { email: late@example.com, roles: [executive], hour: 23 }\ndelivery: { from: Vigie <vigie@example.com> }\n',
  );
  stack = await testStack({
    ...{ motoUrl: inject('motoUrl'), trinoUrl: inject('trinoUrl'), config, folder },
  });
});
afterAll(() => stack?.close());

const digests = (): string[] =>
  stack.mail.mails
    .filter(({ raw }) =>
      /<digest\./.test(
        Buffer.from(raw)
          .toString('utf8')
          .replaceAll(/=\r?\n/g, ''),
      ),
    )
    .map(({ to }) => to.join())
    .toSorted();
const tell = () => stack.functions.invoke('report', { do: 'tell' });

/** Pushes another hour of the last reader. */
async function push(hour: number): Promise<void> {
  const { company } = stack;
  const recipients = company.recipients.map((reader) =>
    reader.hour === undefined ? reader : { ...reader, hour },
  ) as Company['recipients'];
  const live = toPush({ ...company, recipients }, company, deploymentOf(resolvedCompany(company)));
  await writeJson(stack.bucket, LIVE, live);
}

test('the run leaves her waiting, the timetable’s call tells her when her hour has come, and nobody twice', async () => {
  expect(await tell()).toEqual([]);
  expect(await stack.execute({ date: asOf })).toMatchObject({ status: 'succeeded' });
  expect(digests()).toEqual(READERS.slice(0, 2));
  expect(await tell()).toMatchObject([{ asOf, mails: [], waits: [{}] }]);
  expect(digests()).toHaveLength(2);
  await push(1);
  expect(await tell()).toMatchObject([{ asOf, mails: [{ status: 'sent' }], waits: [] }]);
  expect(digests()).toEqual(READERS);
  expect(await tell()).toEqual([]);
  expect(await stack.execute({ date: asOf })).toMatchObject({ status: 'succeeded' });
  expect(digests()).toEqual(READERS);
});

test('no function asks S3 for what its policy does not allow', async () => {
  expect(await stack.functions.invoke('run', { do: 'watch' })).toMatchObject({ missing: 0 });
  expect(stack.denied).toEqual([]);
});
