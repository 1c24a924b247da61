import { z } from 'zod';
import { comparisonNames, periodNames } from '../../functions/lake/catalogue/kpi.ts';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const figure = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/, 'a number'), z.null()]);
const weekday = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']);

const expectedRow = z.strictObject({
  /** Only where the case has several. */
  as_of: z.iso.date().optional(),
  period: z.enum(periodNames),
  comparison: z.enum(comparisonNames).default('current'),
  dimension: z.string().nullable().default(null),
  member: z.string().nullable().default(null),
  numerator: figure,
  denominator: figure.default(null),
});
export type ExpectedRow = z.infer<typeof expectedRow>;

/** What every case says: of which company and which rows. */
const setting = {
  name: z.string().min(1),
  company: z
    .strictObject({
      currency: z.string().default('EUR'),
      time_zone: z.string().default('Europe/Paris'),
      fiscal_year_starts: z.int().min(1).max(12).default(1),
      closed: z
        .strictObject({ weekdays: z.array(weekday).default([]), days: z.array(z.iso.date()).default([]) })
        .prefault({}),
    })
    .prefault({}),
  given: z.record(z.string(), z.array(z.record(z.string(), cell))),
};

const kpiCase = z.strictObject({
  ...setting,
  as_of: z.union([z.iso.date().transform((date) => [date]), z.array(z.iso.date()).min(1)]),
  expect: z.array(expectedRow),
  /** What of the result is compared; default: the windows, comparisons and dimensions that `expect` names. */
  only: z
    .strictObject({
      periods: z.array(z.enum(periodNames)).optional(),
      comparisons: z.array(z.enum(comparisonNames)).optional(),
      /** `null` is the total. */
      dimensions: z.array(z.string().nullable()).optional(),
    })
    .prefault({}),
});
export type KpiCase = z.infer<typeof kpiCase>;

const listCase = z.strictObject({
  ...setting,
  as_of: z.iso.date(),
  /** What the company wants otherwise than the list's file. */
  rows: z.int().min(1).optional(),
  at_least: z.number().min(0).optional(),
  /**
   * The entries, in order, with columns of the list; `why`: the points that rules gave, `employee_count 15/15, region 0/10`.
   * What one entry names is compared of all.
   */
  expect: z.array(z.record(z.string(), cell)),
});
export type ListCase = z.infer<typeof listCase>;

/** `cases/lists/<id>.yaml` of a company's folder; of what ships, `test/lists/<id>.yaml`. */
export const listCaseFile = z.strictObject({ list: z.string(), cases: z.array(listCase).min(1) });

/** `cases/<id>.yaml` of a company's folder; of what ships, `test/kpis/<id>.yaml`. */
export const kpiCaseFile = z.strictObject({ kpi: z.string(), cases: z.array(kpiCase).min(1) });
