import { openRedactor, type Redactor } from '../functions/platform/redact/redactor.ts';

let current = openRedactor();

/** The redactor of the command under way: what its sources and mailers learn, its last words heed. */
export const redactor = (): Redactor => current;

/** Another command begins. */
export function freshRedactor(): void {
  current = openRedactor();
}
