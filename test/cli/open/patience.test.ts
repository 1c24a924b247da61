import { expect, test } from 'vitest';
import { patiently } from '../../../cli/open/patience.ts';
import type { Answering, Reply } from '../../../cli/open/server.ts';

const reply = (body: string): Reply => ({ status: 200, type: 'text/html', body });
const query = new URLSearchParams('by=region');

/** An answer that comes when it is told to, and how often it was asked for. */
function slow() {
  const asked: string[] = [];
  let come: (body: string) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const answer: Answering = (path) => {
    asked.push(path);
    return new Promise((resolve, reject) => {
      come = (body) => resolve(reply(body));
      fail = reject;
    });
  };
  return { asked, answer, come: (body: string) => come(body), fail: (error: Error) => fail(error) };
}

test('an answer that is there in time comes as it is', async () => {
  expect(await patiently(async () => reply('1,234'), 60_000)('/day/kpi', query)).toEqual(reply('1,234'));
});

test('one that is not is worked out once: a page says so and asks again until it is there', async () => {
  const { asked, answer, come } = slow();
  const ask = patiently(answer, 1);
  const first = await ask('/day/kpi', query);
  expect(first.body).toContain('http-equiv="refresh"');
  expect((await ask('/day/kpi', query)).body).toContain('Counting');
  expect(asked).toHaveLength(1);
  come('1,234');
  expect((await ask('/day/kpi', query)).body).toBe('1,234');
  // The next time it is asked anew: something may have come.
  await ask('/day/kpi', query);
  expect(asked).toHaveLength(2);
});

test('two questions are two works', async () => {
  const { asked, answer } = slow();
  const ask = patiently(answer, 1);
  await Promise.all([ask('/day/kpi', query), ask('/day/kpi', new URLSearchParams('by=channel'))]);
  expect(asked).toHaveLength(2);
});

test('a file is waited for', async () => {
  const { answer, come } = slow();
  const waited = patiently(answer, 1)('/day/kpi/figures.csv', query);
  setTimeout(() => come('kpi,value'), 30);
  expect((await waited).body).toBe('kpi,value');
});

test('what fails meanwhile ends nothing, and is asked anew', async () => {
  const { asked, answer, fail } = slow();
  const ask = patiently(answer, 1);
  await ask('/day/kpi', query);
  fail(new Error('the disk went away'));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect((await ask('/day/kpi', query)).body).toContain('Counting');
  expect(asked).toHaveLength(2);
});
