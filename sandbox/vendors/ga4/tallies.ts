import type { Session } from '../../companies/wholesale/business/sessions.ts';
import type { Day } from '../../kit/calendar.ts';
import { landingPage } from './landing-pages.ts';

/** Sessions of one day, device, channel and landing page. */
export interface Tally {
  readonly day: Day;
  readonly device: string;
  readonly channel: string;
  readonly page: string;
  sessions: number;
  engaged: number;
  ordering: number;
}

export function talliesOf(day: Day, sessions: readonly Session[]): Tally[] {
  const tallies = new Map<string, Tally>();
  for (const session of sessions) {
    const page = landingPage(session);
    const key = `${session.device}|${session.channel}|${page}`;
    let tally = tallies.get(key);
    if (!tally) {
      tally = {
        day,
        device: session.device,
        channel: session.channel,
        page,
        sessions: 0,
        engaged: 0,
        ordering: 0,
      };
      tallies.set(key, tally);
    }
    tally.sessions += 1;
    tally.engaged += session.bounced ? 0 : 1;
    tally.ordering += session.ordered ? 1 : 0;
  }
  return [...tallies.values()];
}
