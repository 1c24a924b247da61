import { describe, expect, test } from 'vitest';
import {
  comparable,
  date,
  decimal,
  type EntityType,
  instant,
  navigation,
  text,
} from '../../../sandbox/odata/entity.ts';
import { filterOf } from '../../../sandbox/odata/filter.ts';
import { answerQuery } from '../../../sandbox/odata/service.ts';

interface Thing {
  readonly id: string;
  readonly at: number | null;
  readonly price: string;
  readonly parts: readonly { readonly no: string }[];
}

const things: Thing[] = ['a', 'b', "c'd", 'e', 'f'].map((id, place) => ({
  id,
  at: id === 'b' ? null : Date.UTC(2026, 10, 20 + place),
  price: `${place}.50`,
  parts: [{ no: `${id}1` }],
}));
const partType: EntityType<{ readonly no: string }> = {
  ...{ name: 'N.Part', set: 'Parts', key: ({ no }) => `('${no}')`, navigations: {} },
  properties: { No: text(({ no }) => no) },
};
const type: EntityType<Thing> = {
  ...{ name: 'N.Thing', set: 'Things', key: ({ id }) => `('${id}')` },
  properties: {
    Id: text(({ id }) => id),
    At: instant(({ at }) => at),
    Day: date(({ at }) => at),
    Price: decimal(({ price }) => price),
  },
  navigations: {
    to_Part: navigation(
      true,
      () => partType,
      ({ parts }: Thing) => parts,
    ),
  },
};
const set = { type, records: () => things, version: () => 1 };

function ask(query: string, protocol: 'v2' | 'v4' = 'v2', accept = 'application/json') {
  const url = new URL(`http://127.0.0.1/srv/Things?${query}`);
  const call = { method: 'GET', url, headers: new Headers({ accept }), body: '' };
  const habits = { protocol, base: 'http://127.0.0.1/srv/', defaultPage: 2, mostPage: 3 };
  return JSON.parse(answerQuery(set, call, habits).body as string) as {
    d: Body;
    value: object[];
    '@odata.nextLink'?: string;
  };
}
interface Body {
  readonly results: { readonly Id: string }[];
  readonly __next?: string;
  readonly __count?: string;
}
const ids = (query: string): string[] => ask(`$top=100&${query}`).d.results.map(({ Id }) => Id);

describe('a simulated OData service', () => {
  test.each([
    ["Id eq 'a'", ['a']],
    ["Id eq 'c''d'", ["c'd"]],
    ["At ge datetimeoffset'2026-11-23T00:00:00Z'", ['e', 'f']],
    ["At ge datetimeoffset'2026-11-23T01:00:00+01:00'", ['e', 'f']],
    ["Day lt datetime'2026-11-22T00:00:00'", ['a']],
    ['At ge 2026-11-24T00:00:00Z', ['f']],
    ["Id ne 'a' and (Price lt 2.6M or Id eq 'f') and not (Id eq 'b')", ["c'd", 'f']],
    ["Id eq 'a' or Id eq 'b' and Price gt 100", ['a']],
    ['At eq null', ['b']],
  ])('$filter=%s', (filter, wanted) => {
    const property = (name: string) => {
      const found = type.properties[name];
      return found && comparable(found);
    };
    expect(things.filter(filterOf(filter, property)).map(({ id }) => id)).toEqual(wanted);
  });

  test.each([
    ...[
      '$filter=Nope eq 1',
      '$filter=Id eq',
      "$filter=substringof('a',Id)",
      "$filter=At ge datetimeoffset'2026-11-23T00:00:00'",
    ],
    ...[
      "$filter=Id eq 'a') ",
      '$orderby=Nope',
      '$orderby=Id up',
      '$top=-1',
      '$select=Nope',
      '$expand=to_Nope',
      '$search=x',
    ],
  ])('%s is answered as a bad query', (query) => {
    expect(() => ask(query)).toThrow(expect.objectContaining({ name: 'BadQuery' }));
  });

  test('pages by itself, and by $top and $skip', () => {
    const first = ask('$inlinecount=allpages');
    expect(first.d).toMatchObject({
      __count: '5',
      __next: 'http://127.0.0.1/srv/Things?%24inlinecount=allpages&%24skiptoken=2',
    });
    const followed = ask(new URL(first.d.__next ?? '').search.slice(1));
    expect(followed.d.results.map(({ Id }) => Id)).toEqual(["c'd", 'e']);
    expect(ask('$top=2&$skip=3').d.results.map(({ Id }) => Id)).toEqual(['e', 'f']);
    expect(ask('$top=2&$skip=3').d.__next).toBeUndefined();
    // More than a page holds: the rest is behind the link.
    expect(ids('')).toHaveLength(3);
  });

  test('V2: dates, decimals, links to what was not expanded', () => {
    expect(ask('$top=1').d.results[0]).toEqual({
      __metadata: { uri: "http://127.0.0.1/srv/Things('a')", type: 'N.Thing' },
      ...{ Id: 'a', At: '/Date(1795132800000+0000)/', Day: '/Date(1795132800000)/', Price: '0.50' },
      to_Part: { __deferred: { uri: "http://127.0.0.1/srv/Things('a')/to_Part" } },
    });
    const [lean] = ask('$top=1&$select=Id,to_Part/No&$expand=to_Part').d.results;
    expect(lean).toMatchObject({ Id: 'a', to_Part: { results: [{ No: 'a1' }] } });
    expect(Object.keys(lean ?? {})).toEqual(['__metadata', 'Id', 'to_Part']);
  });

  test('V4: ISO dates; decimals are numbers unless the client asks for text', () => {
    const query = '$top=1&$select=Price,Day&$expand=to_Part($select=No)';
    expect(ask(query, 'v4').value).toEqual([{ Day: '2026-11-20', Price: 0.5, to_Part: [{ No: 'a1' }] }]);
    expect(ask(query, 'v4', 'application/json;IEEE754Compatible=true').value).toMatchObject([
      { Price: '0.50' },
    ]);
    expect(ask('', 'v4')['@odata.nextLink']).toContain('skiptoken=2');
  });
});
