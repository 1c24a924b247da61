import type { Command } from 'commander';
import type { List } from '../../functions/lake/catalogue/list.ts';
import { kpisOn } from '../../functions/lake/company/chosen-kpis.ts';
import { listsOn } from '../../functions/lake/company/chosen-lists.ts';
import { type ListOfDay, readList } from '../../functions/lake/snapshot/list-entries.ts';
import { wordIn } from '../../functions/lake/values/language.ts';
import { suggestion } from '../../functions/lake/values/nearest.ts';
import { en } from '../../functions/languages/en.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { listCsv, listTable, reasonText, valueText } from '../../functions/report/letters/list.ts';
import { listOfMembers } from '../../functions/report/model/for-members.ts';
import { out } from '../colours.ts';
import type { Context } from '../context.ts';
import { dateArgument, listFormatArgument } from '../options.ts';
import { asTable } from '../print.ts';
import { excelOf } from '../spreadsheet.ts';
import { withContext } from '../with-context.ts';
import { measuredDay } from './measured-day.ts';

interface ListOptions {
  readonly date?: string;
  readonly format: 'table' | 'json' | 'csv' | 'xlsx';
  readonly rep?: string;
}

export function completeLists(draft: Command): void {
  draft
    .option('--date <day>', 'as-of date (default: the latest one measured)', dateArgument)
    .option('--format <format>', 'table, json, csv or xlsx', listFormatArgument, 'table')
    .option('--rep <id>', 'the entries of one sales representative, by the id that customers have')
    .addHelpText(
      'after',
      '\nExamples:\n  vigie lists\n  vigie lists lost_sales --rep R07\n  vigie lists hottest_leads --format xlsx > leads.xlsx',
    )
    .action(async (id: string | undefined, options: ListOptions, command: Command) => {
      await withContext(command, async (context) => {
        if (options.format === 'xlsx') refuseBytes(id);
        const text = id === undefined ? await overview(context, options) : await inFull(context, id, options);
        process.stdout.write(typeof text === 'string' ? `${text.trimEnd()}\n` : text);
      });
    });
}

/** A workbook is of one list, and nothing for a terminal. Throws USAGE. */
function refuseBytes(id: string | undefined): void {
  const how = `Write \`vigie lists ${id ?? '<list>'} --format xlsx > ${id ?? 'list'}.xlsx\`.`;
  if (id === undefined || process.stdout.isTTY)
    throw new VigieError(`A workbook is a file${id === undefined ? ' of one list' : ''}.`, {
      code: 'USAGE',
      hint: how,
    });
}

/** Which lists there are, and how long each is. */
async function overview(context: Context, { date, format }: ListOptions): Promise<string> {
  const { catalogue, company, platform } = context;
  const asOf = await measuredDay(context, date);
  const on = listsOn(company, catalogue.lists, kpisOn(company, catalogue.kpis));
  const lists = await Promise.all(
    on.map(async (list) => ({ list, made: await readList(platform.bucket, list, asOf) })),
  );
  const rows = lists.map(({ list, made }) => ({
    list: list.id,
    name: wordIn(list.names, en),
    behind: list.kpi,
    entries: made?.entries.length ?? null,
  }));
  if (format === 'json') return JSON.stringify(rows, null, 2);
  return asTable(
    ['list', 'name', 'behind', 'entries'],
    rows.map(({ list, name, behind, entries }) => [
      list,
      name,
      behind,
      entries === null ? `none made for ${asOf}` : String(entries),
    ]),
    [3],
  );
}

async function inFull(context: Context, id: string, options: ListOptions): Promise<string | Buffer> {
  const { catalogue, platform } = context;
  const list = catalogue.lists.find((each) => each.id === id);
  if (!list) throw unknownList(id, catalogue.lists);
  const asOf = await measuredDay(context, options.date);
  const whole = await readList(platform.bucket, list, asOf);
  if (!whole) throw notMade(list, asOf);
  const made = options.rep === undefined ? whole : ofRep(whole, list, options.rep);
  if (options.format === 'json') return JSON.stringify(made, null, 2);
  if (options.format === 'xlsx') return excelOf(listTable(list, made.entries, en), wordIn(list.names, en));
  return options.format === 'csv' ? listCsv(list, made.entries, en) : table(context, list, made);
}

/** The entries of one representative. Throws LIST_WITHOUT_REP. */
function ofRep(made: ListOfDay, list: List, id: string): ListOfDay {
  if (!Object.hasOwn(list.dimensions, 'sales_rep'))
    throw new VigieError(`the list ${list.id} is not by sales representatives`, {
      code: 'LIST_WITHOUT_REP',
      hint: 'Leave --rep out.',
      where: { file: list.file, field: 'dimensions' },
    });
  const [own] = listOfMembers({ list, entries: made.entries }, { sales_rep: [id] });
  return { ...made, entries: own?.entries ?? [] };
}

const unknownList = (id: string, lists: readonly List[]): VigieError =>
  new VigieError(
    `there is no list \`${id}\`; ${suggestion(
      id,
      lists.map((each) => each.id),
    )}`,
    {
      code: 'LIST_UNKNOWN',
      hint: '`vigie lists` names them all.',
      where: { field: id },
    },
  );

const notMade = (list: List, asOf: string): VigieError =>
  new VigieError(`${list.id} was not made for ${asOf}`, {
    code: 'LIST_MISSING',
    hint: `It is made with ${list.kpi}, for the day of a run, and kept for 30 days: \`vigie kpis ${list.kpi}\` says where that stands.`,
  });

function table({ company }: Context, list: List, { entries }: ListOfDay): string {
  const columns = Object.entries(list.columns);
  const lines = entries.flatMap((entry) => [
    columns.map(([column]) => valueText({ company }, list, column, entry, en) ?? out.dim('–')),
  ]);
  const why = entries.map((entry) =>
    out.dim(`  ${entry.key}  ${entry.reasons.map((reason) => reasonText(list, reason, en)).join('; ')}`),
  );
  const numeric = columns.flatMap(([, { unit }], at) => (unit ? [at] : []));
  const head = columns.map(([, { names }]) => wordIn(names, en));
  const points = Object.keys(list.reasons).length > 0 ? ['', out.bold('Points'), ...why] : [];
  return [asTable(head, lines, numeric), ...points].join('\n');
}
