import { diagnoseOData } from '../../api/odata/diagnose.ts';
import type { Diagnosis } from '../../api/source.ts';
import type { VendorAnswer } from '../../api/vendor.ts';

/** Errors of OData, and what to do about them in SAP. */
export const diagnose = (answer: VendorAnswer): Diagnosis | undefined =>
  diagnoseOData(answer, {
    noPermission:
      'The user lacks an authorisation: see “Permissions” on the source’s page (communication arrangement, or S_SERVICE and V_VBAK_* on premise).',
    notActive:
      'The service is not active: public cloud, create its communication arrangement; on premise, add it with /IWFND/MAINT_SERVICE.',
    unknownName:
      'A name under fields, customer_fields, brand or paths may be wrong, or older than this release: compare with the service’s $metadata, or set select: false.',
  });
