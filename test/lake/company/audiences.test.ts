import { expect, test } from 'vitest';
import { parseCompany } from '../../../functions/lake/company/file.ts';
import { tables } from '../../kit/tables.ts';

const CONSENTS =
  '{ table: consents, path: c.csv, columns: { person: { hash_email: E, as: person }, purpose: P, said_at: W, granted: G } }';
const LEADS = '{ table: leads, path: l.csv, columns: { lead_id: id, created_on: day, status: status } }';
const audiencesOf = (audiences: string, feed = CONSENTS) =>
  parseCompany(
    `company: { name: Any, time_zone: Europe/Paris, currency: EUR }
sources:
  - { kind: files, name: crm, feeds: [${feed}] }
${audiences}`,
    'vigie.yaml',
    { tables },
  ).audiences;
const looked = (more: string) => `audiences: { looked: { did: viewed, purpose: ads, ${more} } }`;

test('there is none that is not named; one that is looks two weeks back, where nothing else is said', () => {
  expect(audiencesOf('')).toEqual({});
  expect(audiencesOf('', LEADS)).toEqual({});
  expect(audiencesOf(looked('vendors: [meta]'))).toEqual({
    looked: { did: 'viewed', purpose: 'ads', days: 14, vendors: ['meta'] },
  });
});

test.each([
  [looked('vendors: [mta]'), CONSENTS, /looked\.vendors\[0\].*"mta".*meta/],
  [looked('vendors: []'), CONSENTS, /looked\.vendors/],
  [looked('vendors: [meta], days: 31'), CONSENTS, /looked\.days/],
  [
    looked('vendors: [meta], category: [pumps]'),
    CONSENTS,
    /there is no such field; did you mean `categories`/,
  ],
  [looked('vendors: [meta]').replace('looked', 'Looked at'), CONSENTS, /lower case letters/],
  [looked('vendors: [meta]').replace('viewed', 'seen'), CONSENTS, /looked\.did.*"seen".*viewed/],
  [looked('vendors: [meta]'), LEADS, /vigie\.yaml:4:1 {2}audiences: no feed fills `consents`/],
])('a mistake is told: %s', (audiences, feed, message) => {
  expect(() => audiencesOf(audiences, feed)).toThrow(message);
});
