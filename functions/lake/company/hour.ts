import { z } from 'zod';

/** The hour from which on somebody is told of a day, the morning after it: whole, as it is every hour that somebody comes by. */
export const hour = z.custom<number>(
  (found) => Number.isInteger(found) && (found as number) >= 0 && (found as number) <= 23,
  'a whole hour from 0 to 23 in the company’s time zone, without quotes, such as 9',
);
