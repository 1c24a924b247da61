/** US dollars a TB scanned, list price of most regions (https://aws.amazon.com/athena/pricing). */
export const ATHENA_USD_PER_TB = 5;

const MB = 2 ** 20;
const TB = 2 ** 40;
const LEAST_MB = 10;

/**
 * What Athena bills for one statement that scanned so many bytes, in US dollars: whole megabytes, at least 10. A
 * statement that reads no data at all (DDL) is free: give `undefined`.
 */
export function scanPrice(bytes: number | undefined, usdPerTb: number = ATHENA_USD_PER_TB): number {
  if (bytes === undefined) return 0;
  return (Math.max(LEAST_MB, Math.ceil(bytes / MB)) * MB * usdPerTb) / TB;
}
