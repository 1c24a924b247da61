import type { Day } from '../calendar.ts';
import { randomStream } from '../random.ts';
import { csv } from '../words.ts';
import { lived, type Outreach } from './heard.ts';

const TUESDAY = 1;
/** Recipients of the newsletter at growth 1, on the first day; the list grows by a fifth a year. */
const RECIPIENTS = 4_200;

/** The newsletter of each Tuesday of trade, as the mail tool exports it. */
export function mailLines(outreach: Outreach): string[] {
  const sends = lived(outreach).filter((day) => day.weekday === TUESDAY && day.trading);
  return [
    'Campaign,Name,Sent,Recipients,Bounced,Opened,Machine,Clicked,Left,Phone,Computer,Browser',
    ...sends.map((day, at) => mailLine(outreach, day, at)),
  ];
}

function mailLine({ seed, growth, newsletters }: Outreach, day: Day, at: number): string {
  const random = randomStream(seed, `mails/${day.date}`);
  const about = (share: number, of: number): number =>
    Math.round(of * share * (0.92 + 0.16 * random.float()));
  const recipients = Math.round(RECIPIENTS * growth * (1 + (0.2 * day.index) / 365));
  const bounced = about(0.034, recipients);
  const delivered = recipients - bounced;
  const opened = about(0.24, delivered);
  const clicked = about(0.036, delivered);
  const phone = about(0.38, opened);
  const browser = about(0.2, opened);
  const counts = [
    ...[recipients, bounced, opened, about(0.11, delivered), clicked, about(0.002, delivered)],
    ...[phone, Math.max(0, opened - phone - browser), browser],
  ];
  return csv(
    ',',
    String(1000 + at),
    newsletters[at % newsletters.length] as string,
    day.date,
    ...counts.map(String),
  );
}
