import { z } from 'zod';
import { baseUrl } from '../../lake/company/field-forms.ts';

/** Fields that the settings of many sources have. Give each the description that fits, with `.describe()`. */
export {
  baseUrl,
  LOOPBACK,
  numberAsName,
  secretName,
  secretReference,
} from '../../lake/company/field-forms.ts';

/** Days that are read anew each time, since the vendor restates them. */
export const lookBackDays = (days: number, most: number, why: string) =>
  z.int().min(1).max(most).default(days).describe(why);

/** Where tokens are given. */
export const tokenUrl = (address: string) =>
  baseUrl().default(address).describe('Address that gives tokens. Only for tests and proxies.');

/** Where the API is, for vendors that have one address for all. */
export const apiUrl = (address: string) =>
  baseUrl().default(address).describe('Address of the API. Only for tests and proxies.');

/** Whether no value of a list comes twice. */
export const areDistinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
