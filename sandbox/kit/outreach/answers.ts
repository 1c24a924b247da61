import { randomStream, weighted } from '../random.ts';
import { csv } from '../words.ts';
import { lived, type Outreach } from './heard.ts';

/** How likely one is to recommend the company, 0 to 10, and how satisfied one is, 1 to 5. */
const RECOMMEND = weighted([
  [10, 24],
  [9, 26],
  [8, 22],
  [7, 12],
  [6, 7],
  [5, 5],
  [3, 2],
  [0, 2],
]);
const SATISFIED = weighted([
  [5, 38],
  [4, 42],
  [3, 13],
  [2, 5],
  [1, 2],
]);

/** Answers to the survey that follows an order: some three each day of trade. */
export function answerLines(outreach: Outreach): string[] {
  const { seed, growth, regions } = outreach;
  const lines = ['Number,Answered,Recommend,Satisfied,Region'];
  for (const day of lived(outreach)) {
    if (!day.trading) continue;
    const random = randomStream(seed, `answers/${day.date}`);
    const count = Math.round(random.between(2, 4) * Math.max(growth, 0.5));
    for (let at = 0; at < count; at += 1) {
      const [recommend, satisfied] = [random.pick(RECOMMEND), random.pick(SATISFIED)];
      lines.push(
        csv(
          ',',
          String(lines.length),
          `${day.date} ${String(9 + at).padStart(2, '0')}:30`,
          String(recommend),
          String(satisfied),
          random.pick(regions),
        ),
      );
    }
  }
  return lines;
}
