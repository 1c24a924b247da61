/** Origin of a vendor that is being served, by its kind. */
export type Origins = (kind: string) => string;
