import cliProgress from 'cli-progress';
import pc from 'picocolors';
import type { Stage } from '../../functions/pipeline.ts';

/** What the walk tells while it goes: drawn as bars on a terminal, printed as lines elsewhere, as JSON for machines. */
export interface Progress {
  stage(stage: Stage, items: number): void;
  item(name: string, outcome: ItemOutcome): void;
  /** The stage is over; `summary` says in a few words what came of it. */
  done(summary: string): void;
}

export interface ItemOutcome {
  readonly status: 'ok' | 'warning' | 'failed';
  readonly detail: string;
}

const MARKS = { ok: pc.green('✓'), warning: pc.yellow('!'), failed: pc.red('✗') } as const;

/** Bars while a stage runs, one line when it is over, a line for each item that did not go well. */
export function terminalProgress(out: NodeJS.WriteStream): Progress {
  let bar: cliProgress.SingleBar | undefined;
  let current: Stage | undefined;
  let troubles: string[] = [];
  return {
    stage(stage, items) {
      current = stage;
      troubles = [];
      bar = new cliProgress.SingleBar(
        {
          format: `  ${stage.step.padEnd(8)} {bar} {value}/{total} {name}`,
          stream: out,
          hideCursor: true,
          clearOnComplete: true,
          barsize: 24,
        },
        cliProgress.Presets.shades_grey,
      );
      bar.start(items, 0, { name: stage.does });
    },
    item(name, outcome) {
      bar?.increment(1, { name });
      if (outcome.status !== 'ok') troubles.push(`    ${MARKS[outcome.status]} ${name}: ${outcome.detail}`);
    },
    done(summary) {
      bar?.stop();
      out.write(`  ${MARKS.ok} ${pc.bold((current?.step ?? '').padEnd(8))} ${summary}\n`);
      for (const line of troubles) out.write(`${line}\n`);
    },
  };
}

/** One line an item that matters and one a stage: logs, CI, pipes. */
export function plainProgress(write: (line: string) => void): Progress {
  let current: Stage | undefined;
  return {
    stage(stage) {
      current = stage;
    },
    item(name, outcome) {
      if (outcome.status !== 'ok') write(`${current?.step}: ${name}: ${outcome.status}: ${outcome.detail}`);
    },
    done(summary) {
      write(`${current?.step}: ${summary}`);
    },
  };
}

/** One JSON line an event. */
export function jsonProgress(write: (line: string) => void): Progress {
  let current: Stage | undefined;
  const say = (event: string, details: object): void =>
    write(JSON.stringify({ event, step: current?.step, ...details }));
  return {
    stage(stage, items) {
      current = stage;
      say('stage', { items });
    },
    item: (name, outcome) => say('item', { name, ...outcome }),
    done: (summary) => say('done', { summary }),
  };
}

/** Says nothing: tests. */
export const silentProgress: Progress = { stage() {}, item() {}, done() {} };
