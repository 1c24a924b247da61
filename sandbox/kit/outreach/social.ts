import { randomStream } from '../random.ts';
import { csv } from '../words.ts';
import { lived, type Outreach } from './heard.ts';

/** Name, followers on the first day, new ones a day, impressions a day, share of those who do something. */
const NETWORKS = [
  ['LinkedIn', 2_900, 2.1, 1_450, 0.032],
  ['Facebook', 1_150, 0.4, 520, 0.021],
] as const;

/** Followers as counted each night, Sundays too. */
export function followerLines({ growth, seed, ...outreach }: Outreach): string[] {
  const lines = ['Network,Account,Day,Followers'];
  for (const [network, first, daily] of NETWORKS) {
    let followers = first * growth;
    for (const day of lived({ growth, seed, ...outreach })) {
      followers += daily * growth * (0.5 + randomStream(seed, `followers/${network}/${day.date}`).float());
      lines.push(csv(',', network, outreach.domain, day.date, String(Math.floor(followers))));
    }
  }
  return lines;
}

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
