import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';

/**
 * Answers recorded from the real platforms, and tables as a connector stored them. They are not part of the project:
 * tests of them run where a copy lies beside the repository, and say so where none does.
 */
const FOLDER = fileURLToPath(new URL('../../../../../shared/data/ad-platforms/', import.meta.url));

export const hasRecorded = existsSync(FOLDER);
if (!hasRecorded)
  console.warn(
    'Recorded answers of the ad platforms are not here (../shared/data/ad-platforms): their tests are SKIPPED.',
  );

export const recordedText = (name: string): string => readFileSync(`${FOLDER}${name}`, 'utf8');

export type Row = Readonly<Record<string, string>>;

/** The rows of a table, by column. */
export const recordedRows = (name: string): Row[] =>
  Papa.parse<Row>(recordedText(name).trim(), { header: true }).data;

/** A cell that may be empty: then the field was not answered. */
export const given = (name: string, cell: string | undefined): Record<string, string> =>
  cell === undefined || cell === '' ? {} : { [name]: cell };
