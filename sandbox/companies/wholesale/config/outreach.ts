import { clicksFeed, outreachSource } from '../../../kit/outreach/source.ts';

/** The company on the web. */
export const DOMAIN = 'marelune.example';

/** As files: what Google counted, too. */
export const wholesaleOutreach = outreachSource(DOMAIN, clicksFeed(DOMAIN));

/** Where Google is asked itself. */
export const outreachLists = outreachSource(DOMAIN);
