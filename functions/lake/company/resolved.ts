import { z } from 'zod';
import { VigieError } from '../../platform/errors.ts';
import {
  type ApiSource,
  maxMinutes,
  maxPages,
  maxRejectedShare,
  sourceName,
  sourceTitle,
} from './api-source.ts';
import { type Company, companyForm, filesSource } from './company.ts';

/**
 * The company as JSON, with what its sources over APIs deliver filled in: steps that have no kinds of sources at hand
 * (a function that measures, on AWS) read this instead of vigie.yaml.
 */
export const resolvedCompany = (company: Company): string => `${JSON.stringify(company, null, 2)}\n`;

const apiSource = z.strictObject({
  kind: z.string(),
  name: sourceName,
  title: sourceTitle,
  max_rejected_share: maxRejectedShare,
  max_minutes: maxMinutes,
  max_pages: maxPages,
  starts_on: z.iso.date(),
  settings: z.record(z.string(), z.unknown()),
  delivers: z.array(
    z.strictObject({
      table: z.string(),
      maxAgeDays: z.number().nullable().optional(),
    }),
  ),
}) satisfies z.ZodType<ApiSource>;

const form = companyForm.extend({ sources: z.array(z.union([filesSource, apiSource])).min(1) });

/** Reads what `resolvedCompany` wrote. Throws CONFIG_INVALID where it is something else. */
export function readResolvedCompany(text: string): Company {
  const parsed = form.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw unreadable(z.prettifyError(parsed.error));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error));
  }
}

const unreadable = (reason: string): VigieError =>
  new VigieError(`the resolved company cannot be read: ${reason}`, {
    code: 'CONFIG_INVALID',
    hint: 'It is written from vigie.yaml by the deployment of the same version of Vigie: deploy again.',
  });
