import type { Day } from '../../../kit/calendar.ts';
import { weighted } from '../../../kit/random.ts';

export type Device = 'desktop' | 'mobile' | 'tablet' | 'other';

/** Devices and traffic channels of the shop's visitors, as often as they are seen. */
export const DEVICES = weighted<Device>([
  ['desktop', 70],
  ['mobile', 24],
  ['tablet', 6],
]);
export const CHANNELS = weighted([
  ['Direct', 30],
  ['Google Ads', 21],
  ['Organic search', 20],
  ['Newsletter', 12],
  ['Microsoft Ads', 6],
  ['LinkedIn Ads', 5],
  ['Meta Ads', 6],
]);
export const LANDING_GROUPS = weighted([
  ['home', 28],
  ['category', 24],
  ['product', 34],
  ['offer', 9],
  ['help', 5],
]);
export const PROPERTY = 'shop.marelune.example';

/** A session as the tags and the shop name it: its day, and its place among the sessions of the day, from 1. */
export const sessionId = (day: Day, number: number): string => `s-${day.compact}-${number}`;
