import { existsSync, writeFileSync } from 'node:fs';
import { type Bytes, MEASURED_FILE, type Measured, readMeasured } from '../../infra/costs/measured.ts';

/** How far a figure may be from what the costs page goes by, up or down: compaction and footers differ a little from run to run. */
const TOLERANCE = { share: 0.15, bytes: 5_000 };

const REMEDY =
  'If that is meant: VIGIE_WRITE_COSTS=1 npm run test:loopback bytes, npx biome check --write infra/costs, npm run docs:costs';

const differs = (now: Bytes, then: Bytes): boolean =>
  now.some((bytes, at) => {
    const before = then[at] as number;
    return Math.abs(bytes - before) > TOLERANCE.share * before + TOLERANCE.bytes;
  });

/** Whether what is measured is to be written, not compared. */
export const isWriting = (): boolean => process.env['VIGIE_WRITE_COSTS'] === '1';

/**
 * What is measured otherwise than the costs page says, each with both figures. With `VIGIE_WRITE_COSTS=1` it is written
 * anew instead: then `npm run docs:costs`. What is new since then is not in it, and makes no difference.
 */
export function unlikeCosts(part: Partial<Measured>): string[] {
  if (isWriting()) {
    const before = existsSync(MEASURED_FILE) ? readMeasured() : {};
    writeFileSync(MEASURED_FILE, `${JSON.stringify({ ...before, ...part }, null, 2)}\n`);
    return [];
  }
  const [now, then] = [figuresOf(part), figuresOf(readMeasured())];
  return Object.keys(now).flatMap((name) => {
    const [is, was] = [now[name] as Bytes, then[name]];
    return was === undefined || !differs(is, was)
      ? []
      : [`${name}: ${is.join(', ')}; the page has ${was.join(', ')}. ${REMEDY}`];
  });
}

function figuresOf({ kpis = {}, checks = {}, load }: Partial<Measured>): Readonly<Record<string, Bytes>> {
  const found: [string, Bytes][] = [
    ...Object.entries(kpis).map(([id, { bytes }]): [string, Bytes] => [id, bytes]),
    ...Object.entries(checks).map(([id, { bytes }]): [string, Bytes] => [`check ${id}`, bytes]),
    ...(load?.statements ?? []).map((bytes, at): [string, Bytes] => [`statement ${at + 1} of a load`, bytes]),
  ];
  return Object.fromEntries(found);
}
