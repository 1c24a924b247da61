import type { Day } from '../calendar.ts';
import { randomStream } from '../random.ts';
import { csv } from '../words.ts';
import { lived, type Outreach, ordinary } from './heard.ts';

const TUESDAY = 1;
/** Recipients of the newsletter at growth 1, on the first day; the list grows by a fifth a year. */
const RECIPIENTS = 4_200;
/** Of those who would have clicked, so many find a link that works: the one to unsubscribe, the address in the footer. */
const STILL_CLICKED = 0.08;

/** A newsletter that went out. */
export interface Mail {
  readonly day: Day;
  readonly name: string;
  readonly recipients: number;
  readonly bounced: number;
  readonly opened: number;
  /** Of these by machines. */
  readonly machine: number;
  readonly clicked: number;
  readonly left: number;
  readonly phone: number;
  readonly browser: number;
}

/** The days on which newsletters go out: each Tuesday of trade. */
export const sendDays = (days: readonly Day[]): Day[] =>
  days.filter((day) => day.weekday === TUESDAY && day.trading);

/** The newsletter of the `at`-th day of sending. */
export const newsletterOf = (newsletters: readonly string[], at: number): string =>
  newsletters[at % newsletters.length] as string;

export const mailsOf = (outreach: Outreach): Mail[] =>
  sendDays(lived(outreach)).map((day, at) => mailOf(outreach, day, at));

function mailOf({ seed, growth, newsletters, effects = ordinary }: Outreach, day: Day, at: number): Mail {
  const random = randomStream(seed, `mails/${day.date}`);
  const about = (share: number, of: number): number =>
    Math.round(of * share * (0.92 + 0.16 * random.float()));
  const recipients = Math.round(RECIPIENTS * growth * (1 + (0.2 * day.index) / 365));
  const bounced = about(0.034, recipients);
  const delivered = recipients - bounced;
  const opened = about(0.24, delivered);
  const willing = about(0.036, delivered);
  const phone = about(0.38, opened);
  const browser = about(0.2, opened);
  return {
    ...{ day, name: newsletterOf(newsletters, at), recipients, bounced, opened, phone, browser },
    machine: about(0.11, delivered),
    clicked: effects.linksBroken(day.index) ? Math.round(willing * STILL_CLICKED) : willing,
    left: about(0.002, delivered),
  };
}

/** The list that the mail tool exports. */
export const mailLines = (outreach: Outreach): string[] => [
  'Campaign,Name,Sent,Recipients,Bounced,Opened,Machine,Clicked,Left,Phone,Computer,Browser',
  ...mailsOf(outreach).map((mail, at) => mailLine(mail, at)),
];

function mailLine(mail: Mail, at: number): string {
  const { opened, phone, browser } = mail;
  const counts = [
    ...[mail.recipients, mail.bounced, opened, mail.machine, mail.clicked, mail.left],
    ...[phone, Math.max(0, opened - phone - browser), browser],
  ];
  return csv(',', String(1000 + at), mail.name, mail.day.date, ...counts.map(String));
}
