import { outreachSource } from '../../../kit/outreach/source.ts';

/** The company on the web. */
export const DOMAIN = 'marelune.example';

export const wholesaleOutreach = outreachSource(DOMAIN);
