import { expect, test } from 'vitest';
import { loadCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { languages } from '../../../functions/languages/languages.ts';
import { alertContent, newsFor } from '../../../functions/report/letters/alert-letter.ts';
import { renderText } from '../../../functions/report/mail/text.ts';
import { mailData } from '../fixtures.ts';

test('every KPI that is shipped says what to do, in every language and in a few lines', () => {
  const { kpis } = loadCatalogue();
  for (const { id, advice } of kpis)
    for (const language of languages) {
      const length = advice?.[language.tag]?.length ?? 0;
      expect(length, `${id}, ${language.tag}`).toBeGreaterThan(40);
      expect(length, `${id}, ${language.tag}`).toBeLessThan(250);
    }
});

test('an alert mail says the KPI’s own advice in the reader’s language, and no path of a repository', () => {
  const data = mailData();
  const events = newsFor(data, { roles: ['executive', 'ecommerce', 'marketing', 'sales'] });
  const text = renderText(alertContent(data, events, fr));
  expect(text).toContain('Que faire\u202f: Voir pourquoi cart_abandonment_rate a bougé.');
  expect(text).not.toMatch(/docs\/|\.md/);
});
