import { holidays, TIME_ZONE } from '../../../kit/calendar.ts';
import { CLOSED } from '../invent.ts';
import { alertsAndRecipients } from './alerts.ts';
import { crmSource } from './crm-source.ts';
import { adSources, billingSource, financeSource } from './other-sources.ts';
import { saasOutreach } from './outreach.ts';

export interface ConfigOptions {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly scale: number;
  /** The export files that exist: feeds of files by months are written only where there are such files. */
  readonly files: readonly string[];
}

/** The first line of the company's vigie.yaml. */
export const SANDBOX_MARK = '# Kervello, a made-up software company';

/** The company's vigie.yaml: one that people read to write their own, so it says why as well as what. `crm`: its sources of leads and deals. */
export function companyYaml(options: ConfigOptions, crm = crmSource): string {
  const has = (prefix: string): boolean => options.files.some((file) => file.startsWith(prefix));
  return [
    head(options),
    'sources:\n',
    crm,
    billingSource,
    adSources(has),
    financeSource,
    saasOutreach,
    alertsAndRecipients(options),
  ].join('\n');
}

const head = ({ startsOn, endsOn }: ConfigOptions): string => `${SANDBOX_MARK} in Nantes, as Vigie sees it.
# It sells planning software through demos and trials. Paths are relative to this file. See docs/sandbox.md for its stories.

company:
  name: Kervello
  time_zone: ${TIME_ZONE}
  # Everything is reported in euro; deals and invoices in pounds and dollars are converted with the day's rate.
  currency: EUR
  fiscal_year_starts: 1
  closed:
    weekdays: [${CLOSED.join(', ')}]
    days:
${holidays(startsOn, endsOn)
  .map((day) => `      - ${day}`)
  .join('\n')}
`;
