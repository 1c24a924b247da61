/**
 * All benchmarks, one after the other, each in a process of its own, and one table of what they found.
 *
 *     npm run bench                  some minutes; with ONLINE_RETAIL set also on the real file
 *     npm run bench -- --small       small data, for CI: that they work, not how fast; of them those whose turn it is (VIGIE_TURN)
 *
 * What a bench prints is shown as it comes; the table picks the figures out of it. A bench that fails, or whose figures
 * cannot be found, fails the run. docs/benchmarks.md says what is measured and how.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { isItsTurn } from '../test/kit/turn.ts';

interface Bench {
  readonly name: string;
  readonly full: readonly string[];
  readonly small: readonly string[];
  /** A line of its output that has figures, once or several times; the groups are the table's cells. */
  readonly figures: RegExp;
}

/** Groups: what, rate or time, against this machine, peak memory in MB. Each pattern has what its bench prints. */
const benches: readonly Bench[] = [
  {
    name: 'start',
    full: [],
    small: ['3'],
    figures: /^(?<what>vigie .+): (?<figure>[\d.]+ s) .*\((?<ratio>[\d.]+ ×).*peak (?<peak>\d+)/gm,
  },
  {
    name: 'pull',
    full: ['500000'],
    small: ['100000'],
    figures:
      /rows (?<what>\d+), .*\n.*?(?<figure>[\d]+ rows\/s).*ratio (?<ratio>\S+)\n.*\npeak memory (?<peak>\d+)/g,
  },
  {
    name: 'load',
    full: ['1000000'],
    small: ['100000'],
    figures:
      /^ {2}(?<what>\S.*?) {2,}.*? (?<figure>[\d,]+ rows\/s) +(?<ratio>[\d.]+ ×) calibration +peak (?<peak>\d+)/gm,
  },
  {
    name: 'file-to-lake',
    full: [],
    small: ['--small'],
    figures:
      /^(?<what>[^:\n]+: order_lines [\d,]+\d).*\n.*?file to lake (?<figure>[\d,]+ lines\/s).*ratio (?<ratio>[\d.]+); peak (?<peak>\d+)/gm,
  },
  {
    name: 'api-pull',
    full: [],
    small: ['--small'],
    figures:
      /^(?<what>[\d,]+ lines), .*?: (?<figure>[\d,]+ lines\/s).*\n.*peak (?<peak>[\d,]+) MB\)(?:\n {2}dlt .*ratio (?<ratio>[\d.]+))?/gm,
  },
  {
    name: 'measure',
    full: [],
    small: ['--small', '--eight'],
    figures: /^(?<what>all KPIs): (?<figure>a day .*?), (?<ratio>.*?) scans.*peak (?<peak>\d+)/gm,
  },
  {
    name: 'peers',
    full: ['1000000'],
    small: ['--small'],
    figures:
      /^(?<what>[\d,]+ (?:order )?lines, a (?:day|file)): (?<figure>\d+ figures|[\d,]+ lines).*, the same by all/gm,
  },
  {
    name: 'culprit',
    full: [],
    small: ['--small'],
    figures: /^(?<what>\d+ planted causes): (?<figure>.*)\n(?:.*\n)*?peak memory (?<peak>\d+)/gm,
  },
  {
    name: 'anomaly',
    full: [],
    small: ['--small'],
    figures: /^(?<what>\d+ planted events, the rule): (?<figure>.*)\n(?:.*\n)*?peak memory (?<peak>\d+)/gm,
  },
  {
    name: 'sandbox',
    full: [],
    small: ['1', '60'],
    figures:
      /^(?<what>scale \d+, \d+ days): .*?(?<figure>\d+ rows\/s) \((?<ratio>\d+) a calibration MB\); peak (?<peak>\d+)/gm,
  },
];

/** Runs a bench and shows its output as it comes; what it printed. */
function run({ name, full, small }: Bench, isSmall: boolean): Promise<string> {
  const file = join(import.meta.dirname, `${name}.ts`);
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...(isSmall ? small : full)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    process.stdout.write(text);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(printed) : reject(new Error(`bench/${name}.ts ended with code ${code}`)),
    );
  });
}

const { values } = parseArgs({ options: { small: { type: 'boolean', default: false } } });
const table = new Table({
  head: ['bench', 'what', 'figure', 'against this machine', 'peak MB', 'took s'],
  style: { head: [], border: [], compact: true },
});
// How fast they are is measured whole.
const chosen = values.small ? benches.filter((_, index) => isItsTurn(index)) : benches;
const left = benches.filter((bench) => !chosen.includes(bench)).map(({ name }) => name);
if (left.length > 0) console.log(`not in this turn: ${left.join(', ')}`);
for (const bench of chosen) {
  console.log(`\n── ${bench.name}`);
  const started = performance.now();
  const printed = await run(bench, values.small);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const found = [...printed.matchAll(bench.figures)];
  if (found.length === 0) throw new Error(`bench/${bench.name}.ts prints its figures differently now`);
  for (const { groups } of found) {
    const { what = '', figure = '', ratio = '', peak = '' } = groups ?? {};
    table.push([bench.name, what, figure, ratio, peak, seconds]);
  }
}
console.log(`\n${table}`);
