import { hashAddress } from '../../platform/address.ts';
import { replaceAddresses } from '../../platform/redact/addresses.ts';

/**
 * Each e-mail address in a vendor's answer, wherever it stands, replaced by its hash: see `hashAddress`. JSON stays the
 * JSON it is.
 */
export function hashAddresses(text: string): string {
  const readable = text.includes('\\u') && /^[\ufeff\s]*[[{]/.test(text) ? withoutEscapes(text) : text;
  return replaceAddresses(readable, 'certain', hashAddress);
}

/**
 * JSON may write any character as an escape: `\u003cjane\u0040acme.example\u003e`. Written out, where JSON allows it,
 * an address can be told from what stands around it.
 */
const withoutEscapes = (json: string): string =>
  json.replace(/\\(?:u([\da-fA-F]{4})|[\s\S])/g, (written, hex: string | undefined) => {
    if (hex === undefined) return written;
    const code = Number.parseInt(hex, 16);
    const mustStay = code < 0x20 || code === 0x22 || code === 0x5c || (code >= 0xd800 && code <= 0xdfff);
    return mustStay ? written : String.fromCharCode(code);
  });
