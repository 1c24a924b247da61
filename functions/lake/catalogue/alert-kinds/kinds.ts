import { z } from 'zod';
import { anomaly } from './anomaly.ts';
import { benchmarkGap } from './benchmark-gap.ts';
import { change } from './change.ts';
import { forecastGap } from './forecast-gap.ts';
import type { AlertKind } from './kind.ts';
import { limit } from './limit.ts';
import { targetGap } from './target-gap.ts';

/** Every kind of alert there is. */
export const alertKinds = [limit, change, targetGap, forecastGap, benchmarkGap, anomaly] as const;

const schemasOf = <const Kinds extends readonly { readonly schema: z.core.$ZodType }[]>(kinds: Kinds) =>
  kinds.map(({ schema }) => schema) as unknown as { [Place in keyof Kinds]: Kinds[Place]['schema'] };

/** A rule of `alerts:` in vigie.yaml. */
export const alertRule = z.discriminatedUnion('kind', schemasOf(alertKinds));
export type AlertRule = z.infer<typeof alertRule>;

/** The kind of a rule. It takes that rule and others of its kind. */
export const kindOf = (rule: AlertRule): KindInUse =>
  alertKinds.find(({ kind }) => kind === rule.kind) as unknown as KindInUse;

type Methods = 'figures' | 'history' | 'scale' | 'mistakes' | 'phrase' | 'explain' | 'ahead';
type KindInUse = Omit<AlertKind, Methods> & {
  readonly [Method in Methods]: Of<AlertKind[Method]>;
};
type Of<Method> = Method extends (rule: never, ...more: infer More) => infer Result
  ? (rule: AlertRule, ...more: More) => Result
  : Method;
