/** The number of the company behind a lead, or behind a deal that came without one. */
export const companyOf = (id: string): string => String(Number(id) + 500_000_000);
