import { isDeepStrictEqual } from 'node:util';
import type { Catalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { type Measured, type MeasuredShared, readMeasured } from '../../infra/costs/measured.ts';
import type { MotoWorld } from '../kit/moto-world.ts';
import { type Asked, askedOn, nameOf } from './asked.ts';
import { chosen, PARTS, partNow, type Why } from './choice.ts';
import { AS_OF, FILLINGS, type Figures, measure } from './measure-asked.ts';
import { sealOf, tablesOf } from './seal.ts';

/** Figures of all that a day asks, each measured now or as recorded. */
export type OfDay = Pick<Measured, Asked['kind']> & {
  /** What was measured again though nothing has changed, and is not what is recorded. */
  readonly unlike: readonly string[];
  /** How many were measured and how many taken as recorded, in a few lines. */
  readonly told: string;
};

/** Figures of one thing, as they are kept. */
type Entry = OfDay[Asked['kind']][string];

/** Measures what is not recorded as it is now, and a part of the rest; the others are taken as recorded. */
export async function measuredOrRecorded(world: MotoWorld, catalogue: Catalogue): Promise<OfDay> {
  const { dialect } = world.engine;
  const recorded = readMeasured();
  const then = ({ kind, id }: Asked): Entry | undefined => recorded[kind][id];
  const seal = (each: Asked, figures: Readonly<Record<string, unknown>>) =>
    sealOf({ dialect, fillings: FILLINGS }, each, figures);
  const holds = (each: Asked): boolean => {
    const { seal: known, ...figures } = then(each) ?? { seal: 'none' };
    return seal(each, figures) === known;
  };
  const asked = await askedOn(world, catalogue, AS_OF);
  const part = partNow();
  const choice = chosen(asked, part, { holds, tablesOf: (each) => tablesOf(dialect, each) });
  const toMeasure = asked.filter((each) => choice.get(each) !== 'recorded');
  const read = [...new Set(toMeasure.flatMap((each) => tablesOf(dialect, each)))];
  const figures = await measure(world.engine, catalogue, toMeasure, read);
  const now = new Map<Asked, Entry | undefined>(
    asked.map((each) => {
      const found = figures.get(nameOf(each));
      return [each, found ? ({ ...found, seal: seal(each, found) } as Entry) : then(each)];
    }),
  );
  const ofKind = (kind: Asked['kind']) =>
    Object.fromEntries([...now].filter(([each]) => each.kind === kind).map(([{ id }, entry]) => [id, entry]));
  return {
    kpis: ofKind('kpis') as OfDay['kpis'],
    checks: ofKind('checks') as OfDay['checks'],
    shared: ofKind('shared') as OfDay['shared'],
    unlike: [...now]
      .filter(([each, entry]) => choice.get(each) === 'again' && !isLike(each, entry, then(each)))
      .map(
        ([each, entry]) =>
          `${nameOf(each)}: ${JSON.stringify(entry)}; recorded ${JSON.stringify(then(each))}`,
      ),
    told: told(choice, part, figures),
  };
}

/** How far bytes of tables that Trino wrote itself may be off: its rows come in another order each time, and pack otherwise. */
const OWN_TABLES = 0.02;

/** Whether something was found as it is recorded: to the byte, but for what is read of tables that were made for it. */
function isLike({ kind }: Asked, found: Entry | undefined, known: Entry | undefined): boolean {
  if (kind !== 'shared') return isDeepStrictEqual(found, known);
  const [one, other] = [found, known] as [MeasuredShared, MeasuredShared];
  return (['made', 'taken'] as const).every(
    (bytes) => Math.abs(one[bytes] - other[bytes]) <= OWN_TABLES * other[bytes],
  );
}

function told(choice: ReadonlyMap<Asked, Why>, part: number | 'all', figures: Figures): string {
  const of = (why: Why) => [...choice].filter(([, each]) => each === why).map(([each]) => nameOf(each));
  const changed = of('changed');
  const lines = [...figures].map(([name, each]) => `${name.padEnd(36)} ${JSON.stringify(each)}`);
  return [
    'bytes read for one day with two years of rows and with three, and stages, as measured now:',
    ...lines,
    `${changed.length} measured as they are not recorded so: ${changed.join(', ') || 'none'}`,
    `${of('again').length} measured again (${part === 'all' ? 'all' : `part ${part} of 0–${PARTS - 1}`}), ${of('recorded').length} taken as recorded`,
    ...(changed.length === 0
      ? []
      : [
          '`VIGIE_WRITE_COSTS=1 npm run test:loopback bytes` records them: then they are measured every time no more',
        ]),
  ].join('\n');
}
