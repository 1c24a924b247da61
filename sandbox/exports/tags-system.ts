import { grouped, pageViewsOf } from '../company/sessions.ts';
import { randomStream } from '../random.ts';
import { closeAll, dated, type ExportInput, type System } from './system.ts';
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
      const random = randomStream(input.seed, `views/${day.date}`);
      const viewed = seen.flatMap((session) =>
        pageViewsOf(session, input.company.catalogue, random).map((view) => pageViewLine(session, view)),
      );
      input.rows.sessions += seen.length;
      input.rows.page_views += viewed.length;
      await sessions.add(day, seen.map(sessionLine));
      await views.add(day, viewed);
    },
    close: () => closeAll([sessions, views]),
  };
}
