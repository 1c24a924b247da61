/** @jsxRuntime automatic @jsxImportSource react */
import type { ReactNode } from 'react';
import { OTHER_MEMBERS } from '../../functions/lake/catalogue/kpi.ts';
import { windowName } from '../../functions/languages/dates.ts';
import { cuttable } from '../../functions/measure/cut/cut-kpi.ts';
import { dimensionName, memberName } from '../../functions/report/letters/names.ts';
import type { Edition } from '../../functions/report/site/edition.ts';
import { addressOfQuestion, changed, type Question, views } from './question.ts';

interface Props {
  readonly edition: Edition;
  readonly question: Question;
  /** Members that are proposed where one is asked for: those of the answer. */
  readonly proposed: readonly { readonly dimension: string; readonly member: string }[];
}

/** Members proposed at most: a browser shows a few, and finds by what is typed. */
const MOST_PROPOSED = 300;

/** The question, as links that change one part of it, and fields for what has no few answers. */
export function AskBar({ edition, question, proposed }: Props) {
  const { language } = edition;
  const { ask } = language;
  const { kpi, view, by } = question;
  const [one, two] = by;
  const to = (change: Partial<Question>): string => addressOfQuestion(changed(question, change));
  const dimensions = Object.keys(kpi.dimensions);
  const name = (dimension: string): string => dimensionName(kpi, dimension, language);
  const crossable = cuttable(kpi).filter((each) => each !== one);
  const isFigures = view === 'figures';
  return (
    <>
      <nav className="tabs" aria-label={ask.views}>
        <ul>
          {views.map((each) => (
            <Choice key={each} href={to({ view: each })} chosen={each === view}>
              {ask.view[each]}
            </Choice>
          ))}
        </ul>
      </nav>
      <nav className="ask" aria-label={ask.question}>
        <Row name={ask.window}>
          {kpi.windows.map((period) => (
            <Choice key={period} href={to({ period })} chosen={period === question.period}>
              {windowName(kpi, period, language)}
            </Choice>
          ))}
        </Row>
        {isFigures && dimensions.length > 0 && (
          <Row name={ask.breakDown}>
            {[undefined, ...dimensions].map((each) => (
              <Choice
                key={each ?? ''}
                href={to({ by: each === undefined ? [] : [each] })}
                chosen={each === one}
              >
                {each === undefined ? ask.nothing : name(each)}
              </Choice>
            ))}
          </Row>
        )}
        {isFigures && one !== undefined && cuttable(kpi).includes(one) && crossable.length > 0 && (
          <Row name={ask.cross}>
            {[undefined, ...crossable].map((each) => (
              <Choice
                key={each ?? ''}
                href={to({ by: each === undefined ? [one] : [one, each] })}
                chosen={each === two}
              >
                {each === undefined ? '–' : name(each)}
              </Choice>
            ))}
          </Row>
        )}
        {(view === 'why' || (isFigures && two !== undefined)) && (
          <Row name={ask.compare}>
            {(['previous', 'last_year'] as const).map((against) => (
              <Choice key={against} href={to({ against })} chosen={against === question.against}>
                {ask.against[against]}
              </Choice>
            ))}
          </Row>
        )}
        <Chosen edition={edition} question={question} />
        <details open={question.knownAt !== undefined}>
          <summary>{ask.more}</summary>
          <Fields edition={edition} question={question} proposed={proposed} />
        </details>
      </nav>
    </>
  );
}

const Row = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="row">
    <span className="name">{name}</span>
    <ul>{children}</ul>
  </div>
);

const Choice = ({ href, chosen, children }: { href: string; chosen: boolean; children: ReactNode }) => (
  <li>
    <a href={href} aria-current={chosen ? 'true' : undefined}>
      {children}
    </a>
  </li>
);

/** The members that it is about, each with the way back to all. */
function Chosen({ edition, question }: Omit<Props, 'proposed'>) {
  const { language, data } = edition;
  const { kpi, where } = question;
  if (where.length === 0) return null;
  return (
    <Row name={language.ask.only}>
      {where.map((each) => {
        const { dimension, member } = each;
        const name = `${dimensionName(kpi, dimension, language)} ${memberName(data.labels, kpi, dimension, member, language)}`;
        const rest = where.filter((other) => other !== each);
        return (
          <li key={`${dimension}:${member}`}>
            <a
              className="chosen"
              href={addressOfQuestion(changed(question, { where: rest }))}
              aria-label={language.ask.remove(name)}
            >
              {name} <span aria-hidden="true">×</span>
            </a>
          </li>
        );
      })}
    </Row>
  );
}

/** A day, a member, and as known when: the server makes an address of them. */
function Fields({ edition, question, proposed }: Props) {
  const { language, anchor, data } = edition;
  const { ask } = language;
  const { kpi, view } = question;
  const kept = new URLSearchParams(
    addressOfQuestion(changed(question, { knownAt: undefined })).split('?')[1],
  );
  const list = anchor('members');
  return (
    <form action="/go" method="get">
      <input type="hidden" name="kpi" value={kpi.id} />
      <input type="hidden" name="view" value={view} />
      {[...kept].map(([field, value]) => (
        <input key={`${field} ${value}`} type="hidden" name={field} value={value} />
      ))}
      <label>
        <span>{ask.day}</span>
        <input type="date" name="day" required defaultValue={question.asOf} />
      </label>
      {Object.keys(kpi.dimensions).length > 0 && (
        <label className="wide-field">
          <span>{ask.member}</span>
          <input name="where" list={list} placeholder={ask.memberExample} autoComplete="off" />
          <datalist id={list}>
            {proposed
              .filter(({ member }) => member !== OTHER_MEMBERS)
              .slice(0, MOST_PROPOSED)
              .map(({ dimension, member }) => (
                <option key={`${dimension}:${member}`} value={`${dimension}:${member}`}>
                  {memberName(data.labels, kpi, dimension, member, language)}
                </option>
              ))}
          </datalist>
        </label>
      )}
      <label>
        <span>{ask.knownAt}</span>
        <input type="date" name="known" defaultValue={question.knownAt?.slice(0, 10)} />
      </label>
      <button type="submit">{ask.show}</button>
    </form>
  );
}
