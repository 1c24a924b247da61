import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../../functions/pull/sources/dynamics-sales/diagnose.ts';
import { source } from '../../../../functions/pull/sources/dynamics-sales/source.ts';
import { parseRecording } from '../../../contracts/recording.ts';
import { serveRecordings } from '../../../contracts/served-sources.ts';
import { fetchWithoutPause } from '../../api/web.ts';
import { apiWorld, sourceOf } from '../../api/world.ts';
import { answering, answerOf, pagesOf } from '../ad-spend/asking.ts';
import { mapped, sliceFor } from '../mapped.ts';
import { pageOfSource, undocumented } from '../page.ts';

const FILE = 'test/pull/sources/dynamics-sales/recorded.json';
const recorded = parseRecording(readFileSync(FILE, 'utf8'), FILE);
const place = { base_url: 'https://contoso.crm4.dynamics.com', tenant: 'contoso.onmicrosoft.com' };
const usual = source.settings.parse(place);

const opportunity = (changes: object = {}): Record<string, unknown> => ({
  ...{ opportunityid: '22222222-0000-4000-8000-000000000001', createdon: '2026-11-02T08:00:00Z' },
  ...{ modifiedon: '2026-11-10T08:00:00Z', statecode: 0, statuscode: 1, actualclosedate: null },
  ...{ estimatedclosedate: null, estimatedvalue: 100, actualvalue: null, _originatingleadid_value: null },
  ...{
    _ownerid_value: null,
    salesstage: 2,
    'salesstage@OData.Community.Display.V1.FormattedValue': '2-Develop',
  },
  ...{ transactioncurrencyid: { isocurrencycode: 'EUR' }, parentaccountid: null, competitors: [] },
  ...changes,
});
const ofOpportunity = (record: object, keys: object = {}) =>
  mapped(source, { ...place, read: ['opportunities'], ...keys }, 'opportunities', { value: [record] });

