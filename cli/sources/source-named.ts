import type { ApiSource } from '../../functions/lake/company/api-source.ts';
import type { Company, Source } from '../../functions/lake/company/company.ts';
import { suggestion } from '../../functions/lake/values/nearest.ts';
import { VigieError } from '../../functions/platform/errors.ts';

/** A source of vigie.yaml by its name. Throws SOURCE_UNKNOWN. */
export function sourceNamed({ sources }: Company, name: string): Source {
  const source = sources.find((each) => each.name === name);
  if (source) return source;
  const names = sources.map((each) => each.name);
  throw new VigieError(`there is no source ${name} in vigie.yaml; ${suggestion(name, names)}`, {
    code: 'SOURCE_UNKNOWN',
    where: { field: name },
    hint: 'A source is called by its `name`, not by its kind.',
  });
}

/** A source over an API of vigie.yaml. Throws SOURCE_UNKNOWN; SOURCE_OF_FILES for one that has no API. */
export function apiSourceNamed(company: Company, name: string): ApiSource {
  const source = sourceNamed(company, name);
  if (!('feeds' in source)) return source;
  throw new VigieError(`${name} is a source of files: there is no archive of it`, {
    code: 'SOURCE_OF_FILES',
    where: { field: name },
    hint: `Its files are their own archive: after its mapping changed, \`vigie run\` reads them all again. \`vigie try ${name}\` shows what becomes of them.`,
  });
}
