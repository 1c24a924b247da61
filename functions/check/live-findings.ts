import { LIVE } from '../lake/run/live-company.ts';
import type { Finding } from '../lake/snapshot/finding.ts';

/** What somebody pushed and the run did not take: whoever pushed it thinks that it counts. */
export const liveFindings = (refused: string | undefined): Finding[] =>
  refused === undefined
    ? []
    : [
        {
          check: 'refused_configuration',
          means: {
            en: 'pushed recipients and alert rules were not taken; the last good ones count',
            fr: 'les destinataires et règles d’alerte envoyés n’ont pas été pris ; les derniers valables comptent',
          },
          severity: 'error',
          table: null,
          source: null,
          message: `${LIVE}: ${refused}`,
          lastDate: null,
          sample: LIVE,
          hint: 'Correct vigie.yaml and push it again: vigie config push --stack NAME, which says every mistake with its line (docs/operations/add-a-recipient.md).',
        },
      ];
