import { expect, test } from 'vitest';
import { answer } from '../../../functions/alert-links/answer.ts';
import { type AlertLink, readLink } from '../../../functions/lake/alerts/link.ts';
import { listOpenAlerts } from '../../../functions/lake/alerts/open-alerts.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { VigieError } from '../../../functions/platform/errors.ts';
import { silentLog } from '../../../functions/platform/log.ts';
import { slackPayload } from '../../../functions/report/channels/slack-blocks.ts';
import { teamsPayload } from '../../../functions/report/channels/teams-card.ts';
import { withLinks } from '../../../functions/report/letters/act.ts';
import { digestContent } from '../../../functions/report/letters/digest.ts';
import { linkMaker } from '../../../functions/report/link-maker.ts';
import { renderHtml } from '../../../functions/report/mail/html.tsx';
import { renderText } from '../../../functions/report/mail/text.ts';
import { reportTask } from '../../../functions/report/task.ts';
import { asked, KEY } from '../../alert-links/links.ts';
import { AS_OF, event, mailData, RUN, state } from '../fixtures.ts';
import { alerts, inbox, platformOf, storedDay } from '../stored-day.ts';
import { sendAgain, sendMails } from '../telling.ts';

const BASE = 'https://abcdef.lambda-url.eu-west-3.on.aws/';
const links = { base: BASE, key: KEY };
const letter = { by: 'Claire Élysée', asOf: AS_OF, currency: 'EUR' };

/** What the links of a text say, in their order. */
const linksIn = (text: string): (AlertLink | null)[] =>
  [...text.matchAll(/https:\/\/abcdef\.lambda-url\.eu-west-3\.on\.aws\/([\w.-]+)/g)].map(([, path]) =>
    readLink(path as string, KEY),
  );

test('every open alert has both links, in mail, text, Slack and Teams; what is over, muted or unknown has none', async () => {
  const drop = { rule: 'brand-drop', firedOn: '2026-11-19', value: 12_000, level: 15_000 };
  const day = mailData({
    alerts: {
      ...{ asOf: AS_OF, run: RUN },
      states: [
        state(),
        state({ ...drop, member: 'Alpina & <Fils>|x' }),
        state({ ...drop, member: 'Taiga', muted: true }),
      ],
      events: [event({ rule: 'brand-drop', member: 'Nord', kind: 'resolved', firedOn: '2026-11-18' })],
    },
  });
  const content = withLinks(digestContent(day, fr), links, letter);
  const said = { currency: 'EUR', language: 'fr', by: 'Claire Élysée', until: '2026-12-21' };
  const rate = {
    rule: 'abandonment',
    member: null,
    firedOn: AS_OF,
    name: 'Taux d’abandon de panier',
    unit: 'percent',
  };
  const brand = {
    ...{ rule: 'brand-drop', member: 'Alpina & <Fils>|x', firedOn: '2026-11-19', unit: 'currency' },
    name: 'Chiffre d’affaires net, marque Alpina & <Fils>|x',
  };
  const wanted = [rate, brand].flatMap((alert) =>
    ['acknowledge', 'snooze'].map((kind) => ({ kind, ...alert, ...said })),
  );
  const forms = [
    await renderHtml(content, () => ''),
    renderText(content),
    JSON.stringify(slackPayload(content)),
    JSON.stringify(teamsPayload(content)),
  ];
  for (const form of forms) {
    expect(linksIn(form)).toEqual(wanted);
    expect(form).toContain('Mettre en sourdine…');
  }
});

test('each reader has links of his own, in digest and alert mail; who has no name is called by what is before the @', async () => {
  const day = await storedDay();
  const mailer = inbox();
  await sendMails(platformOf(day, mailer), { ...day, links });
  const by = mailer.mails.map(({ to, page }) => [to, new Set(linksIn(page).map((link) => link?.by))]);
  expect(by).toEqual([
    ['claire@example.com', new Set(['Claire Élysée'])],
    ['claire@example.com', new Set(['Claire Élysée'])],
    ['tom@example.com', new Set(['Tom'])],
    ['tom@example.com', new Set(['Tom'])],
    ['ops@example.com', new Set(['ops'])],
  ]);
});

test('a digest that is sent again has them, too, with its reader’s name', async () => {
  const day = await storedDay();
  const mailer = inbox();
  const platform = platformOf(day, mailer);
  await sendMails(platform, day);
  const before = mailer.mails.length;
  await sendAgain(platform, { ...day, reason: 'Returns were missing.', links });
  const by = mailer.mails
    .slice(before)
    .map(({ page }) => linksIn(page).map((link) => [link?.kind, link?.by]));
  expect(by).toEqual(
    ['Claire Élysée', 'Tom'].map((name) => [
      ['acknowledge', name],
      ['snooze', name],
    ]),
  );
});

test('links are made where a stack answers them, with its key; the key is asked for only then', async () => {
  expect(linkMaker({}, never)).toBeUndefined();
  const stack = { VIGIE_LINKS_URL: BASE };
  const secrets = (key: string) => ({
    get: async (name: string) => (name === 'alert-links' ? key : name),
    put: never,
  });
  expect(await linkMaker(stack, secrets(`${KEY}\n`))?.()).toEqual(links);
  await expect(linkMaker(stack, secrets('short'))?.()).rejects.toMatchObject({ code: 'LINK_KEY_SHORT' });
});

test('the link of a mail opens a page that changes nothing, and its form acknowledges', async () => {
  const day = await storedDay();
  const mailer = inbox();
  await sendMails(platformOf(day, mailer), { ...day, links });
  const path = new RegExp(`${BASE}([\\w.-]+)`).exec(mailer.mails[1]?.page ?? '')?.[1] ?? '';
  const world = {
    bucket: day.bucket,
    key: async () => KEY,
    now: () => new Date('2026-11-22T07:00:00Z'),
    log: silentLog,
  };
  expect((await answer(world, asked(path))).body).toContain('Prendre cette alerte en compte');
  expect(await listOpenAlerts(day.bucket)).toMatchObject([{ muted: false }]);
  expect((await answer(world, asked(path, 'POST', {}))).body).toContain(
    'Prise en compte par Claire Élysée le 22 novembre.',
  );
  expect(await listOpenAlerts(day.bucket)).toMatchObject([{ muted: 'acknowledged' }]);
});

test('without their key the letters go out without links, and operators hear why', async () => {
  const day = await storedDay();
  await alerts(day.bucket, { states: [state()], events: [event()] });
  const mailer = inbox();
  const { status, detail } = await reportTask.perform(
    {
      platform: { ...platformOf(day, mailer), http: never, secrets: never, redactor: never },
      company: day.company,
      catalogue: day.catalogue,
      links: async () => {
        throw new VigieError('no secret alert-links', { code: 'SECRET_MISSING', hint: 'Create it.' });
      },
    },
    { asOf: AS_OF, run: RUN, from: AS_OF, startedAt: '2026-11-22T06:00:04Z' },
    'mails and report',
  );
  expect([status, detail]).toEqual(['failed', expect.stringContaining('links of alerts')]);
  expect(mailer.mails.map(({ tags }) => tags['kind'])).toEqual([
    'digest',
    'alert',
    'digest',
    'alert',
    'alert',
    'ops',
  ]);
  for (const { page } of mailer.mails) expect(linksIn(page)).toEqual([]);
  expect(mailer.mails.at(-1)?.page).toContain('no secret alert-links');
});

const never = new Proxy({} as never, {
  get: (_, name) => {
    throw new Error(`nobody needs ${String(name)} here`);
  },
});
