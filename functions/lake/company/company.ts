import { z } from 'zod';
import { alertRule } from '../catalogue/alert-kinds/kinds.ts';
import { weekdays } from '../values/day.ts';
import {
  type ApiSource,
  apiSourceForm,
  maxRejectedShare,
  type SourceKind,
  sourceName,
  sourceTitle,
} from './api-source.ts';
import { audienceChoice } from './audience.ts';
import { awsSection } from './aws.ts';
import { channel } from './channel.ts';
import { event } from './event.ts';
import { feedSchema } from './feed.ts';
import { hour } from './hour.ts';
import { kpiChoice } from './kpi-choice.ts';
import { listChoice } from './list-choice.ts';
import { recipient } from './recipient.ts';

/** `vigie.yaml`: the one file a company edits. Read and explained by functions/lake/company/file.ts. */
const day = z.iso.date();
const timeZone = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}, 'not an IANA time zone such as Europe/Paris');

export const filesSource = z.strictObject({
  kind: z.literal('files'),
  name: sourceName,
  title: sourceTitle,
  max_rejected_share: maxRejectedShare,
  feeds: z.array(feedSchema).min(1),
});

/** Everything but the sources, whose form depends on the kinds there are. */
export const companyForm = z.strictObject({
  company: z.strictObject({
    name: z.string().min(1),
    time_zone: timeZone,
    /** Reporting currency. */
    currency: z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code'),
    /** Month in which the fiscal year begins, 1 to 12: `qtd` and `ytd` follow it. */
    fiscal_year_starts: z.int().min(1).max(12).default(1),
    /** Days without trade. */
    closed: z
      .strictObject({
        weekdays: z.array(z.enum(weekdays)).default([]),
        /** With the holidays of the country once the company is read. */
        days: z.array(day).default([]),
        /** ISO 3166-1 alpha-2: on its public holidays nobody trades. */
        country: z
          .string()
          .regex(/^[A-Z]{2}$/, 'a code of two letters, such as FR')
          .optional(),
        /** A part of the country that has holidays of its own, as the library date-holidays calls it: `BW`. */
        region: z.string().optional(),
      })
      .prefault({}),
  }),
  /** Which KPIs it goes by: all that the loaded tables allow, less what is chosen otherwise. */
  kpis: kpiChoice.prefault({}),
  /** Which lists of things to act on are made, and how long they are: all of KPIs that are on, unless one is switched off. */
  lists: listChoice.prefault({}),
  /** Customer-match files for ad platforms: none is made that is not named here. */
  audiences: audienceChoice.prefault({}),
  /** Rules; those shipped (functions/lake/company/alert-rules.ts) hold unless a rule here has the same id, or `off` names it. */
  alerts: z
    .strictObject({
      rules: z.array(alertRule).default([]),
      off: z.array(z.string()).default([]),
      /** How many anomaly alerts may open a day, over all KPIs and members: the furthest from what is usual. */
      unusual_a_day: z.int().min(1).default(3),
    })
    .prefault({}),
  /** What happened or is planned: marked in charts, told beside alerts and explanations; as `vigie annotate` notes it. */
  events: z.array(event).default([]),
  checks: z
    .strictObject({
      /** A past day whose cost or conversions are restated by more than this share downwards is told. To nothing: always. */
      restated_fall: z.number().min(0).max(1).default(0.5),
    })
    .prefault({}),
  recipients: z.array(recipient).default([]),
  channels: z.array(channel).default([]),
  delivery: z
    .strictObject({
      /**
       * False while a company is set up: mails are written for its operators to look at, and sent to nobody. No digest
       * is used up by that: once it is true, the day can be sent.
       */
      live: z.boolean().default(true),
      from: z.string().default('Vigie <vigie@localhost>'),
      /** `files`: .eml files in the state folder. `smtp`: server and credentials from the secret named here (a smtp:// URL). */
      mailer: z
        .discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('files') }),
          z.strictObject({ kind: z.literal('smtp'), secret: z.string().default('smtp') }),
        ])
        .default({ kind: 'files' }),
      /** Address or https URL for List-Unsubscribe. */
      unsubscribe: z.string().default('mailto:vigie@localhost?subject=unsubscribe'),
      /** Where people find the HTML report; linked from the digest when given. */
      report_url: z.url().optional(),
      /** Whether a digest goes out for a day without trade. */
      on_closed_days: z.boolean().default(false),
      /** By role, from which hour on digests and reviews go out; who names an hour of her own has that. */
      hours: z.record(z.string(), hour).default({}),
    })
    .prefault({}),
  /** What it takes to speak to systems of the company's own network, in both worlds. */
  network: z
    .strictObject({
      /** A PEM file, relative to vigie.yaml: authorities whose certificates are trusted beside those that Node.js knows. */
      ca_file: z.string().min(1).optional(),
    })
    .prefault({}),
  /** How it runs on AWS; without meaning on one machine. */
  aws: awsSection.prefault({}),
});

/** The file of a company with sources of these kinds, beside files. */
export const companySchemaWith = (kinds: readonly SourceKind[]) =>
  companyForm.extend({
    sources: z.array(z.discriminatedUnion('kind', [filesSource, ...kinds.map(apiSourceForm)])).min(1),
  });

/** The file of a company all of whose sources are files. */
export const companySchema = companyForm.extend({
  sources: z.array(z.discriminatedUnion('kind', [filesSource])).min(1),
});

export type FilesSource = z.infer<typeof filesSource>;
/** `'feeds' in source` tells files from APIs. */
export type Source = FilesSource | ApiSource;
/** The company as its file says, with defaults filled in and sources over APIs resolved. */
export type Company = z.infer<typeof companyForm> & { readonly sources: readonly Source[] };
export type Recipient = Company['recipients'][number];
