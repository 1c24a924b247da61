import type { Day } from '../../../kit/calendar.ts';
import { carrier, type Random, randomStream } from '../../../kit/random.ts';
import { numbered } from './record-ids.ts';

/** Somebody with a licence for the CRM. */
export interface User {
  readonly id: string;
  readonly team: 'Sales development' | 'Account executives' | 'Marketing' | 'Customer success';
  /** Day indexes; null: since ever, still. */
  readonly from: number | null;
  readonly until: number | null;
  /** Records touched on a day of trade, on average. */
  readonly pace: number;
}

export interface Team {
  readonly users: readonly User[];
}

/** So many days before the last, an account executive left and a new one came; a developer of sales came earlier. */
const LEFT_DAYS_BACK = 120;
const CAME_DAYS_BACK = 105;
const GREW_DAYS_BACK = 400;

/** Sixteen people; in customer success the CRM is not loved. */
export function teamOf(last: number): Team {
  const user = (number: number, team: User['team'], pace: number, span: Partial<User> = {}): User => ({
    ...{ id: numbered('owner', number), team, pace, from: null, until: null },
    ...span,
  });
  return {
    users: [
      ...[1, 2, 3].map((number) => user(number, 'Sales development', 22)),
      user(4, 'Sales development', 19, { from: Math.max(0, last - GREW_DAYS_BACK) }),
      ...[5, 6, 7, 8].map((number) => user(number, 'Account executives', 13)),
      user(9, 'Account executives', 12, { until: Math.max(0, last - LEFT_DAYS_BACK) }),
      user(10, 'Account executives', 11, { from: Math.max(0, last - CAME_DAYS_BACK) }),
      ...[11, 12].map((number) => user(number, 'Marketing', 8)),
      user(13, 'Customer success', 3),
      user(14, 'Customer success', 1.2),
      user(15, 'Customer success', 0.4),
      user(16, 'Customer success', 0),
    ],
  };
}

/** Whoever of a team had a licence on a day. */
const present = ({ users }: Team, team: User['team'], day: number): readonly User[] =>
  users.filter(
    (user) =>
      user.team === team && (user.from ?? 0) <= day && (user.until ?? Number.POSITIVE_INFINITY) >= day,
  );

/** Who gets a deal that is made on that day; who leaves later stays its owner. */
export const sellerOn = (team: Team, day: number, random: Random): string =>
  random.pick(present(team, 'Account executives', day)).id;

export const developerOn = (team: Team, day: number, random: Random): string =>
  random.pick(present(team, 'Sales development', day)).id;

export interface Activity {
  readonly user: string;
  readonly day: number;
  readonly records: number;
}

/** What each user created or changed on a day. */
export function activityOf(seed: number, team: Team): (day: Day) => Activity[] {
  const carry = new Map(team.users.map(({ id }) => [id, carrier()]));
  return (day) => {
    if (!day.trading) return [];
    const random = randomStream(seed, `activity/${day.date}`);
    return team.users.flatMap(({ id, pace, from, until }) => {
      if ((from ?? 0) > day.index || (until ?? day.index) < day.index) return [];
      const records = carry.get(id)?.(pace * (0.6 + 0.8 * random.float())) ?? 0;
      return records > 0 ? [{ user: id, day: day.index, records }] : [];
    });
  };
}
