import { expect, test } from 'vitest';
import type { Company, Recipient } from '../../../functions/lake/company/company.ts';
import { companyOfStage, siteOf } from '../../../functions/lake/company/stage.ts';

const person = (email: string): Recipient => ({ email, language: 'en', roles: ['executive'] });
const chief = person('chief@example.com');
const tester = person('tester@example.com');

/** Whom a stage mails, of a company with these stages in its file. */
const mailed = (stage: string, stages: Company['aws']['stages'] = {}): string[] => {
  const company = {
    recipients: [chief],
    channels: [{ name: 'sales' }, { name: 'ops' }],
    aws: { stages },
  } as unknown as Company;
  return companyOfStage(company, stage).recipients.map(({ email }) => email);
};

test('only production mails everybody; a stage that is not named mails nobody', () => {
  expect(mailed('production')).toEqual(['chief@example.com']);
  for (const stage of ['test', 'live', 'prod', 'production-2', 'constructor'])
    expect(mailed(stage), stage).toEqual([]);
});

test('a stage mails those whom it names, and nobody else', () => {
  const stages = { test: { recipients: [tester] }, production: { recipients: [tester] } };
  expect(mailed('test', stages)).toEqual(['tester@example.com']);
  expect(mailed('production', stages)).toEqual(['tester@example.com']);
  expect(mailed('other', stages)).toEqual([]);
});

test('a stage may take the place of production', () => {
  expect(mailed('live', { live: { recipients: 'all' } })).toEqual(['chief@example.com']);
});

test('done twice it is the same: the deployed company is of its stage already', () => {
  const stages = { test: { recipients: [tester] } };
  const company = {
    recipients: [chief],
    channels: [{ name: 'sales' }, { name: 'ops' }],
    aws: { stages },
  } as unknown as Company;
  for (const stage of ['test', 'production', 'other']) {
    const once = companyOfStage(company, stage);
    expect(companyOfStage(once, stage)).toEqual(once);
  }
});

test('a stage that mails everybody writes to every channel, any other to those it names', () => {
  const channels = (stage: string, stages: Company['aws']['stages'] = {}): string[] => {
    const company = { recipients: [], channels: [{ name: 'sales' }, { name: 'ops' }], aws: { stages } };
    return companyOfStage(company as unknown as Company, stage).channels.map(({ name }) => name);
  };
  expect(channels('production')).toEqual(['sales', 'ops']);
  expect(channels('test')).toEqual([]);
  expect(channels('test', { test: { recipients: [tester] } })).toEqual([]);
  expect(channels('test', { test: { recipients: [], channels: ['ops'] } })).toEqual(['ops']);
  expect(channels('production', { production: { recipients: [tester] } })).toEqual([]);
  expect(channels('live', { live: { recipients: 'all' } })).toEqual(['sales', 'ops']);
});

test('where a stage has a site, mails lead there, unless the company says otherwise', () => {
  const led = (domain: string, stage: string, report_url?: string): string | undefined => {
    const company = {
      ...{ recipients: [], channels: [], delivery: { ...(report_url && { report_url }) } },
      aws: { stages: {}, site: { domain } },
    } as unknown as Company;
    return companyOfStage(company, stage).delivery.report_url;
  };
  expect(led('kpi.site.example', 'production')).toBe('https://kpi.site.example/');
  expect(led('kpi.site.example', 'test')).toBeUndefined();
  expect(led('kpi-{stage}.site.example', 'test')).toBe('https://kpi-test.site.example/');
  expect(led('kpi.site.example', 'production', 'https://intranet.example/')).toBe(
    'https://intranet.example/',
  );
  expect(siteOf({ site: undefined }, 'production')).toBeUndefined();
});
