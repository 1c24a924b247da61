import type { FigureKind } from '../../functions/lake/catalogue/kpi.ts';
import { labelWithId } from '../../functions/lake/catalogue/labels.ts';
import { type MailRun, type Manifest, toldToPeople } from '../../functions/lake/run/manifest.ts';
import { type CheckReport, checkReportKey } from '../../functions/lake/snapshot/finding.ts';
import { readStateIfSound } from '../../functions/lake/state/file.ts';
import { wordIn } from '../../functions/lake/values/language.ts';
import { formatDate, windowName } from '../../functions/languages/dates.ts';
import { en } from '../../functions/languages/en.ts';
import { formatChange, formatValue } from '../../functions/languages/numbers.ts';
import { judgedOn } from '../../functions/report/letters/alerts.ts';
import { formatOf } from '../../functions/report/letters/names.ts';
import {
  type Day,
  figureValueOf,
  hasFigures,
  headlineOf,
  type KpiDay,
} from '../../functions/report/model/day.ts';
import { headlinesOf } from '../../functions/report/model/headlines.ts';
import { readDay } from '../../functions/report/model/read-day.ts';
import { readingOf } from '../../functions/report/model/reading.ts';
import { pageKey } from '../../functions/report/site/address.ts';
import { out } from '../colours.ts';
import type { Context } from '../context.ts';
import { asTable, oneLine } from '../print.ts';
import { untilWords } from '../print-sent.ts';
import { wrap } from '../wrap.ts';

/** What a person wants to know after a run: what is wrong, the figures, the alerts, where the mails and the report are. */
export async function printMorning(
  context: Context,
  manifest: Manifest,
  say: (line: string) => void,
): Promise<void> {
  const { company, platform } = context;
  say(`\n${out.bold(`${company.company.name}, ${formatDate(manifest.asOf, en, 'full')}`)}\n`);
  await printWarnings(context, manifest, say);
  const { catalogue } = context;
  const day = await readDay(platform.bucket, { company, catalogue, asOf: manifest.asOf, brief: true });
  say(figuresTable(day));
  const judged = day.kpis.some(hasFigures);
  say(
    `\n${judged || day.openAlerts.length > 0 ? alertLines(day) : out.dim('No alert was judged: there are no figures of this day.')}`,
  );
  const told = toldToPeople(manifest);
  const sent = told.filter((mail) => mail.reference !== null);
  const isWritten = sent.some((mail) => mail.status === 'written');
  const later = told.flatMap((mail) => {
    const words = untilWords(mail, company.company.time_zone);
    return words === undefined ? [] : [`  ${mail.kind.padEnd(7)} ${words}`];
  });
  if (sent.length + later.length > 0)
    say(
      `\n${out.bold('Mails')}${isWritten ? out.yellow('  written for you to look at; nobody was sent any') : ''}`,
    );
  for (const mail of sent)
    say(
      `  ${mail.kind.padEnd(7)} ${placeOf(context, mail)}${mail.status === 'already sent' ? out.dim('  (sent before)') : ''}`,
    );
  for (const line of later) say(line);
  say(`\n${out.bold('Report')}\n  ${platform.bucket.locate(pageKey({ asOf: manifest.asOf }))}`);
}

/** A mail that left by SES is known by SES's own id, one left as a file by its path. */
function placeOf(context: Context, { status, reference, channel }: MailRun): string {
  const isFile =
    status === 'written' ||
    (channel === 'mail' && context.stack === undefined && context.company.delivery.mailer.kind === 'files');
  const place = reference ?? '';
  return isFile ? context.platform.bucket.locate(place.replace(/\.eml$/, '.html')) : place;
}

async function printWarnings(
  context: Context,
  manifest: Manifest,
  say: (line: string) => void,
): Promise<void> {
  const checks = await readStateIfSound<CheckReport>(context.platform.bucket, checkReportKey(manifest.asOf));
  const findings = checks?.findings ?? [];
  // Two tables of one source are late for one reason: what to do is said once.
  for (const hint of new Set(findings.map((finding) => finding.hint))) {
    for (const { message, severity } of findings.filter((finding) => finding.hint === hint)) {
      const mark = severity === 'error' ? out.yellow('!') : out.dim('·');
      say(`${mark} ${wrap(oneLine(message), '  ', process.stdout.columns).trimStart()}`);
    }
    if (hint) say(out.dim(wrap(oneLine(hint), '  ', process.stdout.columns)));
  }
  for (const kpi of manifest.kpis.filter((run) => run.status === 'failed'))
    say(`${out.red('✗')} ${kpi.kpi}: ${oneLine(kpi.problem?.message ?? 'failed')}`);
  if (findings.length > 0) say('');
}

/** The figures of the digest. */
function figuresTable(day: Day): string {
  const shown = headlinesOf(day);
  if (shown.length === 0) return out.dim(en.mail.nothingMeasured);
  const lines = shown.map((of) => figureLine(day, of));
  const table = asTable(['', 'window', 'value', 'before', 'last year', 'target'], lines, [2, 3, 4, 5]);
  const unknown = shown.find((of) => figureValueOf(headlineOf(of)) === null);
  if (!unknown) return table;
  return `${table}\n${out.dim(`no data: vigie explain ${unknown.kpi.id} says why`)}`;
}

const COLOURS = { better: out.green, worse: out.red, same: out.reset } as const;

/** A late figure is compared with nothing, as in the mail. */
function figureLine(day: Day, of: KpiDay): string[] {
  const { kpi, period, quality } = of;
  const options = formatOf(day, en);
  const line = headlineOf(of);
  const value = figureValueOf(line);
  const reference = (kind: FigureKind): number | null =>
    quality === 'stale' ? null : figureValueOf(line, kind);
  const change = (kind: FigureKind): string => {
    const text = formatChange(value, reference(kind), kpi.unit, options);
    return text === null ? out.dim('–') : COLOURS[readingOf(line, kind, kpi, text)](text);
  };
  const target = reference('target');
  return [
    wordIn(kpi.names, en),
    out.dim(windowName(kpi, period, en)),
    `${value === null ? out.dim('no data') : out.bold(formatValue(value, kpi.unit, options))}${quality === 'ok' ? '' : out.yellow(' !')}`,
    change('previous'),
    change('last_year'),
    target === null ? out.dim('–') : formatValue(target, kpi.unit, options),
  ];
}

function alertLines(day: Day): string {
  if (day.openAlerts.length === 0) return `${out.green('✓')} No alert is open.`;
  const judged = judgedOn(day);
  const lines = day.openAlerts.map((alert) => {
    const { kpi, rule } = alert.bound;
    const shown = (value: number | null): string =>
      value === null ? '–' : formatValue(value, kpi.unit, formatOf(day, en));
    const member = alert.member && oneLine(labelWithId(day.labels, rule.dimension, alert.member));
    const name = `${wordIn(kpi.names, en)}${member ? `, ${member}` : ''}`;
    const of = judged === day.asOf ? '' : ` on ${judged}`;
    return `  ${out.red('●')} ${name} ${shown(alert.value)}${of}, level ${shown(alert.level)}, since ${alert.firedOn}${alert.muted ? ' (muted)' : ''}`;
  });
  return [out.bold('Open alerts'), ...lines].join('\n');
}
