import { expect, test } from 'vitest';
import { en } from '../../../functions/languages/en.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { slackPayload } from '../../../functions/report/channels/slack-blocks.ts';
import { digestContent } from '../../../functions/report/letters/digest.ts';
import { renderHtml } from '../../../functions/report/mail/html.tsx';
import { renderText } from '../../../functions/report/mail/text.ts';
import { addressOf, wayTo } from '../../../functions/report/site/address.ts';
import { AS_OF, companyOf, mailData, state } from '../fixtures.ts';

const company = companyOf();
const served = (report_url: string) => ({ ...company, delivery: { ...company.delivery, report_url } });
const alpina = state({ rule: 'brand-drop', member: 'Alpina & <Fils>|x', firedOn: '2026-11-19' });
const day = (url?: string) =>
  mailData({
    ...(url && { company: served(url) }),
    alerts: { asOf: AS_OF, run: 'r', states: [state(), alpina], events: [] },
  });
const BASE = 'https://intranet.example.com/vigie/';
const FIGURE = `https://intranet.example.com/vigie/${AS_OF}/net_revenue/index.html?lang=fr`;

test('a mail leads to the figure on its day, in the reader’s language; an alert to its member’s line', async () => {
  const content = digestContent(day(BASE), fr);
  const html = await renderHtml(content, () => '');
  const text = renderText(content);
  const slack = JSON.stringify(slackPayload(content));
  for (const form of [html, text, slack]) expect(form).toContain(FIGURE);
  const line = '#brand=Alpina%20%26%20%3CFils%3E%7Cx';
  for (const form of [html, text, slack]) expect(form).toContain(`?lang=fr${line}`);
  expect(html).toContain(`${BASE}${AS_OF}/index.html?lang=fr`);
});

test('without an address where the report is read, nothing is a link to it, and the file is named', async () => {
  const content = digestContent(day(), en);
  expect(await renderHtml(content, () => '')).not.toContain('index.html?');
  expect(renderText(content)).toContain(`reports/${AS_OF}/index.html`);
});

test('addresses: below the site’s folder, and from page to page', () => {
  expect(addressOf('https://x.example', {}, 'en')).toBe('https://x.example/index.html?lang=en');
  const kpi = { asOf: AS_OF, kpi: 'orders' };
  expect(wayTo(kpi, { asOf: AS_OF, kpi: 'net_revenue' })).toBe('../net_revenue/index.html');
  expect(wayTo(kpi, { asOf: AS_OF })).toBe('../index.html');
  expect(wayTo(kpi, { asOf: '2026-01-01', kpi: 'orders' })).toBe('../../2026-01-01/orders/index.html');
  expect(wayTo(kpi, {})).toBe('../../index.html');
  expect(wayTo({}, { ...kpi, dimension: 'brand', member: 'a b' })).toBe(
    `${AS_OF}/orders/index.html#brand=a%20b`,
  );
  expect(wayTo({ asOf: AS_OF }, kpi)).toBe('orders/index.html');
});
