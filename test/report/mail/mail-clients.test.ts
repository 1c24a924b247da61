import { doIUseEmail } from '@jsx-email/doiuse-email';
import { describe, expect, test } from 'vitest';
import { en } from '../../../functions/languages/en.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { alertContent, newsFor } from '../../../functions/report/letters/alert-letter.ts';
import { digestContent } from '../../../functions/report/letters/digest.ts';
import { opsContent, problemsOf } from '../../../functions/report/letters/ops-letter.ts';
import { renderHtml } from '../../../functions/report/mail/html.tsx';
import { mailData } from '../fixtures.ts';

/** What the clients of our readers are known to leave out, by the data of caniemail.com, and why the mail reads well without. */
const DISPENSABLE: Readonly<Record<string, string>> = {
  'Type selector': 'style sheet: small screens and darkness only; the light look is inline',
  'Attribute selector': 'style sheet: how the Outlook apps mark a mail that they show dark',
  'Class selector': 'style sheet: small screens and darkness only',
  'Descendant combinator': 'style sheet: small screens and darkness only',
  '@media': 'style sheet: small screens and darkness only',
  '<body> element': 'replaced by an element of the client; the page colour stands on the outer table too',
  'display:none': 'the inbox line: at worst it is the first line of the mail, and says something true',
  overflow: 'the inbox line: display and height hide it already',
  opacity: 'the inbox line: display and height hide it already',
  'role attribute': 'for screen readers; Windows Mail is gone since 2024',
  'border-radius': 'square corners',
  'white-space': 'a figure may be broken into two lines',
};

/** What the clients do not show, in their own words. */
function unsupported(
  html: string,
  emailClients: Parameters<typeof doIUseEmail>[1]['emailClients'],
): string[] {
  const told = doIUseEmail(html, { emailClients });
  return told.success ? [] : told.errors;
}

const data = mailData();
const mails = {
  digest: digestContent(data, fr),
  alert: alertContent(
    data,
    newsFor(data, { roles: ['executive', 'sales', 'ecommerce', 'marketing', 'ops'] }),
    en,
  ),
  ops: opsContent(data, problemsOf(data, en), en),
};

describe.each(Object.entries(mails))('the %s in Outlook, Gmail and Apple Mail', (_, content) => {
  test('uses only what they show, or what can be done without', async () => {
    const html = await renderHtml(content, () => 'cid:chart');
    const errors = unsupported(html, ['gmail.*', 'outlook.*', 'apple-mail.*']);
    const left = errors.map((error) => /`(.+)` is not supported by/.exec(error)?.[1] ?? error);
    expect(left.filter((feature) => !Object.hasOwn(DISPENSABLE, feature))).toEqual([]);
  });

  test('the check itself sees what they do not show', async () => {
    const html = (await renderHtml(content, () => 'cid:chart')).replace(
      '<h1',
      '<div style="display:grid;gap:4px"></div><h1',
    );
    expect(unsupported(html, ['outlook.windows']).join(' ')).toMatch(/grid|gap/);
  });
});
