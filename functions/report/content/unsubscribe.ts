/** Where a reader asks for no more mails: an address of vigie.yaml becomes a mailto: link, a link stays. */
export const unsubscribeLink = (text: string): string =>
  /^[^\s:/]+@[^\s:/]+$/.test(text) ? `mailto:${text}` : text;
