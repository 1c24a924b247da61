import { type MailKind, wantsDigest, wantsReview } from '../../lake/company/readers.ts';
import { languageOf } from '../../languages/languages.ts';
import type { Reader } from '../channels/channel.ts';
import { newsKey } from '../model/alerts.ts';
import type { Day } from '../model/day.ts';
import { dayForMembers } from '../model/for-members.ts';
import { headlinesOf } from '../model/headlines.ts';
import { listsFor } from '../model/reader-lists.ts';
import type { Review } from '../model/review.ts';
import { alertContent, newsFor } from './alert-letter.ts';
import type { MailContent } from './blocks.ts';
import { digestContent } from './digest.ts';
import { opsContent, problemsOf } from './ops-letter.ts';
import { reviewContent } from './review-letter.ts';

/** A letter that somebody should have. */
export interface PlannedLetter {
  readonly kind: MailKind;
  /** Identifies reader, day and kind; ids begin with it. */
  readonly stem: string;
  readonly reader: Reader;
  /** Keys of what there is to tell; empty for a digest, which tells the day. */
  readonly tells: readonly string[];
  /** The mail about some of those keys. */
  content(keys: ReadonlySet<string>): MailContent;
}

/** Who should have which mail of a day. Pure; what was already sent is the outbox's business. */
export function planLetters(
  data: Day,
  readers: readonly Reader[],
  onTrouble?: (item: string, error: unknown) => void,
): PlannedLetter[] {
  const digests = new Map<string, MailContent>();
  const digestOf = (reader: Reader): MailContent => {
    const language = languageOf(reader.language);
    // Who is shown the same reads the same letter.
    const figures = headlinesOf(data, reader).map(({ kpi }) => kpi.id);
    const lists = listsFor(data, reader).map(({ list, entries }) => [list.id, entries.map(({ key }) => key)]);
    const same = JSON.stringify([language.tag, figures, lists, reader.members ?? null]);
    const content =
      digests.get(same) ?? digestContent(data, language, { reader, ...(onTrouble && { onTrouble }) });
    digests.set(same, content);
    return content;
  };
  return readers.flatMap((reader) => [
    ...planned(data, 'digest', reader, () =>
      wantsDigest(data.company, data.asOf, reader)
        ? [plan(data, 'digest', reader, [], () => digestOf(reader))]
        : [],
    ),
    ...planned(data, 'alert', reader, () => alertPlans(data, reader)),
    ...planned(data, 'ops', reader, () => opsPlans(data, reader)),
  ]);
}

/** Who should have a review, on the day on which its span ends. */
export const planReviews = (review: Review, readers: readonly Reader[]): PlannedLetter[] =>
  readers
    .filter((reader) => !reader.everyAlert && wantsReview(reader, review.span))
    .map((reader) => ({
      ...plan(review.day, 'review', reader, [], () =>
        reviewContent(review, languageOf(reader.language), reader),
      ),
      stem: `review.${review.span}.${review.day.asOf}.${reader.key}`,
    }));

/** The plans; where they cannot be made, one mail that fails with the reason, so that the others are sent. */
function planned(data: Day, kind: MailKind, reader: Reader, plans: () => PlannedLetter[]): PlannedLetter[] {
  try {
    return plans();
  } catch (error) {
    const fail = (): never => {
      throw error;
    };
    return [plan(data, kind, reader, [], fail)];
  }
}

const plan = (
  data: Day,
  kind: MailKind,
  reader: Reader,
  tells: readonly string[],
  content: PlannedLetter['content'],
): PlannedLetter => ({
  kind,
  stem: `${kind}.${data.asOf}.${reader.key}`,
  reader,
  tells,
  content,
});

function alertPlans(data: Day, reader: Reader): PlannedLetter[] {
  const mine = dayForMembers(data, reader.members);
  const events = newsFor(data, reader);
  if (events.length === 0) return [];
  const content = (keys: ReadonlySet<string>) =>
    alertContent(
      mine,
      events.filter((event) => keys.has(newsKey(event))),
      languageOf(reader.language),
    );
  return [plan(data, 'alert', reader, events.map(newsKey), content)];
}

function opsPlans(data: Day, reader: Reader): PlannedLetter[] {
  const problems = reader.roles.includes('ops') ? problemsOf(data, languageOf(reader.language)) : [];
  if (problems.length === 0) return [];
  const content = (keys: ReadonlySet<string>) =>
    opsContent(
      data,
      problems.filter((problem) => keys.has(problem.key)),
      languageOf(reader.language),
    );
  return [plan(data, 'ops', reader, [...new Set(problems.map((problem) => problem.key))], content)];
}
