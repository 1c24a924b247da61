import cliProgress from 'cli-progress';
import type { ItemOutcome } from '../../functions/lake/run/record.ts';
import type { Stage } from '../../functions/pipeline.ts';
import { err, out } from '../colours.ts';
import { oneLine } from '../print.ts';
import { wrap } from '../wrap.ts';

/** What the walk tells while it goes: drawn as bars on a terminal, printed as lines elsewhere, as JSON for machines. */
export interface Progress {
  stage(stage: Stage, items: number): void;
  item(name: string, outcome: ItemOutcome): void;
  /** The stage is over; `summary` says in a few words what came of it. */
  done(summary: string): void;
  /** The run broke off: leaves the terminal as it was. */
  stop?(): void;
}

const MARKS = {
  ok: err.green('✓'),
  warning: err.yellow('!'),
  failed: err.red('✗'),
  unfinished: '…',
} as const;

/** Seconds since a stage began, such as `12.3 s`. */
const secondsSince = (started: number): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;

/** Every line without what a terminal would take as a command. */
const clean = (detail: string): string => detail.split('\n').map(oneLine).join('\n');

/** Bars while a stage runs, one line when it is over, a line for each item that did not go well. */
export function terminalProgress(stream: NodeJS.WriteStream): Progress {
  let bar: cliProgress.SingleBar | undefined;
  let current: Stage | undefined;
  let started = 0;
  let troubles: string[] = [];
  return {
    stage(stage, items) {
      current = stage;
      started = performance.now();
      troubles = [];
      bar = new cliProgress.SingleBar(
        {
          format: `  ${stage.step.padEnd(8)} {bar} {value}/{total} {name}`,
          stream,
          hideCursor: true,
          clearOnComplete: true,
          barsize: 24,
        },
        cliProgress.Presets.shades_grey,
      );
      bar.start(items, 0, { name: stage.does });
    },
    item(name, { status, detail }) {
      bar?.increment(1, { name });
      if (status === 'ok') return;
      const text = wrap(`${name}: ${clean(detail)}`, '      ', stream.columns);
      troubles.push(`    ${MARKS[status]} ${text.trimStart()}`);
    },
    done(summary) {
      bar?.stop();
      const took = err.dim(secondsSince(started));
      stream.write(`  ${MARKS.ok} ${err.bold((current?.step ?? '').padEnd(8))} ${summary}  ${took}\n`);
      for (const line of troubles) stream.write(`${line}\n`);
    },
    stop() {
      bar?.stop();
      for (const line of troubles) stream.write(`${line}\n`);
    },
  };
}

/** One line an item that matters and one a stage: logs, CI, pipes. */
export function plainProgress(write: (line: string) => void): Progress {
  let current: Stage | undefined;
  let started = 0;
  return {
    stage(stage) {
      current = stage;
      started = performance.now();
    },
    item(name, { status, detail }) {
      if (status === 'ok') return;
      // What a check found may be an error: the line after the stage counts both.
      const how = status === 'warning' ? '' : `${status}: `;
      for (const line of clean(detail).split('\n')) write(`${current?.step}: ${name}: ${how}${line}`);
    },
    done(summary) {
      write(out.dim(`${current?.step}: ${summary} (${secondsSince(started)})`));
    },
  };
}

/** One JSON line an event. */
export function jsonProgress(write: (line: string) => void): Progress {
  let current: Stage | undefined;
  let started = 0;
  const say = (event: string, details: object): void =>
    write(JSON.stringify({ event, step: current?.step, ...details }));
  return {
    stage(stage, items) {
      current = stage;
      started = performance.now();
      say('stage', { items });
    },
    item: (name, outcome) => say('item', { name, ...outcome }),
    done: (summary) => say('done', { summary, seconds: Math.round(performance.now() - started) / 1000 }),
  };
}

/** Says nothing: tests. */
export const silentProgress: Progress = { stage() {}, item() {}, done() {} };
