/** @jsxRuntime automatic @jsxImportSource react */

import { formatDate, formatInstant } from '../../languages/dates.ts';
import { oneLine } from '../../languages/one-line.ts';
import type { Edition } from './edition.ts';

/** Company, day, and when this was computed; the switches for language and appearance. */
export function Masthead({ edition }: { edition: Edition }) {
  const { words, language, data } = edition;
  const { company, asOf } = data;
  const latest = data.computed;
  return (
    <header className="masthead">
      <div>
        <p className="company">{oneLine(company.company.name)}</p>
        <h1>{capitalised(formatDate(asOf, language, 'full'))}</h1>
        {latest && (
          <p className="soft small">
            {words.computed(formatInstant(latest.at, language, company.company.time_zone), latest.run)}
          </p>
        )}
      </div>
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
    </header>
  );
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const LanguageSwitch = ({ edition }: { edition: Edition }) => (
  <div className="languages">
    {edition.languages.map((language) => (
      <button
        key={language.tag}
        type="button"
        lang={language.tag}
        data-language={language.tag}
        aria-pressed={language.tag === edition.language.tag}
      >
        {language.name}
      </button>
    ))}
  </div>
);
