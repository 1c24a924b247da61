import { openRedactor } from '../platform/redact/redactor.ts';

const LONGEST = 200;
/** It knows no secret; where a sample is kept or shown, one that does looks again. */
const redactor = openRedactor();

/** A piece of what came, from a file or a vendor, fit for a message: short, on one line, without e-mail addresses. */
export function sampleOf(text: string): string {
  // An address at the cut is whole in what is looked at, and not in what is shown.
  const clean = redactor.text(text.slice(0, 4 * LONGEST)).replaceAll('\n', '↵');
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}…` : clean;
}