describe('Dynamics 365 Sales', () => {
  test('names of people behind lookups are in no page that is kept', async () => {
    const served = await serveRecordings([['dynamics-sales', recorded]]);
    const [, { source: asked, secret }] = served.sources[0] as (typeof served.sources)[number];
    const world = apiWorld(fetchWithoutPause(), { [secret?.name ?? '']: secret?.text ?? '' });
    const report = await world.pull(source, asked);
    const kept = [...world.stored().values(), ...world.logged].join('\n');
    await world.close();
    await served.close();
    expect(report.status).toBe('ok');
    const sent = JSON.stringify(recorded.answers);
    for (const person of ['Martine Exemple', 'Paul Modele', 'Claire Personne', 'Jean Quelquun']) {
      expect(sent).toContain(person);
      expect(kept).not.toContain(person);
    }
    // Those that are mapped stay.
    expect(kept).toContain('Winter');
  });

  test('nothing that tells who somebody is is asked for', async () => {
    const { vendor, requests } = answering(() => answerOf(200, { value: [] }));
    for (const entity of source.entities(
      source.settings.parse({ ...place, read: ['leads', 'opportunities', 'users', 'people', 'deleted'] }),
    ))
      await pagesOf(entity.pages(vendor, usual, sliceFor()));
    const columns = requests.flatMap(({ query }) => String(query?.['$select']).split(','));
    expect(requests.length).toBeGreaterThan(8);
    for (const name of columns)
      expect(name).not.toMatch(/^(full|first|last)?name$|email|phone|description|subject|jobtitle/);
  });

  test('without a process: the stage as seen at the last change, its place from its name', () => {
    const page = ofOpportunity(opportunity(), { process: null });
    expect(page.of('stages')).toMatchObject([{ stage_id: '2-Develop', step: 2, outcome: 'open' }]);
    expect(page.of('stage_history')).toMatchObject([
      { stage_id: '2-Develop', entered_at: '2026-11-10T08:00:00.000Z', basis: 'seen' },
    ]);
  });

  test('a stage as vigie.yaml describes it', () => {
    const page = ofOpportunity(opportunity(), {
      ...{ process: null, stages: { '2-Develop': { step: 7, probability: 0.25 } } },
    });
    expect(page.of('stages')).toMatchObject([{ step: 7, probability: '0.25' }]);
  });

  test('won without an actual value: what was hoped for; an opportunity worth nobody knows what has no amount', () => {
    const won = { statecode: 1, actualclosedate: '2026-11-10' };
    expect(ofOpportunity(opportunity(won)).of('deals')[0]).toMatchObject({
      amount: '100',
      closed_on: '2026-11-10',
    });
    expect(ofOpportunity(opportunity({ estimatedvalue: null })).of('deals')[0]).toMatchObject({
      amount: null,
    });
  });

  test.each([
    ['a column that is not in the answer', { actualclosedate: undefined }, 'actualclosedate'],
    ['a state nobody knows', { statecode: 7 }, 'statecode'],
    [
      'no currency',
      { transactioncurrencyid: { isocurrencycode: null } },
      'transactioncurrencyid.isocurrencycode',
    ],
    ['an id that is none', { opportunityid: 'x' }, 'opportunityid'],
  ])('%s rejects the record by its name', (_, changes, field) => {
    expect(ofOpportunity(JSON.parse(JSON.stringify(opportunity(changes)))).rejected[0]?.field).toBe(field);
  });

  test.each([
    [
      429,
      '0x80072322',
      'Number of requests exceeded the limit of 6000 over time window of 300 seconds.',
      'retry',
      '',
    ],
    [403, '0x80040220', 'Principal user is missing prvReadLead privilege', 'no-permission', 'security role'],
    [
      400,
      '0x0',
      "Could not find a property named 'new_x' on type 'Microsoft.Dynamics.CRM.lead'.",
      'refused',
      'doctor',
    ],
    [404, '0x8006088a', "Resource not found for the segment 'new_flows'.", 'refused', 'process'],
  ])('%i %s: what it means, and what to do', (status, code, message, kind, hint) => {
    const found = diagnose(answerOf(status, { error: { code, message } }));
    expect(found).toMatchObject({ kind, reason: `${code}: ${message}` });
    expect(found?.hint ?? '').toContain(hint);
  });

  test('columns that are gone are named, others are offered', async () => {
    const settings = source.settings.parse({
      ...place,
      read: ['opportunities'],
      opportunity: { competitor: 'new_rival' },
    });
    const own = [
      { LogicalName: 'new_margin', DisplayName: { UserLocalizedLabel: { Label: 'Marge' } } },
      { LogicalName: 'new_rival', DisplayName: { UserLocalizedLabel: null } },
    ];
    const usualColumns =
      'opportunityid createdon modifiedon statecode statuscode actualclosedate estimatedclosedate estimatedvalue actualvalue originatingleadid ownerid'
        .split(' ')
        .map((LogicalName) => ({ LogicalName, DisplayName: {} }));
    const asking = (columns: readonly object[]) =>
      answering(({ url }) =>
        url.endsWith('WhoAmI') ? answerOf(200, { UserId: 'u1' }) : answerOf(200, { value: columns }),
      ).vendor;
    expect(await source.probe(asking([...usualColumns, ...own]), settings)).toEqual({
      ...{
        status: 'ok',
        finding: 'user u1; opportunity.contribution is not set; it might be new_margin (Marge)',
      },
    });
    const gone = await source.probe(asking(usualColumns), settings);
    expect(gone).toMatchObject({ status: 'failed', finding: 'opportunity has no column new_rival' });
  });

  test('its page: the example is valid, every setting is named', () => {
    const { text, sources } = pageOfSource('dynamics-sales');
    const { kind: _kind, ...keys } = sources[0] ?? {};
    expect(sourceOf(source, keys).delivers.map(({ table }) => table)).toEqual(
      expect.arrayContaining(['leads', 'deals', 'stages', 'stage_history', 'crm_users', 'crm_people']),
    );
    expect(undocumented(source, text)).toEqual([]);
    const inside = [usual as never as { lead: object; opportunity: object; account: object }];
    for (const key of inside.flatMap(({ lead, opportunity: its, account }) =>
      [lead, its, account].flatMap(Object.keys),
    ))
      expect(text).toContain(`\`${key}\``);
  });

  test('a tenant that is an address is refused', () => {
    expect(() => source.settings.parse({ ...place, tenant: 'https://login' })).toThrow(/Entra tenant/);
  });
});
