import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds wrong, by the rules of WCAG 2.2 A and AA and its best practices: rule, and where. */
export async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
