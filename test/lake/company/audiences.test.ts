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

const PUSH =
  'to: google-data-manager, account: 482-193-7605, list: 8123456789, ad_user_data: ads, ad_personalization: ads, terms_accepted: true';
const pushed = (push: string) => looked(`vendors: [google], push: { ${push} }`);

test('one that is pushed says whose list it is, and what Google wants a person to say', () => {
  expect(audiencesOf(pushed(PUSH))['looked']?.push).toEqual({
    ...{ to: 'google-data-manager', account: '4821937605', list: '8123456789' },
    ...{ secret: '${secret:google-data-manager}', auth: 'service_account' },
    ...{ ad_user_data: 'ads', ad_personalization: 'ads', terms_accepted: true },
    ...{ validate_only: false, remove_all: false },
    ...{ base_url: 'https://datamanager.googleapis.com', token_url: 'https://oauth2.googleapis.com/token' },
  });
});

test.each([
  [PUSH.replace('482-193-7605', 'ours'), /push\.account.*is not an account’s number such as 482-193-7605/],
  [PUSH.replace(', ad_user_data: ads', ''), /push\.ad_user_data.*is missing/],
  [PUSH.replace(', terms_accepted: true', ''), /push\.terms_accepted.*is missing/],
  [PUSH.replace('terms_accepted: true', 'terms_accepted: false'), /push\.terms_accepted.*true/],
  [`${PUSH}, secret: hunter2`, /push\.secret(?!.*hunter2).*by reference only/],
  [`${PUSH}, base_url: 'http://example.com'`, /push\.base_url.*https/],
  [`${PUSH}, dry_run: true`, /there is no such field/],
])('a mistake in a push is told: %s', (push, message) => {
  expect(() => audiencesOf(pushed(push))).toThrow(message);
});

test('two audiences cannot be pushed to one list, however its account is written', () => {
  const two = `audiences:
  looked: { did: viewed, purpose: ads, vendors: [google], push: { ${PUSH} } }
  left: { did: abandoned, purpose: ads, vendors: [google], push: { ${PUSH.replace('482-193-7605', "'4821937605'")} } }`;
  expect(() => audiencesOf(two)).toThrow(
    /left\.push\.list.*the audience looked is pushed to this list already/,
  );
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
