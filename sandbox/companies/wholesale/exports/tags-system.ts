import type { Day } from '../../../kit/calendar.ts';
import { randomStream } from '../../../kit/random.ts';
import { grouped, type PageView, pageViewsOf, type Session } from '../business/sessions.ts';
import { eventLine } from './ga4-events.ts';
import { closeAll, dated, type ExportInput, mapped, type System } from './system.ts';
import { groupLine, pageViewLine, sessionLine } from './tags.ts';

/** The tag system keeps single sessions and page views so long. */
const TAG_DAYS = 60;

/** The tag system: single sessions lately, groups before. */
export function tags(input: ExportInput): System {
  const sessions = dated(input, TAG_DAYS, {
    daily: 'exports/tags/sessions_{date}.ndjson',
    monthly: 'exports/tags/history/sessions_{month}.ndjson.gz',
  });
  const views = dated(input, TAG_DAYS, {
    daily: 'exports/tags/page_views_{date}.ndjson.gz',
    monthly: 'never written',
  });
  return {
    async day({ day, sessions: seen }) {
      if (!input.effects.tagsDelivered(day.index)) return;
      if (day.index <= input.last - TAG_DAYS) {
        const groups = grouped(seen);
        input.rows.sessions += groups.length;
        await sessions.add(day, groups.map(groupLine));
        return;
      }
      input.rows.sessions += seen.length;
      await sessions.add(day, mapped(seen, sessionLine));
      await views.add(day, viewLines(input, day, seen, pageViewLine));
    },
    close: () => closeAll([sessions, views]),
  };
}

/** Number of the web stream in Google Analytics. */
const STREAM = '5120337718';

/** Google's export of events from BigQuery; sessions are asked for over the API. */
export function events(input: ExportInput): System {
  const file = dated(input, TAG_DAYS, {
    daily: 'exports/ga4/events_{date}.ndjson.gz',
    monthly: 'never written',
  });
  return {
    async day({ day, sessions }) {
      if (day.index <= input.last - TAG_DAYS || !input.effects.tagsDelivered(day.index)) return;
      await file.add(
        day,
        viewLines(input, day, sessions, (session, view) => eventLine(session, view, STREAM)),
      );
    },
    close: () => file.close(),
  };
}

function* viewLines(
  input: ExportInput,
  day: Day,
  seen: readonly Session[],
  lineOf: (session: Session, view: PageView) => string,
): Generator<string> {
  const random = randomStream(input.seed, `views/${day.date}`);
  for (const session of seen) {
    for (const view of pageViewsOf(session, input.company.catalogue, random)) {
      input.rows.page_views += 1;
      yield lineOf(session, view);
    }
  }
}
