import type { Origins } from './api-yaml.ts';
import { shopSource } from './shop-source.ts';

/** The web shop, SAP Commerce: carts and their entries. */
export const shopApi = (_origins: Origins, _startsOn: string): string => shopSource(() => false);
