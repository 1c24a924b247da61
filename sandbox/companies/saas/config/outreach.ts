import { clicksFeed, outreachSource } from '../../../kit/outreach/source.ts';

/** The company on the web. */
export const DOMAIN = 'kervello.example';

export const saasOutreach = outreachSource(DOMAIN, clicksFeed(DOMAIN));
