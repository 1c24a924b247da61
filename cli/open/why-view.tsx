/** @jsxRuntime automatic @jsxImportSource react */
import type { DimensionSplit, MemberEffect } from '../../functions/lake/drivers/dimension-split.ts';
import { type ChangeExplanation, effectOfMember } from '../../functions/lake/drivers/explain-change.ts';
import { readChange } from '../../functions/lake/drivers/read-change.ts';
import { formatDifference, formatNumber } from '../../functions/languages/numbers.ts';
import { causesSentence } from '../../functions/report/letters/causes.ts';
import { dimensionName } from '../../functions/report/letters/names.ts';
import type { KpiDay } from '../../functions/report/model/day.ts';
import type { View } from '../../functions/report/site/document.tsx';
import type { Edition } from '../../functions/report/site/edition.ts';
import { NoData, Value } from '../../functions/report/site/figures.tsx';
import { KpiHeading } from '../../functions/report/site/kpi-page.tsx';
import type { Context } from '../context.ts';
import { instantOf } from '../values/value-rows.ts';
import type { Answer } from './answer.ts';
import { AskBar } from './ask-bar.tsx';
import { titleOf } from './figures-view.tsx';
import { MemberLink } from './members.tsx';
import { changed, type Question } from './question.ts';

/** Members of a dimension that are shown; what the others did together is not left out of the verdict. */
const MOST_MEMBERS = 12;

/** Why the total moved, from the snapshot: what `vigie explain` says. Null of late data, which is compared with nothing. */
export async function changeOf(
  context: Context,
  question: Question,
  sheet: KpiDay,
): Promise<ChangeExplanation | null> {
  const { kpi, asOf, period, against, knownAt } = question;
  if (sheet.quality === 'stale') return null;
  const { bucket } = context.platform;
  const known = knownAt === undefined ? undefined : instantOf(knownAt);
  return readChange(bucket, context.company.company, kpi, { asOf, period, against }, known);
}

interface Props {
  readonly edition: Edition;
  readonly answer: Answer;
  readonly change: ChangeExplanation | null;
}

export const whyView = (answer: Answer, change: ChangeExplanation | null): View => ({
  title: ({ language }) => `${language.ask.view.why} – ${titleOf(answer.question, language)}`,
  heading: (edition) => (
    <>
      <KpiHeading edition={edition} sheet={{ ...answer.sheet, causes: {} }} />
      <AskBar edition={edition} question={answer.question} proposed={[]} />
    </>
  ),
  body: (edition) => <Body edition={edition} answer={answer} change={change} />,
});

function Body({ edition, answer, change }: Props) {
  const { language, data } = edition;
  const { ask } = language;
  const { kpi, period, against, where } = answer.question;
  if (change === null || change.change === null) return <p className="restated">{ask.notExplained}</p>;
  const told = { ...edition.format, labels: data.labels };
  const sentence = causesSentence({ against, explanation: change }, kpi, period, told);
  return (
    <div className="why">
      {where.length > 0 && <p className="restated">{ask.wholeOnly}</p>}
      <p className="lead answer">
        {sentence ?? `${formatDifference(change.change, kpi.unit, edition.format)} ${ask.against[against]}`}
      </p>
      <Suspects edition={edition} answer={answer} change={change} />
      {change.dimensions.map((split) => (
        <Split key={split.dimension} edition={edition} answer={answer} split={split} />
      ))}
    </div>
  );
}

