/** @jsxRuntime automatic @jsxImportSource react */

import { Definition } from '../../functions/report/site/definition.tsx';
import type { View } from '../../functions/report/site/document.tsx';
import { KpiHeading } from '../../functions/report/site/kpi-page.tsx';
import type { Answer } from './answer.ts';
import { AskBar } from './ask-bar.tsx';
import { titleOf } from './figures-view.tsx';

/** The statement that computes the KPI for the day, as it runs. */
export const sqlView = (answer: Answer, sql: string): View => ({
  title: ({ language }) => `SQL – ${titleOf(answer.question, language)}`,
  heading: (edition) => (
    <>
      <KpiHeading edition={edition} sheet={answer.sheet} />
      <AskBar edition={edition} question={answer.question} proposed={[]} />
    </>
  ),
  body: (edition) => (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className="sql" aria-label="SQL" tabIndex={0}>
        <pre>{sql}</pre>
      </section>
      <Definition edition={edition} sheet={answer.sheet} />
    </>
  ),
});
