import type { Feed } from '../../lake/company/feed.ts';
import { suggestion } from '../../lake/values/nearest.ts';
import { sha256 } from '../../platform/hash.ts';
import { sampleOf } from '../sample.ts';
import { fileError } from './file-errors.ts';
import { feedPattern } from './pattern.ts';
import { logTime } from './postfix-time.ts';
import type { BrokenRecord, Cell, RecordChunk } from './records.ts';

interface LogOptions {
  readonly file: string;
  readonly feed: Feed;
  readonly columns: readonly string[];
}

/** What a record has: a mail to one recipient that left the server, or will never. Nobody's address is in it. */
const FIELDS = [
  'mail',
  'outcome',
  'sent_at',
  'status_code',
  'sender_domain',
  'recipient_domain',
  'host',
] as const;
type Field = (typeof FIELDS)[number];

const TIME = String.raw`(?:<\d+>)?(\d{4}-\d\d-\d\dT\S+|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d)`;
/** A line of syslog, of whatever program. */
const SYSLOG = new RegExp(String.raw`^${TIME} \S+ [^\s:]+: `);
/** `Nov 21 06:25:43 mx postfix/smtp[123]: 4F3A21C0D2: …`, of any instance and service; queue numbers short or long. */
const LINE = new RegExp(
  String.raw`^${TIME} (\S+) postfix[^\s/]*/(?:\S+/)?(smtp|qmgr)\[\d+\]: (\w{6,}): (.*)$`,
);
/** https://www.postfix.org/DEBUG_README.html; fields come in this order. */
const DELIVERY =
  /^to=<([^>]*)>, (?:orig_to=<[^>]*>, )?relay=([^,]+), (?:conn_use=\d+, )?delay=([\d.]+), (?:delays=[\d./]+, )?dsn=(\d\.\d{1,3}\.\d{1,3}), status=(\w+)/;
const SENDER = /^from=<([^>]*)>, (?:size=|status=expired)/;
/** A filter on the same machine gives the mail back: it leaves once. */
const HERE = /^(?:127\.|localhost\b|\[?::1\b)/;

/**
 * Reads a mail log of Postfix (syslog): how each mail to a recipient ended, delivered or bounced. What is only deferred is told
 * again; what expires in the queue has bounced. Mails that come in, and the notices of Postfix itself, are none. The sender stands
 * on another line of the same queue number; when the mail came in, the delay says. A line about a delivery that is not as known is
 * put aside, without addresses. Throws `FILE_FORMAT` for a file that is no log, or whose lines have no year.
 */
export async function* readPostfix(
  text: AsyncIterable<string>,
  { file, feed, columns }: LogOptions,
): AsyncIterable<RecordChunk> {
  refuseUnknown(columns, file, feed);
  const fileDate = feedPattern(feed.path).dateOf(file) ?? null;
  const senders = new Map<string, string>();
  const positions = columns.map((_, index) => index);
  let [line, records, isLog] = [0, 0, false];
  for await (const lines of linesOf(text)) {
    const rows: Cell[][] = [];
    const places: number[] = [];
    const broken: BrokenRecord[] = [];
    for (const each of lines) {
      line += 1;
      isLog ||= SYSLOG.test(each);
      const found = recordOf(each, senders, (time) => logTime(time, fileDate, { file, line }));
      if (found === undefined) continue;
      if (typeof found === 'string') broken.push({ line, reason: found, sample: sampleOf(discreet(each)) });
      else {
        rows.push(columns.map((name) => found[name as Field]));
        places.push(line);
      }
    }
    yield { rows, positions, firstRecord: records + 1, lineOf: (index) => places[index] as number, broken };
    records += rows.length;
  }
  if (line > 0 && !isLog) throw noLog(file);
}

/** A record; why a line is none though it should be; undefined for any other line. */
function recordOf(
  text: string,
  senders: Map<string, string>,
  timeOf: (text: string) => (secondsBefore: number) => string,
): Record<Field, Cell> | string | undefined {
  const [matched, time = '', host = '', program, queue = '', said = ''] = LINE.exec(text) ?? [];
  if (matched === undefined) return undefined;
  if (program === 'qmgr') {
    const sender = SENDER.exec(said)?.[1];
    if (said === 'removed') senders.delete(queue);
    else if (sender !== undefined) senders.set(queue, sender);
    // Whose mails they were is told on other lines: it counts as one.
    if (sender === undefined || sender === '' || !said.includes('status=expired')) return undefined;
    return recordFor({ host, queue, to: '', at: timeOf(time)(0), outcome: 'bounced', code: null, sender });
  }
  if (!said.startsWith('to=<')) return undefined;
  const [, to = '', relay = '', delay = '', code = '', status] = DELIVERY.exec(said) ?? [];
  if (status === undefined) return 'is a delivery that is not written as known';
  const sender = senders.get(queue);
  if (HERE.test(relay) || sender === '' || (status !== 'sent' && status !== 'bounced')) return undefined;
  const outcome = status === 'sent' ? 'delivered' : 'bounced';
  return recordFor({ host, queue, to, at: timeOf(time)(Number(delay)), outcome, code, sender });
}

interface Ended {
  readonly host: string;
  readonly queue: string;
  readonly to: string;
  readonly at: string;
  readonly outcome: string;
  readonly code: string | null;
  readonly sender: string | undefined;
}

/** Queue numbers come again after a while, on another day. */
function recordFor({ host, queue, to, at, outcome, code, sender }: Ended): Record<Field, Cell> {
  const identity = [host, queue, to.toLowerCase(), at.slice(0, 10)].join('\n');
  return {
    mail: sha256(identity, 32),
    ...{ outcome, sent_at: at, status_code: code, host },
    ...{ sender_domain: domainOf(sender), recipient_domain: domainOf(to) },
  };
}

const domainOf = (address = ''): string | null => /@([^@\s]+)$/.exec(address)?.[1]?.toLowerCase() ?? null;

const discreet = (text: string): string => text.replaceAll(/<[^>]*>?|\S+@\S+/g, '<…>');

/** Lines, some at a time. The last one of a log that is being written may be a part: it matches nothing then. */
async function* linesOf(text: AsyncIterable<string>): AsyncIterable<readonly string[]> {
  let rest = '';
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
  if (rest.trim() !== '') yield [rest];
}

function refuseUnknown(columns: readonly string[], file: string, feed: Feed): void {
  const unknown = columns.find((name) => !FIELDS.includes(name as Field));
  if (unknown === undefined) return;
  throw fileError(
    'FILE_COLUMN_MISSING',
    `${file}: a mail log has no field \`${unknown}\``,
    { file, field: unknown, sample: FIELDS.join(', ') },
    `${suggestion(unknown, FIELDS)} A record of a mail log has ${FIELDS.join(', ')}; correct the feed of \`${feed.table}\`.`,
  );
}

const noLog = (file: string) =>
  fileError(
    'FILE_FORMAT',
    `${file} is no mail log: no line begins with a time, a host and a program, as syslog writes them`,
    { file, line: 1 },
    'Correct `path` or `format` on the feed, or look at what was put there.',
  );
