import fc from 'fast-check';

const junk = fc.oneof(
  fc.constantFrom(
    null,
    '',
    ' ',
    'x',
    '1,5',
    '1e999',
    '-',
    'NaN',
    '99999999999999999999',
    '0x10',
    '2026-13-45',
    true,
    0,
    -1,
  ),
  fc.double(),
  fc.string(),
  fc.constantFrom<unknown>([], {}, [null], { value: 1 }),
);

/** A record with one of its values, however deep, replaced, taken away or renamed; or something else altogether. */
export const mutated = (record: unknown): fc.Arbitrary<unknown> => {
  const paths = pathsOf(record);
  if (paths.length === 0) return junk;
  const spoilt = fc
    .record({
      path: fc.constantFrom(...paths),
      how: fc.constantFrom('replaced', 'removed', 'renamed'),
      value: junk,
    })
    .map(({ path, how, value }) => changed(record, path, how, value));
  return fc.oneof({ weight: 20, arbitrary: spoilt }, { weight: 1, arbitrary: junk });
};

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return path.length === 0 ? [] : [path];
  const below = Object.entries(value).flatMap(([key, each]) =>
    pathsOf(each, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? below : [path, ...below];
}

function changed(value: unknown, [key, ...rest]: Path, how: string, junkValue: unknown): unknown {
  if (key === undefined) return junkValue;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  if (rest.length > 0 || how === 'replaced') copy[key] = changed(copy[key], rest, how, junkValue);
  else {
    const taken = copy[key];
    if (Array.isArray(copy)) copy.splice(Number(key), 1);
    else delete copy[key];
    if (how === 'renamed' && !Array.isArray(copy)) copy[`${key}_v2`] = taken;
  }
  return copy;
}
