import { readFile } from 'node:fs/promises';
import { VigieError } from '../../platform/errors.ts';
import type { Kpi } from '../catalogue/kpi.ts';
import type { List } from '../catalogue/list.ts';
import type { Tables } from '../tables/tables.ts';
import { formatPath, type Mistake, mistakesError, type PlacedMistake } from '../yaml/mistake.ts';
import { listAt, valueAt } from '../yaml/raw.ts';
import { schemaMistakes } from '../yaml/schema-mistakes.ts';
import { readYaml, type YamlSource } from '../yaml/source.ts';
import { type Environment, withVariables } from '../yaml/variables.ts';
import { alertMistakes } from './alert-mistakes.ts';
import { apiSourceMistakes, resolveApiSource, type SourceKind } from './api-source.ts';
import { audienceMistakes } from './audience.ts';
import { type Company, companySchemaWith, type Source } from './company.ts';
import { eventMistakes } from './event-mistakes.ts';
import { feedMistakes } from './feed-mistakes.ts';
import { type HolidayPlace, holidayMistakes, publicHolidays } from './holidays.ts';
import { choosingRoleMistakes, kpiListMistakes, windowMistakes } from './kpi-mistakes.ts';
import { listMistakes } from './list-mistakes.ts';
import { repeatedNames, roleMistakes, stageMistakes } from './mistakes.ts';
import { hourMistakes, toldMistakes } from './told-mistakes.ts';

export interface CompanyFileOptions {
  /** The tables that feeds may fill. */
  readonly tables: Tables;
  /** The KPIs and lists there are. Absent: what vigie.yaml says of them is not compared with the catalogue. */
  readonly catalogue?: { readonly kpis: readonly Kpi[]; readonly lists?: readonly List[] };
  /** The kinds of sources over APIs there are. Absent: every source has to be of files. */
  readonly kinds?: readonly SourceKind[];
  /** What `${NAME}` stands for; a composition root hands `process.env` over. Absent: nothing is set. */
  readonly env?: Environment;
}

/** Reads vigie.yaml. Throws CONFIG_MISSING, or CONFIG_INVALID with every mistake, its line and column. */
export async function readCompany(file: string, options: CompanyFileOptions): Promise<Company> {
  return parseCompany(await readText(file), file, options);
}

/**
 * The company that a text says. `fileName` is shown in errors. Throws CONFIG_INVALID with every mistake.
 */
export function parseCompany(text: string, fileName: string, options: CompanyFileOptions): Company {
  const source = readYaml(text);
  if (source.syntax.length > 0) throw mistakesError(fileName, source.syntax);
  const { data, mistakes } = withVariables(withoutEmptySections(source.data), options.env ?? {});
  // What a text with a hole in it is not fit for is no second mistake.
  const holes = new Set(mistakes.map(({ path }) => formatPath(path)));
  const others = mistakesOf(data, options).filter(({ path }) => !holes.has(formatPath(path)));
  const found = [...mistakes, ...others];
  if (found.length > 0) throw mistakesError(fileName, inOrder(source, found));
  return resolved(companySchemaWith(options.kinds ?? []).parse(data), options.kinds ?? []);
}

function resolved(
  company: ReturnType<ReturnType<typeof companySchemaWith>['parse']>,
  kinds: readonly SourceKind[],
): Company {
  const sources = company.sources.map((source): Source => {
    const kind = kinds.find((each) => each.kind === source.kind);
    return kind ? resolveApiSource(source, kind) : (source as Source);
  });
  const { closed } = company.company;
  const days = [...new Set([...closed.days, ...publicHolidays(closed)])];
  return { ...company, company: { ...company.company, closed: { ...closed, days } }, sources };
}

async function readText(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (cause) {
    throw new VigieError(`There is no configuration at ${file}, or it cannot be read.`, {
      code: 'CONFIG_MISSING',
      hint: 'Write one with `vigie init`, or point to one with --config.',
      where: { file },
      cause,
    });
  }
}

/** `recipients:` with nothing below it is as good as absent. */
function withoutEmptySections(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  return Object.fromEntries(Object.entries(data).filter(([, section]) => section !== null));
}

function mistakesOf(data: unknown, { tables, catalogue, kinds = [] }: CompanyFileOptions): Mistake[] {
  return [
    ...schemaMistakes(companySchemaWith(kinds), data),
    ...repeatedNames(data),
    ...listAt(data, ['sources']).flatMap((source, index) =>
      apiSourceMistakes(source, ['sources', index], kinds),
    ),
    ...listAt(data, ['sources']).flatMap((source, sourceIndex) =>
      listAt(source, ['feeds']).flatMap((feed, feedIndex) =>
        feedMistakes(feed, ['sources', sourceIndex, 'feeds', feedIndex], tables),
      ),
    ),
    ...kpiListMistakes(data, catalogue?.kpis),
    ...windowMistakes(data, catalogue?.kpis),
    ...listMistakes(data, catalogue?.lists),
    ...audienceMistakes(data),
    ...choosingRoleMistakes(data),
    ...stageMistakes(data),
    ...roleMistakes(data, catalogue?.kpis),
    ...toldMistakes(data, catalogue?.kpis),
    ...hourMistakes(data),
    ...alertMistakes(data, catalogue?.kpis),
    ...eventMistakes(data, catalogue?.kpis),
    ...holidayMistakes(holidayPlace(data)),
  ];
}

function holidayPlace(data: unknown): HolidayPlace {
  const text = (key: string): string | undefined => {
    const value = valueAt(data, ['company', 'closed', key]);
    return typeof value === 'string' ? value : undefined;
  };
  return { country: text('country'), region: text('region') };
}

const inOrder = (source: YamlSource, mistakes: readonly Mistake[]): PlacedMistake[] =>
  mistakes.map((mistake) => source.place(mistake)).toSorted((a, b) => a.line - b.line || a.column - b.column);
