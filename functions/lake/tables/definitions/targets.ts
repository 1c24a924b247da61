import { z } from 'zod';
import { date, decimal, text } from '../column.ts';
import { defineTable } from '../table.ts';

export const targets = defineTable({
  name: 'targets',
  names: { en: 'targets', fr: 'objectifs' },
  description:
    'Wanted value of a KPI. For an additive KPI the value is for the whole span and prorated by trading day; for a ratio it is the value wanted on each day.',
  key: ['kpi', 'dimension', 'member', 'starts_on'],
  scope: ['kpi', 'dimension', 'member', 'starts_on'],
  row: z.object({
    kpi: text('KPI id.'),
    dimension: text('Dimension, or `total`.'),
    member: text('Member of the dimension, or `total`.'),
    starts_on: date('First day of the span.'),
    ends_on: date('Last day of the span.'),
    value: decimal('Wanted value, in the KPI’s unit (amounts in the reporting currency; 0.75 for 75 %).'),
  }),
});
