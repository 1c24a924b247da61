import type { Kpi } from '../../lake/catalogue/kpi.ts';

/** A KPI's names in every language, for who looks for it. */
export const namesOf = ({ names }: Kpi): string => [...new Set(Object.values(names))].join(' ');
