import type { Day } from '../calendar.ts';
import { randomStream } from '../random.ts';
import { csv } from '../words.ts';
import { lived, type Outreach, ordinary } from './heard.ts';

/** Name, followers on the first day, new ones a day, impressions a day, share of those who do something. */
const NETWORKS = [
  ['LinkedIn', 2_900, 2.1, 1_450, 0.032],
  ['Facebook', 1_150, 0.4, 520, 0.021],
] as const;

/** Followers of a network as counted on a night. */
export interface Audience {
  readonly network: string;
  readonly day: Day;
  readonly followers: number;
}

/** Followers as counted each night, Sundays too. */
export function audienceOf(outreach: Outreach): Audience[] {
  const { growth, seed, effects = ordinary } = outreach;
  return NETWORKS.flatMap(([network, first, daily]) => {
    let followers = first * growth;
    return lived(outreach).map((day) => {
      followers += daily * growth * (0.5 + randomStream(seed, `followers/${network}/${day.date}`).float());
      const left = 1 - effects.followersLost(network, day.index);
      return { network, day, followers: Math.floor(followers * left) };
    });
  });
}

export const followerLines = (outreach: Outreach): string[] => [
  'Network,Account,Day,Followers',
  ...audienceOf(outreach).map(({ network, day, followers }) =>
    csv(',', network, outreach.domain, day.date, String(followers)),
  ),
];

/** What posts brought: little on days without trade. */
export function postLines(outreach: Outreach): string[] {
  const { seed, growth, domain } = outreach;
  const lines = ['Network,Account,Day,Shown,Engagements'];
  for (const [network, , , shownUsually, rate] of NETWORKS)
    for (const day of lived(outreach)) {
      const random = randomStream(seed, `posts/${network}/${day.date}`);
      const shown = Math.round(
        shownUsually * growth * (day.trading ? 1 : 0.35) * (0.8 + 0.4 * random.float()),
      );
      const engaged = Math.round(shown * rate * (0.85 + 0.3 * random.float()));
      lines.push(csv(',', network, domain, day.date, String(shown), String(engaged)));
    }
  return lines;
}
