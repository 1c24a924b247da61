import { join, relative } from 'node:path';
import { stringify } from 'yaml';
import { vigieFolder } from '../../functions/platform/vigie-folder.ts';
import { ownPage } from '../own-pages.ts';

/** The text of a first vigie.yaml. Only the company’s own words are put in, quoted as YAML wants them. */
export function starterConfig(company: {
  /** Where it will stand. */
  readonly folder: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  /** Whether it will be deployed. */
  readonly aws?: boolean;
}): string {
  const quoted = (text: string): string => stringify(text).trim();
  return `# Vigie's configuration: the one file you edit. Every key is explained in ${ownPage('docs/configuration.md', company.folder)}.
company:
  name: ${quoted(company.name)}
  time_zone: ${quoted(company.timeZone)}
  currency: ${quoted(company.currency)} # the currency of every figure
  fiscal_year_starts: 1 # month
  closed: # days without trade: no figure is expected, no alert judged, no digest sent
    weekdays: [sunday]
    days: []

# What is read. Paths are relative to this file; {date} stands for the day in a file's name (20261121 or 2026-11-21).
sources:
  - name: erp
    kind: files
    max_rejected_share: 0.01 # above 1 % of bad rows the source counts as failed
    feeds:
      - table: orders
        path: exports/orders_{date}.csv
        columns: # field of Vigie's table: column of your file
          order_id: OrderNumber
          ordered_on: OrderDate
          customer_id: Customer
          channel: Channel
          kind: { constant: order }
          status: { constant: completed }

      - table: order_lines
        path: exports/order_lines_{date}.csv
        columns:
          order_id: OrderNumber
          line_id: Line
          ordered_on: OrderDate
          product_id: Product
          quantity: Quantity
          net_amount: NetAmount
          currency: { constant: ${company.currency} }

# Who is told. Executives get the daily digest; roles decide who gets which alert.
recipients:
  - email: you@example.com
    language: en
    roles: [executive, ops]
    # hour: 9 # the digest from nine on, instead of with the run; a line of cron comes by: docs/digest.md

delivery:
  live: false # being set up: mails are written to .vigie/mail for you to look at, and sent to nobody. true: from then on
  from: Vigie <vigie@example.com>
  mailer: { kind: files } # or { kind: smtp }, with the server's URL in the environment variable VIGIE_SECRET_SMTP
${company.aws ? `  unsubscribe: mailto:you@example.com?subject=unsubscribe\n\n${AWS_SECTION}\n` : ''}`;
}

/** What vigie.yaml says of AWS. */
export const AWS_SECTION = `aws:
  region: eu-west-1 # where everything is to be
  schedule: "06:00" # the company's own time
  digest_by: "07:30" # an alarm if the digest is not out by then
  alarm_emails: [you@example.com]`;

/** The cdk.json of a company's folder: Vigie's app, from where it is installed. */
export function cdkJson(folder: string): string {
  const app = relative(folder, join(vigieFolder(), 'bin/stack.js'));
  const settings = { app: `node ${app}`, versionReporting: false, notices: false, context: { company: '.' } };
  return `${JSON.stringify(settings, null, 2)}\n`;
}
