import type { Day } from '../calendar.ts';
import { randomStream, weighted } from '../random.ts';
import { csv } from '../words.ts';
import { lived, type Outreach, ordinary } from './heard.ts';

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

/** … where something goes wrong. */
const DISAPPOINTED = weighted([
  [8, 15],
  [6, 30],
  [5, 25],
  [3, 20],
  [0, 10],
]);
const DISSATISFIED = weighted([
  [4, 18],
  [3, 30],
  [2, 32],
  [1, 20],
]);

/** What one customer answered. */
export interface Answer {
  readonly day: Day;
  /** Of the answers of the day, from 0. */
  readonly place: number;
  readonly region: string;
  readonly recommend: number;
  readonly satisfied: number;
}

/** Answers to the survey that follows an order: some six each day of trade. */
export function answersOf(outreach: Outreach): Answer[] {
  const { seed, growth, regions, effects = ordinary } = outreach;
  return lived(outreach).flatMap((day) => {
    if (!day.trading) return [];
    const random = randomStream(seed, `answers/${day.date}`);
    const count = Math.round(random.between(4, 8) * Math.max(growth, 0.5));
    return Array.from({ length: count }, (_, place) => {
      const region = random.pick(regions);
      const bad = effects.dissatisfied(region, day.index);
      const recommend = random.pick(bad ? DISAPPOINTED : RECOMMEND);
      return { day, place, region, recommend, satisfied: random.pick(bad ? DISSATISFIED : SATISFIED) };
    });
  });
}

/** Answers of a day come one after the other, from half past nine on. */
const clock = (place: number): string => {
  const minutes = 9 * 60 + 30 + place * 7;
  return `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};

export const answerLines = (outreach: Outreach): string[] => [
  'Number,Answered,Recommend,Satisfied,Region',
  ...answersOf(outreach).map(({ day, place, region, recommend, satisfied }, at) =>
    csv(',', String(at + 1), `${day.date} ${clock(place)}`, String(recommend), String(satisfied), region),
  ),
];
