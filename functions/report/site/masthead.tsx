/** @jsxRuntime automatic @jsxImportSource react */
import type { ReactNode } from 'react';
import { formatDate } from '../../languages/dates.ts';
import { oneLine } from '../../languages/one-line.ts';
import type { Edition } from './edition.ts';

/** Where one is: company and day, the day before and after, then the page's own heading; the switches for language and appearance. */
export function Masthead({ edition, children }: { edition: Edition; children: ReactNode }) {
  const { words, data, here } = edition;
  return (
    <header className="masthead">
      <div className="topbar">
        <p className="company">
          <a href={edition.link({})}>{oneLine(data.company.company.name)}</a>
        </p>
        {here.asOf !== undefined && <Days edition={edition} asOf={here.asOf} />}
        <div className="switches">
          <LanguageSwitch edition={edition} />
          <label>
            <span className="sr">{words.theme.name}</span>
            <select data-theme-switch="">
              <option value="">{words.theme.auto}</option>
              <option value="light">{words.theme.light}</option>
              <option value="dark">{words.theme.dark}</option>
            </select>
          </label>
        </div>
      </div>
      {children}
    </header>
  );
}

/**
 * The same page a day earlier and a day later. A page cannot know the days that came after it: the calendar does, which is
 * written each morning and sends on to the next day, or shows that there is none yet.
 */
function Days({ edition, asOf }: { edition: Edition; asOf: string }) {
  const { words, language, before, here } = edition;
  const kpi = here.kpi !== undefined && before?.kpis.has(here.kpi) ? here.kpi : undefined;
  const day = (date: string): string => formatDate(date, language, 'short');
  return (
    <nav className="days" aria-label={words.days}>
      {before ? (
        <a href={edition.link({ asOf: before.asOf, kpi })} rel="prev">
          ← <span className="sr">{words.dayBefore} </span>
          {day(before.asOf)}
        </a>
      ) : (
        <span className="soft">{words.noDayBefore}</span>
      )}
      <a href={edition.link({})}>{words.calendar}</a>
      <NextDay edition={edition} asOf={asOf} />
    </nav>
  );
}

function NextDay({ edition, asOf }: { edition: Edition; asOf: string }) {
  const { words, here, next } = edition;
  if (next === null) return <span className="soft">{words.noDayAfter}</span>;
  const kpi = here.kpi === undefined ? '' : `&kpi=${here.kpi}`;
  const address =
    next === undefined
      ? `${edition.link({})}?after=${asOf}${kpi}`
      : edition.link({ asOf: next, kpi: here.kpi });
  return (
    <a href={address} rel="next">
      {words.dayAfter} →
    </a>
  );
}

const LanguageSwitch = ({ edition }: { edition: Edition }) => (
  <div className="languages">
    {edition.languages.map((language) => (
      <a
        key={language.tag}
        href={`#${language.tag}`}
        lang={language.tag}
        hrefLang={language.tag}
        data-language={language.tag}
        aria-current={language.tag === edition.language.tag ? 'true' : undefined}
      >
        {language.name}
      </a>
    ))}
  </div>
);
