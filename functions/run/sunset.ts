import type { Manifest } from '../lake/run/manifest.ts';
import { daysBetween } from '../lake/values/day.ts';

/** Days until the first API version that a run used ends; null where no vendor has announced an end. */
export function daysToSunset({ pulls }: Pick<Manifest, 'pulls'>, today: string): number | null {
  const days = pulls.flatMap(({ api }) => (api?.sunset ? [daysBetween(today, api.sunset)] : []));
  return days.length === 0 ? null : Math.min(...days);
}
