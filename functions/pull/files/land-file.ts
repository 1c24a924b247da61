import { understood, type VigieError } from '../../platform/errors.ts';
import type { Inbox } from '../../platform/inbox.ts';
import { type Landing, landChunk } from './land-chunk.ts';
import { type Groups, openGroups } from './mapping/grouping.ts';
import { formatOf, type OpenFile, openRecords } from './open-records.ts';
import type { RecordChunk } from './records.ts';
import { groupAlike, sharedReading, viewFor } from './share-reading.ts';

/** A landing that can fail without harm to the others. */
export interface Lander extends Landing {
  /** Set when the file could not be landed. */
  failure: VigieError | undefined;
}

/**
 * Lands one file for several feeds. Those that read it alike share one pass; each maps the records by itself, and
 * fails by itself, whatever the failure: it is kept as the lander's `failure`.
 */
export async function landFile(inbox: Inbox, file: OpenFile, landers: readonly Lander[]): Promise<void> {
  for (const alike of groupAlike(landers, (lander) => lander.feed.feed))
    await landTogether(inbox, file, alike);
}

async function landTogether(inbox: Inbox, file: OpenFile, landers: readonly Lander[]): Promise<void> {
  const [first, ...others] = landers;
  if (!first) return;
  if (others.length > 0 && !(await canShare(inbox, file, first))) return landApart(inbox, file, landers);
  const reading = sharedReading([first.feed, ...others.map(({ feed }) => feed)]);
  const views = landers.map((lander) => ({
    lander,
    view: viewFor(lander.feed, reading),
    groups: lander.feed.grouping && openGroups(lander.feed, lander.feed.grouping),
  }));
  let begun = false;
  try {
    for await (const chunk of openRecords(inbox, file, reading)) {
      begun = true;
      for (const { lander, view, groups } of views)
        await guarded(lander, () => landChunk(gathered(view(chunk), groups), lander));
      if (landers.every(({ failure }) => failure !== undefined)) return;
    }
    for (const { lander, groups } of views)
      await guarded(lander, async () => {
        if (groups) await landChunk(groups.end(), lander);
        await lander.sums?.end(lander.batch);
      });
  } catch (error) {
    // Before the first record it may be the columns of one feed: each reads by itself and tells in its own words.
    if (!begun && others.length > 0) return landApart(inbox, file, landers);
    for (const lander of landers) lander.failure ??= understood(error);
  }
}

/** Records that are grouped wait for the end of the file; what cannot be read is put aside at once. */
const gathered = (chunk: RecordChunk, groups: Groups | undefined): RecordChunk =>
  groups ? { ...chunk, rows: [], broken: [...chunk.broken, ...groups.add(chunk)] } : chunk;

async function landApart(inbox: Inbox, file: OpenFile, landers: readonly Lander[]): Promise<void> {
  for (const lander of landers) await landTogether(inbox, file, [lander]);
}

/** Whether JSON lacks a field is known, for each feed, only at the end of the file: too late to begin again. */
async function canShare(inbox: Inbox, { name }: OpenFile, { feed }: Landing): Promise<boolean> {
  try {
    const format = await formatOf(inbox, name, feed.feed);
    return format === 'csv' || format === 'parquet';
  } catch {
    // Each feed reads by itself then, and tells in its own words.
    return false;
  }
}

async function guarded(lander: Lander, work: () => Promise<void>): Promise<void> {
  if (lander.failure !== undefined) return;
  try {
    await work();
  } catch (error) {
    lander.failure = understood(error);
  }
}
