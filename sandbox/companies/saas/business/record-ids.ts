/** Where the numbers of each kind of record begin: CRMs number them apart, and without words. */
const FIRST = { lead: 200_000_000, deal: 400_000_000, company: 600_000_000, owner: 7_000_000 } as const;

/** The number that the CRM has for the n-th record of its kind. Each kind has its own span, so that no number is of two. */
export const numbered = (kind: keyof typeof FIRST, number: number): string => String(FIRST[kind] + number);
