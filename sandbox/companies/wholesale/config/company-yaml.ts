import { CLOSED_WEEKDAYS, holidays, TIME_ZONE } from '../../../kit/calendar.ts';
import { adSources } from './ad-sources.ts';
import { alertsAndRecipients } from './alerts.ts';
import { financeSource } from './finance-source.ts';
import { wholesaleOutreach } from './outreach.ts';
import { sapSource } from './sap-source.ts';
import { shopSource } from './shop-source.ts';
import { tagsSource } from './tags-source.ts';

export interface ConfigOptions {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly scale: number;
  /** The export files that exist: feeds of files by months are written only where there are such files. */
  readonly files: readonly string[];
}

/** How the file begins: a folder with such a file was made by the sandbox and may be made again. */
export const SANDBOX_MARK = '# Marelune, a made-up wholesaler';

/** The company's vigie.yaml: the first one people read, so it says why as well as what. */
export function companyYaml(options: ConfigOptions): string {
  const has = (prefix: string): boolean => options.files.some((file) => file.startsWith(prefix));
  return [
    head(options),
    'sources:\n',
    sapSource(has),
    shopSource(has),
    adSources(has),
    tagsSource(has),
    financeSource,
    wholesaleOutreach,
    alertsAndRecipients(options),
  ].join('\n');
}

/** Name, zone, currency and days without trade. */
export const head = ({
  startsOn,
  endsOn,
}: ConfigOptions): string => `${SANDBOX_MARK} of tyres and car parts in Strasbourg, as Vigie sees it.
# This is the one file a company edits. Paths are relative to it. See docs/sandbox.md for the company and its stories.

company:
  name: Marelune
  time_zone: ${TIME_ZONE}
  # Everything is reported in euro; orders in francs and pounds are converted with the day's rate (source sap, TCURR).
  currency: EUR
  fiscal_year_starts: 1
  # Days without trade: no digest is sent, Monday is compared with Saturday, and monthly targets are spread over the rest.
  closed:
    weekdays: [${CLOSED_WEEKDAYS.join(', ')}]
    days:
${holidays(startsOn, endsOn)
  .map((day) => `      - ${day}`)
  .join('\n')}
`;
