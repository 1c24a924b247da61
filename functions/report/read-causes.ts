import type { Kpi, PeriodName } from '../lake/catalogue/kpi.ts';
import { readChange } from '../lake/drivers/read-change.ts';
import type { Bucket } from '../platform/bucket.ts';
import { type Causes, causesKey, explainedFirst } from './content/causes.ts';
import { chooseKpis, shownPeriod } from './content/choose-kpis.ts';
import { rowOf } from './content/figure-of.ts';
import type { MailData } from './content/mail-data.ts';

type Facts = Omit<MailData, 'causes' | 'noise' | 'alertPasts'>;

/** Explains the figures that mails show and the alerts that are open. Late figures are not explained: they are not compared. */
export async function readCauses(
  bucket: Bucket,
  facts: Facts,
  part: (item: string, work: () => Promise<void>, otherwise: undefined) => Promise<void>,
): Promise<Map<string, Causes>> {
  const causes = new Map<string, Causes>();
  for (const { kpi, period } of asked(facts)) {
    const against = explainedFirst(period).find((kind) => rowOf(facts, kpi, period, kind)?.numerator != null);
    const quality = rowOf(facts, kpi, period)?.quality;
    if (against === undefined || quality === undefined || quality === 'stale') continue;
    const why = async (): Promise<void> => {
      const compared = { asOf: facts.asOf, period, against };
      const explanation = await readChange(bucket, facts.company.company, kpi, compared);
      causes.set(causesKey(kpi.id, period), { against, explanation });
    };
    await part(`cause of ${kpi.id}`, why, undefined);
  }
  return causes;
}

function asked(facts: Facts): { kpi: Kpi; period: PeriodName }[] {
  const shown = chooseKpis(facts).map((kpi) => ({ kpi, period: shownPeriod(kpi, facts.company) }));
  const open = new Set(
    (facts.alerts?.states ?? [])
      .filter((state) => state.firedOn !== null && state.member === null)
      .map((state) => state.rule),
  );
  const alerting = facts.rules
    .filter(({ rule }) => open.has(rule.id))
    .map(({ kpi, period }) => ({ kpi, period }));
  const all = [...shown, ...alerting];
  return all.filter(
    ({ kpi, period }, index) =>
      all.findIndex((each) => each.kpi.id === kpi.id && each.period === period) === index,
  );
}
