import { z } from 'zod';
import { periodNames, themes } from '../catalogue/kpi.ts';
import { words } from '../values/language.ts';

/** Figures somebody sees, in this order: ids of KPIs, and themes, which stand for all that was measured of them. */
export const figureList = z.array(z.string()).min(1);

/** `kpis` of vigie.yaml: which of the catalogue's KPIs the company goes by. */
export const kpiChoice = z.strictObject({
  /** What it lives by, first things first: KPIs of other themes are not computed. Default: all, in an order that follows from its sources. */
  themes: z
    .array(z.enum(themes))
    .min(1)
    .refine((list) => new Set(list).size === list.length, 'names a theme twice')
    .optional(),
  /** KPIs that are not reliable here, each with the reason, as people read it where they look for the figure. */
  off: z.record(z.string(), z.union([z.string().min(1), words])).default({}),
  /** The figures of the digest, in order. */
  digest: figureList.optional(),
  /** Ids of the KPIs of the sales dashboard, in order. Default: the usual ones where leads or deals are delivered; `[]`: none. */
  dashboard: z.array(z.string()).optional(),
  /** Those of the digest of whoever has a role. */
  roles: z.record(z.string(), figureList).default({}),
  /** Windows to leave out (a company of one year has no last_365d). */
  windows_off: z.array(z.enum(periodNames)).default([]),
});
export type KpiChoice = z.infer<typeof kpiChoice>;
