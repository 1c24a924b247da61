import { z } from 'zod';
import { publicAddress } from '../../platform/address.ts';
import { awsNetwork, ownBucket, ownKey, permissionsBoundary, tags } from './aws-account.ts';
import { awsSite } from './aws-site.ts';
import { recipient } from './recipient.ts';

/** What CloudWatch Logs can keep, in days. */
const LOG_DAYS = [7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731] as const;

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day in quotes, such as "06:00", in the company’s time zone');

/** The stage that mails everybody, unless it is told otherwise. */
export const PRODUCTION = 'production';

/** What a stage may be called. */
export const STAGE_NAME = /^[a-z][a-z0-9-]{0,29}$/;

const stage = z.strictObject({
  /** Whom this stage mails: everybody under `recipients`, or those named here and nobody else. */
  recipients: z.union([z.literal('all'), z.array(recipient)]),
  /** Which of `channels` this stage writes to, by name; absent: all where it mails everybody, else none. */
  channels: z.union([z.literal('all'), z.array(z.string())]).optional(),
});

/** The section `aws` of vigie.yaml: how the company runs on AWS. Only infra/ reads it; a run on one machine does not. */
export const awsSection = z.strictObject({
  /** Where to deploy, such as eu-west-1. Absent: where the AWS command line would. */
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region such as eu-west-1')
    .optional(),
  /** When the day’s run begins. */
  schedule: timeOfDay.default('06:00'),
  /** The hour by which the digest must be out: else the alarm rings, even if nothing at all ran. */
  digest_by: timeOfDay.default('07:30'),
  /** The most that one statement of a KPI, a check or a person may read, in GB: Athena cuts it off there. */
  max_scan_gb: z.number().min(0.01).max(10_000).default(75),
  /** The same of statements that write the lake: loads, which a back-fill makes large, and maintenance. */
  max_load_gb: z.number().min(0.01).max(10_000).default(200),
  /** An alarm rings when a day’s statements together read more, in GB; another at half of it. */
  daily_scan_gb: z.number().min(0.01).max(100_000).default(1_000),
  /** How long what vendors answered is kept, in days. */
  raw_days: z.int().min(1).max(3_650).default(400),
  /** How long what systems drop into `inbox/` is kept, in days: as they dropped it, with names and addresses. */
  inbox_days: z.int().min(1).max(3_650).default(400),
  log_days: z.union(LOG_DAYS.map((days) => z.literal(days))).default(90),
  /** Who is told when an alarm rings; each has to confirm a mail from AWS once. */
  alarm_emails: z.array(publicAddress).default([]),
  /** The company's network, for the step that pulls. Absent: it goes out where every function of Lambda does. */
  network: awsNetwork.optional(),
  /** Absent: the roles are bounded by their own policies alone. */
  permissions_boundary: permissionsBoundary.optional(),
  tags: tags.default({}),
  /** Absent: AWS's own encryption of S3, and a key of the stack's own for the topics. */
  key: ownKey.optional(),
  /** Absent: the stack makes its bucket. */
  bucket: ownBucket.optional(),
  /** The report for a browser, behind the company's sign-in. Absent: it is in the bucket, for whoever may read there. */
  site: awsSite.optional(),
  /** Whether letters bring links by which an alert is acknowledged or snoozed. */
  links: z.boolean().default(false),
  /** Whether every figure is a table of Athena as well, for BI tools: newest recording only. */
  figures_table: z.boolean().default(false),
  /** What is different where it is tried. A stage that is not named mails nobody, but for `production`. */
  stages: z
    .record(
      z.string().regex(STAGE_NAME, 'the name of a stage: lower case letters, digits and -, a letter first'),
      stage,
    )
    .default({}),
});

export type AwsSection = z.infer<typeof awsSection>;
