import { z } from 'zod';
import { eventKinds } from '../values/vocabulary.ts';

/** A kind of file in the state folder: which keys it has, what it must hold to be believed, what to do when it does not. */
export interface StateKind {
  readonly keys: RegExp;
  /** The least that readers rely on; more is let through. */
  readonly shape: z.ZodType;
  /** What it is, for a person. */
  readonly what: string;
  /** What to do when it is damaged. */
  readonly remedy: string;
}

const text = z.string();
const date = z.iso.date();
const maybe = z.string().nullable();
const input = z.looseObject({
  name: text,
  fingerprint: text,
  date: maybe,
  rows: z.number(),
  rejected: z.number(),
});
const batch = z.looseObject({
  table: text,
  source: text,
  run: text,
  files: z.array(text),
  columns: z.array(text),
  inputs: z.array(input),
  mappingHash: text,
  rows: z.number(),
});
const event = z.looseObject({ rule: text, kpi: text, kind: text, member: maybe });
const alert = z.looseObject({ rule: text, member: maybe, state: text, since: text, firedOn: maybe });
const finding = z.looseObject({ check: text, severity: text, table: maybe, message: text });
const problem = z.looseObject({ code: text, message: text });

const audienceParts = z.looseObject({
  all: z.array(text),
  added: z.array(text),
  removed: z.array(text),
});

const AGAIN = 'Run the day again: `vigie run` makes it anew.';

