import type { Session } from '../../companies/wholesale/business/sessions.ts';

/** The pages that visitors of the shop land on, by what the company calls their group. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  home: ['/', '/fr/'],
  category: ['/c/tyres', '/c/parts'],
  product: ['/p/all-season', '/p/winter', '/p/truck'],
  offer: ['/offers/season'],
  help: ['/help/returns'],
};

export const landingPage = (session: Session): string => {
  const pages = PAGES[session.landing] ?? [];
  return pages[session.number % pages.length] ?? '(not set)';
};

/** Google's own channel groups, of the channels that the company distinguishes. */
const DEFAULT_GROUPS: Readonly<Record<string, string>> = {
  'Google Ads': 'Paid Search',
  'Microsoft Ads': 'Paid Search',
  'LinkedIn Ads': 'Paid Social',
  'Meta Ads': 'Paid Social',
  'Organic search': 'Organic Search',
  Newsletter: 'Email',
};

export const defaultChannelGroup = (channel: string): string => DEFAULT_GROUPS[channel] ?? channel;
