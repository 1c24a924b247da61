import type { ApiSource } from '../../functions/lake/company/api-source.ts';
import type { Company } from '../../functions/lake/company/company.ts';
import { suggestion } from '../../functions/lake/nearest.ts';
import { VigieError } from '../../functions/platform/errors.ts';

/** A source over an API of vigie.yaml. Throws SOURCE_UNKNOWN; SOURCE_OF_FILES for one that has no API. */
export function apiSourceNamed({ sources }: Company, name: string): ApiSource {
  const names = sources.flatMap((source) => ('feeds' in source ? [] : [source.name]));
  const source = sources.find((each) => each.name === name);
  if (!source)
    throw new VigieError(`there is no source ${name} in vigie.yaml; ${suggestion(name, names)}`, {
      code: 'SOURCE_UNKNOWN',
      where: { field: name },
      hint: 'A source is called by its `name`, not by its kind.',
    });
  if ('feeds' in source)
    throw new VigieError(`${name} is a source of files: it has no API`, {
      code: 'SOURCE_OF_FILES',
      where: { field: name },
      hint: 'What of its files would be rejected, `vigie run` keeps under rejected/ with the reasons.',
    });
  return source;
}
