import type { Finding } from '../../lake/snapshot/finding.ts';
import { formatDate } from '../../languages/dates.ts';
import type { Language } from '../../languages/language.ts';
import { oneLine } from '../../languages/one-line.ts';
import type { Day } from '../model/day.ts';
import { followersOf } from '../model/followed.ts';
import { unknownMembers } from '../model/for-members.ts';
import type { MailContent, NoticeBlock } from './blocks.ts';
import { footer } from './digest.ts';

/** Something that an operator has to look at. */
export interface Problem {
  /** Names it for good: two mails about the same problem name the same key. One check of one table is one problem. */
  readonly key: string;
  /** For the subject: `sap: freshness of orders`. */
  readonly short: string;
  readonly message: string;
  /** Sample, and what to do. */
  readonly detail: string | null;
  /** Nothing failed: it has only to be known. */
  readonly isNews?: true;
}

/** What failed on a day: findings of severity error (pulls, freshness, all checks), KPIs that could not be measured, parts of the run that broke off; and what it measured by new definitions. */
export function problemsOf(data: Day, language: Language): Problem[] {
  const findings = data.findings
    .filter((finding) => finding.severity === 'error')
    .map((finding) => findingProblem(finding, language));
  const kpis = data.runs
    .filter((run) => run.status === 'failed')
    .map((run) => ({
      key: `kpi|${run.kpi}`,
      short: language.mail.kpi(run.kpi),
      message: `${language.mail.kpi(run.kpi)}${language.writing.colon} ${oneLine(run.problem?.message ?? language.mail.notMeasured, 400)}`,
      detail: run.problem?.hint ? oneLine(run.problem.hint, 400) : null,
    }));
  // Told above: a KPI whose figures of the day cannot be read counts as failed.
  const told = new Set(
    data.runs.flatMap(({ kpi, status }) => (status === 'failed' ? [`figures of ${kpi}`] : [])),
  );
  const parts = data.broken
    .filter(({ item }) => !told.has(item))
    .map(({ step, item, problem }) => ({
      key: `broken|${step}|${item}`,
      short: step === item ? step : `${step}, ${item}`,
      message: `${step}, ${item}: ${oneLine(problem.message, 400)}`,
      detail: problem.hint ? oneLine(problem.hint, 400) : null,
    }));
  return [...findings, ...kpis, ...parts, ...newDefinitions(data, language), ...unknownNames(data)];
}

/** Members that somebody is to be told of and that no figure knows: mistyped, or gone. */
function unknownNames(data: Day): Problem[] {
  const unknown = followersOf(data.company).flatMap(({ members }) => unknownMembers(data, members));
  return unknown.map(({ dimension, member }) => {
    const named = `${oneLine(dimension)} ${JSON.stringify(oneLine(member, 60))}`;
    return {
      key: `member|${dimension}|${member}`,
      short: named,
      message: `Somebody is told of ${named}, of which no figure knows anything: that mail is empty.`,
      detail: `Write it in vigie.yaml as the source does. \`vigie values KPI --dimension ${oneLine(dimension)}\` lists what there is.`,
      isNews: true,
    };
  });
}

/** Ids that a line names. */
const MOST_NAMED = 10;

function newDefinitions({ redefined }: Day, language: Language): Problem[] {
  if (redefined === null) return [];
  const { kpis, before, vigie } = redefined;
  const more = kpis.length > MOST_NAMED ? ` … (+${kpis.length - MOST_NAMED})` : '';
  const since = formatDate(before.asOf, language, 'short');
  const named = `${kpis.slice(0, MOST_NAMED).join(', ')}${more}`;
  return [
    {
      key: `definitions|${kpis.join(',')}`,
      short: named,
      message: language.mail.countedOtherwise(
        named,
        since,
        before.vigie === vigie ? null : [before.vigie, vigie],
      ),
      detail: language.mail.whatWasMeasuredAnew('vigie diff'),
      isNews: true,
    },
  ];
}

function findingProblem(finding: Finding, language: Language): Problem {
  const place = [finding.source, finding.table]
    .filter((part) => part !== null)
    .map((part) => oneLine(part))
    .join(' → ');
  const sample = finding.sample ? language.mail.sample(oneLine(finding.sample, 160)) : null;
  const detail = [sample, finding.hint ? oneLine(finding.hint, 400) : null]
    .filter((part) => part !== null)
    .join(' — ');
  return {
    key: [finding.check, finding.source ?? '', finding.table ?? ''].join('|'),
    short: place === '' ? finding.check : `${place} (${finding.check})`,
    message: `${says(finding) ? '' : `${place}: `}${oneLine(finding.message, 400)}`,
    detail: detail === '' ? null : detail,
  };
}

/** Whether the message itself says where. */
const says = (finding: Finding): boolean =>
  [finding.source, finding.table].every((part) => part === null || finding.message.includes(part));

/** The operators' mail: what failed, where, what to do. Messages are in English, as logs and documentation are. */
export function opsContent(data: Day, problems: readonly Problem[], language: Language): MailContent {
  const date = formatDate(data.asOf, language, 'short');
  const first = problems[0]?.short ?? '';
  const failures = problems.filter(({ isNews }) => !isNews);
  const news = problems.filter(({ isNews }) => isNews);
  const lead =
    failures.length > 0
      ? language.mail.problems(failures.length)
      : language.mail.redefined(data.redefined?.kpis.length ?? 0);
  return {
    language,
    subject: `${lead}${language.writing.colon} ${first}${problems.length > 1 ? '…' : ''} (${date})`,
    preheader: problems.map((problem) => problem.short).join(' · '),
    blocks: [
      {
        kind: 'title',
        company: oneLine(data.company.company.name),
        date: formatDate(data.asOf, language, 'full'),
        lead: `${lead}.`,
      },
      ...notice(language.mail.whatFailed, failures),
      ...notice(language.mail.definitions, news),
      ...(failures.length === 0 ? [] : [afterwards(data, language)]),
      footer(data, language),
    ],
  };
}

function notice(title: string, problems: readonly Problem[]): NoticeBlock[] {
  const items = problems.map(({ message, detail }) => ({ what: message, detail }));
  return items.length === 0 ? [] : [{ kind: 'notice', title, items }];
}

const afterwards = ({ asOf }: Day, { mail }: Language): NoticeBlock => ({
  kind: 'notice',
  title: mail.afterwards,
  items: [{ what: mail.runAgain(`vigie run --date ${asOf}`), detail: null }],
});