/** Every kind of JSON file that Vigie reads again. Parquet files of the snapshot look after themselves (snapshot/). */
export const stateKinds: readonly StateKind[] = [
  {
    keys: /^state\/loaded\//,
    what: 'the record of what is in the lake',
    shape: z.looseObject({
      table: text,
      source: text,
      run: text,
      loadedAt: text,
      mappingHash: text,
      inputs: z.array(input),
      firstDate: maybe,
      lastDate: maybe,
      watermarks: z.record(text, text).optional(),
    }),
    remedy: 'The next `vigie run` makes it from the landing zone, or reads the source from its beginning.',
  },
  {
    keys: /^state\/copies\//,
    what: 'the record of a copy of what is in the lake',
    shape: z.looseObject({
      table: text,
      source: text,
      run: text,
      file: text,
      rows: z.number(),
      columns: z.array(text),
      loaded: z.looseObject({ table: text, source: text, run: text, inputs: z.array(input) }),
    }),
    remedy: 'This run makes a new copy at its end.',
  },
  {
    keys: /^state\/finished\.json$/,
    what: 'the record of the last day done',
    shape: z.looseObject({ asOf: date, run: text, at: text }),
    remedy: 'The next `vigie run` makes it from the records of the runs.',
  },
  {
    keys: /^state\/watching\.json$/,
    what: 'since when it is looked whether digests are out',
    shape: z.looseObject({ since: z.iso.datetime() }),
    remedy: 'Digests of the days before may be told as missing. Nothing needs to be done.',
  },
  {
    keys: /^state\/called\.json$/,
    what: 'when `vigie send --due` was last called',
    shape: z.looseObject({ at: z.iso.datetime() }),
    remedy: 'The next `vigie send --due` writes it again. Until then nobody waits for an hour.',
  },
  {
    keys: /^state\/pull\//,
    what: 'what is left of a pull that was cut short',
    shape: z.looseObject({
      writtenAt: text,
      startedAt: z.iso.datetime(),
      parts: z.number(),
      remaining: z.array(z.looseObject({ entity: text, key: text })),
      problems: z.array(problem),
      batches: z.array(batch),
    }),
    remedy: 'The next `vigie run` begins that pull anew.',
  },
  {
    keys: /^state\/events\//,
    what: 'an event that somebody noted',
    shape: z.looseObject({
      id: text,
      from: date,
      to: date,
      text: z.union([text, z.record(text, text)]),
      kind: z.enum(eventKinds),
      kpi: maybe,
      dimension: maybe,
      member: maybe,
    }),
    remedy: 'It is in no chart any more: note it again (`vigie annotate`).',
  },
  {
    keys: /^state\/units\//,
    what: 'what answers of a vendor have cost this month',
    shape: z.looseObject({ units: z.number(), at: z.iso.datetime() }),
    remedy:
      'Vigie counts this month from nothing again: set `units_a_month` of that source to what you still allow, until the next.',
  },
  {
    keys: /^labels\//,
    what: 'names of members',
    shape: z.record(text, z.record(text, z.looseObject({ name: text, since: text }))),
    remedy: 'The next `vigie run` takes the names from the lake again.',
  },
  {
    keys: /^lists\//,
    what: 'a list of things to act on',
    shape: z.looseObject({
      list: text,
      asOf: date,
      entries: z.array(
        z.looseObject({
          key: text,
          values: z.looseObject({}),
          reasons: z.array(z.looseObject({ reason: text })),
        }),
      ),
    }),
    remedy: AGAIN,
  },
  {
    keys: /^audiences\/[^/]+\/[^/]+\.json$/,
    what: 'who is on an audience',
    shape: z.looseObject({
      audience: text,
      asOf: date,
      people: z.looseObject({ email: audienceParts, google: audienceParts }),
    }),
    remedy:
      'The next `vigie run` makes it anew, and cannot tell whom to remove: hand in the files of all in place of the list that the vendor has.',
  },
  {
    keys: /^pushes\//,
    what: 'who was put on a list at Google',
    shape: z.looseObject({
      there: z.record(text, maybe),
      leaving: z.array(text),
      requests: z.array(z.looseObject({ does: text, id: maybe, at: text, status: text })),
    }),
    remedy:
      'Who is on that list is not known any more, so nobody who withdraws would be taken off it: delete the list in Google Ads, make a new one, write its number into vigie.yaml, then delete this file.',
  },
  {
    keys: /^alerts\/state\//,
    what: 'what was judged of a day',
    shape: z.looseObject({ asOf: date, run: text, states: z.array(alert), events: z.array(event) }),
    remedy: 'The next `vigie run` judges that day again.',
  },
  {
    keys: /^alerts\/months\//,
    what: 'what was judged of a month’s days',
    shape: z.looseObject({
      month: text,
      reports: z.array(
        z.looseObject({ asOf: date, run: text, states: z.array(alert), events: z.array(event) }),
      ),
    }),
    remedy: 'The next `vigie run` judges these days again.',
  },
  {
    keys: /^alerts\/commands\//,
    what: 'a command on an alert',
    shape: z.looseObject({
      kind: z.enum(['snooze', 'acknowledge', 'wake']),
      rule: text,
      member: maybe,
      at: z.iso.datetime(),
      after: maybe,
      until: maybe,
    }),
    remedy: 'What was asked for is not known any more: give the command again (`vigie alerts`).',
  },
  {
    keys: /^checks\//,
    what: 'what the checks found on a day',
    shape: z.looseObject({ asOf: date, run: text, findings: z.array(finding) }),
    remedy: AGAIN,
  },
  {
    keys: /^runs\//,
    what: 'the record of a run',
    shape: z.looseObject({
      run: text,
      asOf: date,
      startedAt: text,
      finishedAt: maybe,
      pulls: z.array(z.looseObject({ source: text, status: text, batches: z.array(batch) })),
      loads: z.array(z.looseObject({ table: text, source: text, run: text })),
      kpis: z.array(z.looseObject({ kpi: text, status: text })),
      mails: z.array(z.looseObject({ id: text, status: text })),
    }),
    remedy: 'It is a record and nothing else: delete it, or run its day again.',
  },
  {
    keys: /^outbox\/.*\/waits\.json$/,
    what: 'the note that a message waits for its reader’s hour',
    shape: z.looseObject({ id: text, run: text, at: text, until: text }),
    remedy: 'That it waits is known from the file’s name. Nothing needs to be done.',
  },
  {
    keys: /^outbox\//,
    what: 'the receipt of a message',
    shape: z.looseObject({ id: text, run: text, at: text, covers: z.array(text) }),
    remedy: 'That the message went out is known from the file’s name. Nothing needs to be done.',
  },
  {
    keys: /^work\/lock\//,
    what: 'the claim of a run',
    shape: z.looseObject({ run: text, asOf: date, from: date, startedAt: text }),
    remedy: 'The next run takes the turn after it.',
  },
  {
    keys: /^work\/[^/]+\/[^/]+\/_items\.json$/,
    what: 'the items of a stage',
    shape: z.array(text),
    remedy: AGAIN,
  },
  {
    keys: /^work\/[^/]+\/load\/_refused\.json$/,
    what: 'the tables that take nothing in a run',
    shape: z.record(text, problem),
    remedy: AGAIN,
  },
  {
    keys: /^work\/[^/]+\/measure\/_facts\.json$/,
    what: 'what the KPIs of a run ask once',
    shape: z.looseObject({
      asked: z.array(text),
      filled: z.array(text),
      targets: z.array(z.looseObject({ kpi: text, value: text })).nullable(),
      checks: z.record(text, z.union([z.enum(['none', 'damaged']), z.array(z.looseObject({ check: text }))])),
    }),
    remedy: AGAIN,
  },
  {
    keys: /^work\/[^/]+\/damages\.json$/,
    what: 'what a run found damaged',
    shape: z.array(z.looseObject({ key: text, message: text, remedy: text })),
    remedy: AGAIN,
  },
  {
    keys: /^work\//,
    what: 'what came of an item of a run',
    shape: z.looseObject({ item: text, status: text, detail: text }),
    remedy: AGAIN,
  },
  {
    keys: /^landing\/.*\/_batch\.json$/,
    what: 'the record of a batch',
    shape: batch,
    remedy: 'It is read again only to repair other records. Delete its folder, or leave it.',
  },
  {
    keys: /^raw\/.*\/_slice\.json$/,
    what: 'the record of what a vendor answered',
    shape: z.looseObject({ slice: z.looseObject({ entity: text }), readAt: text, pages: z.array(z.any()) }),
    remedy: 'Only `vigie replay` reads it. Delete its folder: the slice is then left out.',
  },
];