/** The members that moved furthest from their habit, and how much of the change that explains. */
function Suspects({ edition, answer, change }: Props & { change: ChangeExplanation }) {
  const { language } = edition;
  const { ask } = language;
  const { kpi } = answer.question;
  if (change.suspects.length === 0) return null;
  const id = edition.anchor('suspects');
  const parts = change.suspects.some(
    (suspect) => effectOfMember(change.dimensions, suspect)?.contribution != null,
  );
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{ask.suspects}</h2>
      <table className="suspects" aria-labelledby={id}>
        <Head edition={edition} first="" last={[ask.habit, ask.explains]} parts={parts} />
        <tbody>
          {change.suspects.map((suspect) => (
            <tr key={`${suspect.dimension} ${suspect.member}`}>
              <th scope="row">
                <Plain edition={edition} answer={answer} {...suspect} />
                <span className="sub">{dimensionName(kpi, suspect.dimension, language)}</span>
              </th>
              <Effect
                edition={edition}
                answer={answer}
                effect={effectOfMember(change.dimensions, suspect)}
                parts={parts}
              />
              <td className="number">
                {suspect.z > 0 ? '+' : '−'}
                {formatNumber(Math.abs(suspect.z), language, 1)} σ
              </td>
              <td className="number">
                {language.writing.percent(formatNumber(suspect.explained * 100, language))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Split({ edition, answer, split }: Omit<Props, 'change'> & { split: DimensionSplit }) {
  const { language } = edition;
  const name = dimensionName(answer.question.kpi, split.dimension, language);
  const id = edition.anchor(`why-${split.dimension}`);
  const size = ({ contribution, before, after }: MemberEffect): number =>
    Math.abs(contribution ?? (after ?? 0) - (before ?? 0));
  const members = split.members.toSorted((a, b) => size(b) - size(a));
  const shown = members.slice(0, MOST_MEMBERS);
  const largest = Math.max(...shown.map(({ contribution }) => Math.abs(contribution ?? 0)));
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{edition.words.by(language.writing.inSentence(name))}</h2>
      <table aria-labelledby={id}>
        <Head edition={edition} first={name} last={[]} parts={split.exact} way={split.exact} />
        <tbody>
          {shown.map((effect) => (
            <tr key={effect.member}>
              <th scope="row">
                <Plain edition={edition} answer={answer} dimension={split.dimension} member={effect.member} />
              </th>
              <Effect edition={edition} answer={answer} effect={effect} parts={split.exact} />
              {split.exact && (
                <td className="way" aria-hidden="true">
                  <Way part={effect.contribution} largest={largest} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {!split.exact && <p className="soft small">{edition.words.overlapping}</p>}
      {members.length > shown.length && (
        <p className="soft small">{language.ask.moreOf(name, members.length - shown.length)}</p>
      )}
    </section>
  );
}

function Head({
  edition,
  first,
  last,
  parts,
  way = false,
}: {
  edition: Edition;
  first: string;
  last: readonly string[];
  parts: boolean;
  way?: boolean;
}) {
  const { ask } = edition.language;
  return (
    <thead>
      <tr>
        <th scope="col">{first === '' ? <span className="sr">{edition.words.figure}</span> : first}</th>
        {[ask.before, ask.after, ...(parts ? [ask.part] : []), ...last].map((each) => (
          <th key={each} scope="col" className="number">
            {each}
          </th>
        ))}
        {way && <td className="way" aria-hidden="true" />}
      </tr>
    </thead>
  );
}

/** A member leads to its own figures. */
const Plain = ({
  edition,
  answer,
  dimension,
  member,
}: Omit<Props, 'change'> & { dimension: string; member: string }) => {
  const question = changed(answer.question, { view: 'figures', by: [], where: [] });
  return (
    <MemberLink edition={edition} answer={{ ...answer, question }} dimension={dimension} member={member} />
  );
};

function Effect({
  edition,
  answer,
  effect,
  parts,
}: Omit<Props, 'change'> & { effect: MemberEffect | undefined; parts: boolean }) {
  const { kpi } = answer.question;
  const part = effect?.contribution ?? null;
  return (
    <>
      <td className="number">
        <Value edition={edition} kpi={kpi} value={effect?.before ?? null} short />
      </td>
      <td className="number">
        <Value edition={edition} kpi={kpi} value={effect?.after ?? null} short />
      </td>
      {parts && (
        <td className="number value">
          {part === null ? <NoData edition={edition} /> : formatDifference(part, kpi.unit, edition.format)}
        </td>
      )}
    </>
  );
}

/** A part of the change as a bar: to the right what raised the figure, from the same line what lowered it. */
function Way({ part, largest }: { part: number | null; largest: number }) {
  if (part === null || largest === 0) return null;
  const width = `${((50 * Math.abs(part)) / largest).toFixed(1)}%`;
  return part < 0 ? (
    <i className="down" style={{ width, marginLeft: `calc(50% - ${width})` }} />
  ) : (
    <i style={{ width, marginLeft: '50%' }} />
  );
}
