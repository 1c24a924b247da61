import { FieldError, type RecordReader } from './record-reader.ts';

/**
 * Names the field of an error that has none: exact arithmetic on what several fields say (a sum, a margin) may be too
 * large for the lake though each of them is not.
 */
export function named<T>(record: RecordReader, field: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof FieldError && error.field === '') throw record.error(field, error.reason);
    throw error;
  }
}
