import { type BrokenPart, firstLine } from '../lake/catalogue/broken.ts';
import type { Finding } from '../lake/snapshot/finding.ts';

/** What of the catalogue cannot be used, but for KPIs, which are measured, and then say so themselves. */
export const brokenFindings = (broken: readonly BrokenPart[]): Finding[] =>
  broken
    .filter(({ kind }) => kind !== 'KPI')
    .map((part) => ({
      check: 'catalogue',
      means: {
        en: 'a definition of the company’s own has a mistake and is left out',
        fr: 'une définition propre à l’entreprise comporte une erreur et n’est pas prise en compte',
      },
      severity: 'error',
      table: null,
      source: null,
      message: `The ${part.kind} ${part.name === '' ? `file ${part.file}` : part.name} cannot be used: ${firstLine(part)}`,
      lastDate: null,
      sample: null,
      hint: part.error.hint ?? `Mend ${part.file}; \`vigie test\` says when it is right.`,
    }));
