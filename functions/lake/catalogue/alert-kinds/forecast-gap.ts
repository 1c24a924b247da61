import { z } from 'zod';
import type { Language } from '../../../languages/language.ts';
import { isForecast, isForecastWindow } from '../forecast.ts';
import type { Kpi, PeriodName } from '../kpi.ts';
import {
  boundOf,
  defineAlertKind,
  type Phrase,
  RELATIVE_SIGNS,
  type RuleMistake,
  relativeTo,
} from './kind.ts';
import { relativePhrase } from './phrases.ts';

/** Days looked back: the last day of the quarter before is always among them. */
const A_QUARTER = 92;

interface GapWords {
  readonly target: string;
  readonly ends: (side: string) => string;
  /** With the target itself, where the level is that. */
  readonly of: (phrase: string, target: string) => string;
  readonly range: (low: string, high: string) => string;
}

const WORDS: Readonly<Record<string, GapWords>> = {
  en: {
    target: 'its target',
    ends: (side) => `set to end ${side}`,
    of: (phrase, target) => `${phrase} of ${target}`,
    range: (low, high) => `Four times in five the end lies between ${low} and ${high}.`,
  },
  fr: {
    target: 'son objectif',
    ends: (side) => `parti pour finir ${side}`,
    of: (phrase, target) => `${phrase} de ${target}`,
    range: (low, high) => `Quatre fois sur cinq, la fin se situe entre ${low} et ${high}.`,
  },
};

/**
 * A window that will miss its target: the whole range of its forecast (four times in five) lies beyond what is wanted of the
 * whole month or quarter.
 */
export const forecastGap = defineAlertKind({
  kind: 'forecast_gap',
  /** Three days of trade: one large order, or a day that came late, moves a forecast to and fro. */
  fields: { for: z.int().min(1).default(3) },
  signs: RELATIVE_SIGNS,
  figures: () => ['forecast', 'forecast_low', 'forecast_high', 'target', 'full_target'],
  history: () => A_QUARTER,
  ahead(rule, { figure }) {
    const [expected, low, high] = [figure('forecast'), figure('forecast_low'), figure('forecast_high')];
    if (expected === null || low === null || high === null) return null;
    return { expected, nearest: rule.above === undefined ? high : low, basis: { low, high } };
  },
  // Of a KPI that is a forecast itself the target is that of the whole window.
  scale: (_rule, kpi, { figure }) => relativeTo(figure(kpi.forecasts ? 'target' : 'full_target')),
  mistakes(rule, kpi, period) {
    const mistakes: RuleMistake[] = [];
    if (!isForecast(kpi)) return [{ field: 'kpi', message: noForecast(kpi) }];
    if (!isForecastWindow(period))
      mistakes.push({ field: rule.period ? 'period' : 'kind', message: noWindow(period) });
    if (rule.dimension !== undefined)
      mistakes.push({
        field: 'dimension',
        message: 'only totals are forecast, not members; use `target_gap` for members that have targets',
      });
    return mistakes;
  },
  phrase: (rule, _period, language) => gapPhrase(rule, language),
  explain(_rule, basis, language, { write }) {
    const words = WORDS[language.tag];
    return words && 'low' in basis ? words.range(write(basis.low), write(basis.high)) : null;
  },
});

const noForecast = ({ id }: Kpi): string =>
  `nothing says where ${id} will end: an amount or a count that adds up and whose headline is mtd, qtd or ytd is forecast; use \`target_gap\``;

const noWindow = (period: PeriodName): string =>
  `the window ${period} is not forecast; give \`period\` mtd or qtd`;

type Sides = Parameters<typeof relativePhrase>[0];

function gapPhrase(rule: Sides, language: Language): Phrase {
  const words = WORDS[language.tag];
  const side = relativePhrase(rule, language, words?.target);
  if (words === undefined) return side;
  const short = words.ends(side.short);
  const isTarget = boundOf(rule) === 0;
  return {
    short,
    long: (level) => (level && isTarget ? words.of(short, level) : words.ends(side.long(level))),
  };
}
