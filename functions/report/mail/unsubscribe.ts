import { isAddress } from '../../platform/address.ts';

/** Where a reader asks for no more mails: an address of vigie.yaml becomes a mailto: link, a link stays. */
export const unsubscribeLink = (text: string): string => (isAddress(text) ? `mailto:${text}` : text);
