import { rulesInForce } from '../../functions/lake/alerts/alert-rules.ts';
import { listOpenAlerts, type OpenAlert } from '../../functions/lake/alerts/alert-store.ts';
import { type CheckReport, checkReportKey } from '../../functions/lake/finding.ts';
import type { FigureKind, Kpi } from '../../functions/lake/kpis/kpi.ts';
import { type Labels, labelWithId, readLabels } from '../../functions/lake/kpis/labels.ts';
import type { Manifest } from '../../functions/lake/manifest.ts';
import { figureValue, type SnapshotRow } from '../../functions/lake/snapshot/snapshot.ts';
import { readFigures } from '../../functions/lake/snapshot/snapshot-store.ts';
import { readStateIfSound } from '../../functions/lake/state/state-file.ts';
import {
  formatChange,
  formatDate,
  formatValue,
  judgement,
  periodName,
} from '../../functions/report/format.ts';
import { reportKey } from '../../functions/report/html/write-report.ts';
import { out } from '../colours.ts';
import type { Context } from '../context.ts';
import { asTable, oneLine } from '../print.ts';
import { wrap } from '../wrap.ts';

/** How many figures a terminal shows; the report has them all. */
const MOST_FIGURES = 8;

/** What a person wants to know after a run: what is wrong, the figures, the alerts, where the mails and the report are. */
export async function printMorning(
  context: Context,
  manifest: Manifest,
  say: (line: string) => void,
): Promise<void> {
  const { company, platform } = context;
  say(`\n${out.bold(`${company.company.name}, ${formatDate(manifest.asOf, 'en', 'full')}`)}\n`);
  await printWarnings(context, manifest, say);
  say(await figuresTable(context, manifest.asOf));
  say(
    `\n${alertLines(context, await listOpenAlerts(platform.bucket, manifest.asOf), await readLabels(platform.bucket))}`,
  );
  const sent = manifest.mails.filter((mail) => mail.reference !== null);
  if (sent.length > 0) say(`\n${out.bold('Mails')}`);
  for (const mail of sent)
    say(
      `  ${mail.kind.padEnd(7)} ${placeOf(context, mail.reference ?? '')}${mail.status === 'already sent' ? out.dim('  (sent before)') : ''}`,
    );
  say(`\n${out.bold('Report')}\n  ${platform.bucket.locate(reportKey(manifest.asOf))}`);
}

/** A mail that left by SES is known by SES's own id, one left as a file by its path. */
const placeOf = (context: Context, reference: string): string =>
  context.stack === undefined && context.company.delivery.mailer.kind === 'files'
    ? context.platform.bucket.locate(reference.replace(/\.eml$/, '.html'))
    : reference;

async function printWarnings(
  context: Context,
  manifest: Manifest,
  say: (line: string) => void,
): Promise<void> {
  const checks = await readStateIfSound<CheckReport>(context.platform.bucket, checkReportKey(manifest.asOf));
  const errors = (checks?.findings ?? []).filter((finding) => finding.severity === 'error');
  // Two tables of one source are late for one reason: what to do is said once.
  for (const hint of new Set(errors.map((finding) => finding.hint))) {
    for (const { message } of errors.filter((finding) => finding.hint === hint))
      say(`${out.yellow('!')} ${wrap(oneLine(message), '  ', process.stdout.columns).trimStart()}`);
    if (hint) say(out.dim(wrap(oneLine(hint), '  ', process.stdout.columns)));
  }
  for (const kpi of manifest.kpis.filter((run) => run.status === 'failed'))
    say(`${out.red('✗')} ${kpi.kpi}: ${oneLine(kpi.problem?.message ?? 'failed')}`);
  if (errors.length > 0) say('');
}

async function figuresTable(context: Context, asOf: string): Promise<string> {
  const kpis = shownKpis(context);
  const rows = await readFigures(context.platform.bucket, {
    kpis: kpis.map((kpi) => kpi.id),
    from: asOf,
    to: asOf,
    dimension: null,
  });
  const lines = kpis.map((kpi) =>
    figureLine(
      context,
      kpi,
      rows.filter((row) => row.kpi === kpi.id && row.period === kpi.headline),
    ),
  );
  return asTable(['', 'window', 'value', 'before', 'last year', 'target'], lines, [2, 3, 4, 5]);
}

function shownKpis(context: Context): Kpi[] {
  const { digest, off } = context.company.kpis;
  const wanted =
    digest ?? context.catalogue.kpis.filter((kpi) => kpi.audience.includes('executive')).map((kpi) => kpi.id);
  return wanted
    .filter((id) => !off.includes(id))
    .slice(0, MOST_FIGURES)
    .map((id) => context.catalogue.kpi(id));
}

function figureLine(context: Context, kpi: Kpi, rows: readonly SnapshotRow[]): string[] {
  const options = { language: 'en', currency: context.company.company.currency } as const;
  const valueFor = (kind: FigureKind): number | null => {
    const row = rows.find((candidate) => candidate.comparison === kind);
    return row ? figureValue(row, kpi.ratio) : null;
  };
  const value = valueFor('current');
  const change = (kind: FigureKind): string => {
    const text = formatChange(value, valueFor(kind), kpi.unit, options);
    const colour = { better: out.green, worse: out.red, same: out.reset }[
      judgement(value, valueFor(kind), kpi.good)
    ];
    return text === null ? out.dim('–') : colour(text);
  };
  const suspect = rows.some((row) => row.quality !== 'ok') ? out.yellow(' !') : '';
  const target = valueFor('target');
  return [
    kpi.names.en,
    out.dim(periodName(kpi.headline, 'en')),
    `${value === null ? out.dim('no data') : out.bold(formatValue(value, kpi.unit, options))}${suspect}`,
    change('previous'),
    change('last_year'),
    target === null ? out.dim('–') : formatValue(target, kpi.unit, options),
  ];
}

function alertLines(context: Context, open: readonly OpenAlert[], labels: Labels): string {
  if (open.length === 0) return `${out.green('✓')} No alert is open.`;
  const bound = new Map(
    rulesInForce(context.company, context.catalogue.kpis).map((rule) => [rule.rule.id, rule]),
  );
  const lines = open.map((alert) => {
    const rule = bound.get(alert.rule);
    const options = { language: 'en', currency: context.company.company.currency } as const;
    const shown = (value: number | null): string =>
      rule && value !== null ? formatValue(value, rule.kpi.unit, options) : '–';
    const member = alert.member && oneLine(labelWithId(labels, rule?.rule.dimension, alert.member));
    const name = `${rule?.kpi.names.en ?? alert.rule}${member ? `, ${member}` : ''}`;
    return `  ${out.red('●')} ${name} ${shown(alert.value)}, level ${shown(alert.level)}, since ${alert.firedOn}${alert.muted ? ` (${alert.muted})` : ''}`;
  });
  return [out.bold('Open alerts'), ...lines].join('\n');
}
