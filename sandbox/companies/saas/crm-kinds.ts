/** CRMs that the software company may have, as kinds of sources; the first where none is asked for. */
export const CRM_KINDS = ['hubspot', 'salesforce', 'dynamics-sales'] as const;
export type CrmKind = (typeof CRM_KINDS)[number];
