import { type AlertRule, alertRule, kindOf } from '../catalogue/alert-kinds/kinds.ts';
import type { Kpi } from '../catalogue/kpi.ts';
import { suggestion } from '../values/nearest.ts';
import type { Mistake, Path } from '../yaml/mistake.ts';
import { listAt, valueAt } from '../yaml/raw.ts';
import { show } from '../yaml/words.ts';
import { defaultRules } from './alert-rules.ts';
import { whyOff } from './chosen-kpis.ts';
import { choiceOf } from './kpi-mistakes.ts';

/** What the schema cannot see of `alerts`: ids used twice, levels on the wrong side, KPIs, windows, dimensions, roles. */
export function alertMistakes(data: unknown, kpis: readonly Kpi[] | undefined): Mistake[] {
  const rules = listAt(data, ['alerts', 'rules']);
  const roles = new Set(
    ['recipients', 'channels'].flatMap((list) =>
      listAt(data, [list]).flatMap((told) => listAt(told, ['roles']).map(String)),
    ),
  );
  return [
    ...repeatedIds(rules),
    ...offMistakes(data, rules),
    ...rules.flatMap((raw, index) => {
      const parsed = alertRule.safeParse(raw);
      if (!parsed.success) return [];
      const path = ['alerts', 'rules', index];
      const ofKpi = kpis ? kpiMistakes(parsed.data, kpis, data, path) : [];
      return [...levelMistakes(parsed.data, path), ...roleMistakes(parsed.data, roles, path), ...ofKpi];
    }),
  ];
}

const repeatedIds = (rules: readonly unknown[]): Mistake[] =>
  rules.flatMap((rule, index) => {
    const id = valueAt(rule, ['id']);
    const first = rules.findIndex((other) => valueAt(other, ['id']) === id);
    return typeof id === 'string' && first < index
      ? [
          {
            path: ['alerts', 'rules', index, 'id'],
            message: `"${id}" is the id of rule ${first + 1} already; every rule needs its own`,
          },
        ]
      : [];
  });

function offMistakes(data: unknown, rules: readonly unknown[]): Mistake[] {
  const known = [
    ...defaultRules.map((rule) => rule.id),
    ...rules.map((rule) => String(valueAt(rule, ['id']))),
  ];
  return listAt(data, ['alerts', 'off']).flatMap((id, index) =>
    typeof id === 'string' && !known.includes(id)
      ? [{ path: ['alerts', 'off', index], message: `there is no rule "${id}"; ${suggestion(id, known)}` }]
      : [],
  );
}

function levelMistakes(rule: AlertRule, path: Path): Mistake[] {
  const mistakes: Mistake[] = [];
  if (rule.clear !== undefined && rule.above !== undefined && rule.clear > rule.above) {
    mistakes.push({
      path: [...path, 'clear'],
      message: `${rule.clear} lies above \`above\` (${rule.above}); the clear level is that level or lower`,
    });
  }
  if (rule.clear !== undefined && rule.below !== undefined && rule.clear < rule.below) {
    mistakes.push({
      path: [...path, 'clear'],
      message: `${rule.clear} lies below \`below\` (${rule.below}); the clear level is that level or higher`,
    });
  }
  const { kind, signs } = kindOf(rule);
  if (signs !== null && ((rule.above ?? 0) < 0 || (rule.below ?? 0) > 0)) {
    const side = rule.above === undefined ? 'below' : 'above';
    mistakes.push({
      path: [...path, side],
      message: `the level of a ${kind} rule is signed; \`${side}\` is ${signs[side]}`,
    });
  }
  if (rule.members && rule.dimension === undefined) {
    mistakes.push({
      path: [...path, 'members'],
      message: 'members of which dimension? Give `dimension` too',
    });
  }
  return mistakes;
}

const roleMistakes = (rule: AlertRule, roles: ReadonlySet<string>, path: Path): Mistake[] =>
  (rule.notify ?? []).flatMap((role, index) =>
    roles.has(role) || roles.size === 0
      ? []
      : [
          {
            path: [...path, 'notify', index],
            message: `no recipient has the role "${role}"; ${suggestion(role, [...roles])}`,
          },
        ],
  );

function kpiMistakes(rule: AlertRule, kpis: readonly Kpi[], data: unknown, path: Path): Mistake[] {
  const kpi = kpis.find((each) => each.id === rule.kpi);
  if (!kpi)
    return [
      {
        path: [...path, 'kpi'],
        message: `there is no KPI "${rule.kpi}"; ${suggestion(
          rule.kpi,
          kpis.map((each) => each.id),
        )}`,
      },
    ];
  // What a KPI with a mistake in its file offers is not known.
  if (kpi.problem) return [];
  const mistakes: Mistake[] = [];
  const off = whyOff({ kpis: choiceOf(data) }, kpi);
  if (off) {
    const where =
      off.kind === 'theme'
        ? `left out: kpis.themes does not name ${off.theme}`
        : 'switched off under kpis.off';
    mistakes.push({
      path: [...path, 'kpi'],
      message: `"${kpi.id}" is ${where}; the rule would never be judged`,
    });
  }
  if (rule.period && !kpi.windows.includes(rule.period)) {
    mistakes.push({
      path: [...path, 'period'],
      message: `${kpi.id} has no window ${rule.period}; it offers ${kpi.windows.join(', ')}`,
    });
  }
  const period = rule.period ?? kpi.headline;
  if (listAt(data, ['kpis', 'windows_off']).includes(period)) {
    mistakes.push({
      path: [...path, rule.period ? 'period' : 'kpi'],
      message: `the window ${period} is left out under kpis.windows_off; name another \`period\``,
    });
  }
  const dimensions = Object.keys(kpi.dimensions);
  if (rule.dimension !== undefined && !dimensions.includes(rule.dimension)) {
    mistakes.push({
      path: [...path, 'dimension'],
      message: `${kpi.id} has no dimension "${rule.dimension}"; ${suggestion(rule.dimension, dimensions)}`,
    });
  }
  return [...mistakes, ...kindMistakes(rule, kpi, path)];
}

/** Guards and levels that this KPI has no use for. */
function kindMistakes(rule: AlertRule, kpi: Kpi, path: Path): Mistake[] {
  const own = kindOf(rule).mistakes(rule, kpi, rule.period ?? kpi.headline);
  const mistakes = own.map(({ field, message }): Mistake => ({ path: [...path, field], message }));
  if (rule.confidence !== undefined && !(kpi.ratio && kpi.unit === 'percent')) {
    mistakes.push({
      path: [...path, 'confidence'],
      message: `only a share of a whole has this interval, and ${kpi.id} (${show(kpi.unit)}) is none; use min_volume`,
    });
  }
  return mistakes;
}
