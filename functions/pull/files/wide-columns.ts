import type { Feed } from '../../lake/company/feed.ts';
import { sampleOf } from '../sample.ts';
import { type HeaderPlace, locateColumns } from './csv-header.ts';
import { fileError } from './file-errors.ts';
import type { Unpivoting } from './mapping/unpivot.ts';
import { cellOf } from './native-cells.ts';
import type { Cell, RecordChunk, WideColumn } from './records.ts';

/**
 * The columns of a header that a feed unpivots, and where they stand. Refuses a header that lacks one that is named, has one
 * twice, or has none.
 */
export function locateWide(
  names: readonly string[],
  unpivot: Unpivoting,
  feed: Feed,
  place: HeaderPlace,
): WideColumn[] {
  refuseMade(names, unpivot, place.file);
  const wide = names.flatMap((heading, position) =>
    unpivot.nameOf(heading) === undefined ? [] : [{ heading, position }],
  );
  const wanted = [...new Set([...unpivot.listed, ...wide.map(({ heading }) => heading)])];
  locateColumns(names, { wanted, optional: new Set() }, feed, place);
  if (wide.length === 0) throw noneOf(names, feed, place.file);
  return wide;
}

/** The same columns, where only what is wanted of a row was kept: behind so many others. */
export const behind = (others: number, wide: readonly WideColumn[]): WideColumn[] =>
  wide.map(({ heading }, index) => ({ heading, position: others + index }));

/** The fields of JSON records that a feed unpivots: records leave out what is empty, so that they are found one by one. */
export interface WideFields {
  /** The cells of a record, in the order in which their fields were first seen; null where it has none. */
  cellsOf(record: object): Cell[];
  /** The fields that were seen. */
  known(): Required<Pick<RecordChunk, 'wide'>>;
  /** Throws where no record had such a field; `names` are those that there were. */
  refuseNone(names: readonly string[]): void;
}

/** `before`: how many cells stand before them in a row. */
export function wideFields(
  unpivot: Unpivoting,
  before: number,
  { file, feed }: { readonly file: string; readonly feed: Feed },
): WideFields {
  const places = new Map<string, number>();
  // Each heading is asked about once, not once a record.
  const others = new Set<string>();
  const placeOf = (heading: string): number | undefined => {
    const place = places.get(heading);
    if (place !== undefined || others.has(heading)) return place;
    if (unpivot.nameOf(heading) === undefined) return void others.add(heading);
    places.set(heading, places.size);
    return places.size - 1;
  };
  return {
    cellsOf(record) {
      const cells: (Cell | undefined)[] = [];
      refuseMade(Object.keys(record), unpivot, file);
      for (const [heading, value] of Object.entries(record)) {
        const place = placeOf(heading);
        if (place !== undefined) cells[place] = cellOf(value, feed.decimal);
      }
      return Array.from(cells, (cell) => cell ?? null);
    },
    known: () => ({
      wide: Array.from(places, ([heading, place]) => ({ heading, position: before + place })),
    }),
    refuseNone(names) {
      if (places.size === 0) throw noneOf(names, feed, file);
    },
  };
}

/** A column of the file that is called as one that is made of it: nobody could tell which of them is meant. */
function refuseMade(names: readonly string[], { made }: Unpivoting, file: string): void {
  const twice = made.find((name) => names.includes(name));
  if (twice === undefined) return;
  throw fileError(
    'FILE_COLUMN_AMBIGUOUS',
    `${file} has a column \`${twice}\` of its own, and \`unpivot\` makes one of that name`,
    { file, field: twice },
    'Call the one that is made otherwise, under `unpivot` and where the feed reads it.',
  );
}

const noneOf = (names: readonly string[], { table }: Feed, file: string) =>
  fileError(
    'FILE_COLUMN_MISSING',
    `${file} has no column to be unpivoted. It has: ${sampleOf(names.join(', '))}`,
    { file, field: 'unpivot', sample: names.join(', ') },
    `Columns that the feed of \`${table}\` reads otherwise are none; of the rest \`unpivot.columns\` says which are. Where the titles stand lower, set \`skip_lines\`.`,
  );
