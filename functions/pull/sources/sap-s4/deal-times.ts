import { attributeAs } from '../../api/odata/envelope.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext } from '../../api/source.ts';
import { isoInstant, sapDay, sapInstant } from '../../api/values.ts';
import type { Family } from './families.ts';
import type { Settings } from './settings.ts';

/** The beginning of the document's day: SAP's API has no hour. */
export const enteredAt = (
  { document }: Family,
  record: RecordReader,
  { timeZone }: MapContext<Settings>,
): string => isoInstant(record.as(`${document}Date`, sapDay), timeZone);

/** Null: nobody has changed it. */
export const changedAt = (record: RecordReader): string | null =>
  attributeAs(record, 'LastChangeDateTime', sapInstant);
