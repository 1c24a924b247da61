import type { Feed } from '../../lake/company/feed.ts';
import type { Inbox } from '../../platform/inbox.ts';
import { openBytes } from './bytes.ts';
import { leadOf, readHeader } from './csv-header.ts';
import { separatorLine } from './list-lines.ts';
import { formatOf } from './open-records.ts';
import { decodeText } from './text.ts';

/** The names of a CSV file's columns, mapped or not; none for other formats, whose records name their fields themselves. */
export async function namesInHeader(
  inbox: Inbox,
  file: string,
  feed: Feed,
  wanted: readonly string[],
): Promise<readonly string[]> {
  if ((await formatOf(inbox, file, feed)) !== 'csv') return [];
  for await (const text of decodeText(openBytes(inbox, file), feed.encoding, file))
    return readHeader(
      text.slice(leadOf(text, feed.skip_lines).length),
      feed,
      wanted,
      separatorLine(text)?.delimiter,
    ).names;
  return [];
}
