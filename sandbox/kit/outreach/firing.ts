import { type Answer, answersOf } from './answers.ts';
import type { Outreach } from './heard.ts';
import { type Mail, mailsOf } from './mails.ts';
import { type Visits, visitsOf } from './rivals.ts';
import { type Audience, audienceOf } from './social.ts';

/** What was sent, counted and answered: what the figures must come to. */
export interface Heard {
  readonly outreach: Outreach;
  readonly mails: readonly Mail[];
  readonly audience: readonly Audience[];
  readonly visits: readonly Visits[];
  readonly answers: readonly Answer[];
}

export const heardOf = (outreach: Outreach): Heard => ({
  outreach,
  mails: mailsOf(outreach),
  audience: audienceOf(outreach),
  visits: visitsOf(outreach),
  answers: answersOf(outreach),
});

/** What is counted, and out of how many. */
type Share = readonly [part: number, whole: number];
const total = (shares: readonly Share[]): [part: number, whole: number] => [
  shares.reduce((sum, [part]) => sum + part, 0),
  shares.reduce((sum, [, whole]) => sum + whole, 0),
];
const within = (index: number, day: number, length: number): boolean => index > day - length && index <= day;

/** Clicks out of mails delivered of a newsletter, in the seven days to a day. */
export const clicksOf = ({ mails }: Heard, newsletter: string, day: number): [number, number] =>
  total(
    mails
      .filter((mail) => mail.name === newsletter && within(mail.day.index, day, 7))
      .map((mail): Share => [mail.clicked, mail.recipients - mail.bounced]),
  );

const YEAR = 364;

/** A network's followers on a day against those a year before: -1 is all of them gone; 0 where that is not known. */
export function followersChange({ audience }: Heard, network: string, day: number): number {
  const on = (index: number) =>
    audience.find((counted) => counted.network === network && counted.day.index === index)?.followers;
  const [now, before] = [on(day), on(day - YEAR)];
  return now === undefined || before === undefined ? 0 : now / before - 1;
}

/** Visits from search to the company out of those to it and a competitor, in the 28 days to a day: each day an equal part of its month's. */
export function searchShare({ outreach, visits }: Heard, rival: string, day: number): number {
  const daily = (domain: string, month: string): number => {
    const days = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
    const estimates = visits.filter(
      (each) => each.domain === domain && each.since.date.slice(0, 7) === month,
    );
    return estimates.reduce((sum, { organic }) => sum + organic, 0) / days;
  };
  const window = outreach.days.slice(Math.max(0, day - 27), day + 1);
  const [own, both] = total(
    window.map(({ date }): Share => {
      const month = date.slice(0, 7);
      const visited = daily(outreach.domain, month);
      return [visited, visited + daily(rival, month)];
    }),
  );
  return own / both;
}

/** Satisfied answers (4 and 5 of 5) out of all of a region, in the 28 days to a day. */
export const satisfactionOf = ({ answers }: Heard, region: string, day: number): [number, number] =>
  total(
    answers
      .filter((answer) => answer.region === region && within(answer.day.index, day, 28))
      .map(({ satisfied }): Share => [satisfied >= 4 ? 1 : 0, 1]),
  );
