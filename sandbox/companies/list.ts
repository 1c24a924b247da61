import { VigieError } from '../../functions/platform/errors.ts';
import type { MadeSandbox, SandboxOptions } from '../kit/folder.ts';
import type { ServedCompany, ServeSandboxOptions } from '../vendors/serve.ts';
import { CRM_KINDS } from './saas/crm-kinds.ts';
import { saasDefaults, writeSaas } from './saas/write-saas.ts';
import { sandboxDefaults, writeSandbox } from './wholesale/write-sandbox.ts';

/** A company that `vigie sandbox` can make. */
export interface MadeUpCompany {
  readonly id: string;
  /** “a made-up wholesaler”. */
  readonly title: string;
  /** Days of history, seed … where nothing else is asked for. */
  readonly defaults: { readonly seed: number; readonly days: number; readonly scale: number };
  /** KPIs to look at first. */
  readonly firstKpis: readonly string[];
  /** CRMs that it may have, as kinds of sources; the first where none is asked for. Absent: there is no choice. */
  readonly crms?: readonly string[];
  /** Writes it as files. */
  write(options: SandboxOptions): Promise<MadeSandbox>;
  /** Serves its systems over HTTP, and writes as files what they have no API for. */
  serve(options: ServeSandboxOptions): Promise<ServedCompany>;
}

/** The first is what `npm start` makes. */
export const madeUpCompanies: readonly MadeUpCompany[] = [
  {
    id: 'wholesale',
    title: 'a made-up wholesaler',
    defaults: sandboxDefaults,
    firstKpis: ['net_revenue', 'orders'],
    write: (options) => writeSandbox(options),
    serve: async (options) => (await import('./wholesale/serve-sandbox.ts')).serveSandbox(options),
  },
  {
    id: 'saas',
    title: 'a made-up software company',
    defaults: saasDefaults,
    firstKpis: ['new_leads', 'stage_losses'],
    crms: CRM_KINDS,
    write: (options) => writeSaas(options),
    serve: async (options) => (await import('./saas/serve-saas.ts')).serveSaas(options),
  },
];

/** Throws `USAGE`, with the names there are. */
export function companyNamed(id: string): MadeUpCompany {
  const found = madeUpCompanies.find((company) => company.id === id);
  if (found) return found;
  throw new VigieError(`There is no made-up company "${id}".`, {
    code: 'USAGE',
    hint: `There are: ${madeUpCompanies.map((company) => `${company.id} (${company.title})`).join(', ')}.`,
  });
}
