import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import { parseCompany } from '../../../functions/lake/company/file.ts';
import { wantsDigest } from '../../../functions/lake/company/readers.ts';
import { tables } from '../../kit/tables.ts';

const catalogue = loadCatalogue();
const read = (reader: string, more = '') =>
  parseCompany(
    `company: { name: A, time_zone: Europe/Paris, currency: EUR, closed: { weekdays: [sunday] } }
sources: [{ kind: files, name: s, feeds: [{ table: orders, path: o.csv, columns: { order_id: a, ordered_on: b, customer_id: c, kind: d, status: e } }] }]
recipients:
  - { email: a@example.com, roles: [sales], digest: true, ${reader} }
${more}`,
    'vigie.yaml',
    { tables, catalogue },
  );
const mistake = (reader: string, more = ''): string => {
  try {
    read(reader, more);
    return 'none';
  } catch (error) {
    return String(error);
  }
};

describe('members and weekdays of vigie.yaml', () => {
  test('are read as they are written', () => {
    const [reader] = read('members: { region: [Nord], sales_rep: [rep-7] }, weekdays: [friday]').recipients;
    expect(reader).toMatchObject({
      members: { region: ['Nord'], sales_rep: ['rep-7'] },
      weekdays: ['friday'],
    });
  });
  test.each([
    ['members: { regoin: [Nord] }', /vigie\.yaml:4:.*no KPI is broken down by "regoin".*region/s],
    ['members: { __proto__: [Nord] }', /no KPI is broken down by "__proto__"/],
    ['members: { region: ["(other)"] }', /nobody’s/],
    ['members: { region: ["(unknown)"] }', /nobody’s/],
    ['members: { region: [] }', /region/],
    ['members: {}', /names no dimension/],
    ['weekdays: [sunday]', /no digest is sent of a sunday/],
    ['weekdays: [freitag]', /did you mean `friday`/],
  ])('%s is a mistake with its line', (reader, said) => expect(mistake(reader)).toMatch(said));
  test('a closed day may be asked for where digests go out on them', () =>
    expect(mistake('weekdays: [sunday]', 'delivery: { on_closed_days: true }')).toBe('none'));
  test('who has members is no operator, in no stage either', () => {
    const operator = '{ email: b@example.com, roles: [ops], members: { region: [Nord] } }';
    expect(
      mistake(
        'name: A',
        `channels: [{ kind: slack, name: x, secret: s, roles: [ops], members: { region: [Nord] } }]`,
      ),
    ).toMatch(/ops/);
    expect(mistake('name: A', `aws: { stages: { test: { recipients: [${operator}] } } }`)).toMatch(
      /show rows/,
    );
    expect(
      mistake(
        'name: A',
        'aws: { stages: { test: { recipients: [{ email: b@example.com, roles: [sales], members: { nope: [a] } }] } } }',
      ),
    ).toMatch(/"nope"/);
  });
});

test('a digest is of a weekday, and goes out the morning after', () => {
  const company = read('weekdays: [friday]');
  const [reader] = company.recipients;
  const wants = (asOf: string) => reader && wantsDigest(company, asOf, reader);
  expect(['2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'].map(wants)).toEqual([
    false,
    true,
    false,
    false,
  ]);
});

describe('hours', () => {
  test('are whole hours, of a reader, of a channel, of a role', () => {
    const company = read(
      'hour: 9',
      'channels: [{ kind: slack, name: x, secret: s, roles: [executive], hour: 0 }]\ndelivery: { hours: { sales: 23 } }',
    );
    expect([company.recipients[0]?.hour, company.channels[0]?.hour, company.delivery.hours]).toEqual([
      9,
      0,
      { sales: 23 },
    ]);
  });
  test.each([
    ['hour: 24', /vigie\.yaml:4:.*24.*a whole hour from 0 to 23/s],
    ['hour: -1', /a whole hour from 0 to 23/],
    ['hour: 9.5', /a whole hour from 0 to 23/],
    ['hour: "09:00"', /a whole hour from 0 to 23 in the company’s time zone, without quotes, such as 9/],
    ['hours: 9', /there is no such field; did you mean `hour`/],
  ])('%s is a mistake with its line', (reader, said) => expect(mistake(reader)).toMatch(said));
  test.each([
    ['{ sale: 9 }', /vigie\.yaml:5:.*nobody has the role "sale"; did you mean `sales`/s],
    ['{ sales: nine }', /a whole hour from 0 to 23/],
  ])('of roles: %s is a mistake with its line', (hours, said) =>
    expect(mistake('name: A', `delivery: { hours: ${hours} }`)).toMatch(said),
  );
});
