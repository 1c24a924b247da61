/** @jsxRuntime automatic @jsxImportSource react */
import { saidIn, wordIn } from '../../lake/values/language.ts';
import type { Language } from '../../languages/language.ts';
import { oneLine } from '../../languages/one-line.ts';
import { integrityOf } from '../../platform/hash.ts';
import { trustNotices } from '../letters/trust.ts';
import { type Day, hasFigures, type KpiDay } from '../model/day.ts';
import { byTheme } from '../model/headlines.ts';
import { Dashboard } from './dashboard.tsx';
import { drawingsOf } from './drawings.ts';
import { type Edition, editionOf } from './edition.ts';
import { KpiSection } from './kpi-section.tsx';
import { ListSection } from './list.tsx';
import { isAlerting } from './marks.tsx';
import { Masthead } from './masthead.tsx';
import { Notices } from './notices.tsx';
import { Overview } from './overview.tsx';
import { script } from './script.ts';
import { styles } from './styles.ts';

/** Nothing is loaded from anywhere, and no script runs but this page's own. */
const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src '${integrityOf(script)}'; base-uri 'none'; form-action 'none'`;

interface PageProps {
  readonly data: Day;
  /** The one it opens in. */
  readonly language: Language;
  readonly languages: readonly Language[];
}

/** The whole page: an edition in each language, of which one is seen. */
export function Page({ data, language, languages }: PageProps) {
  const editions = [language, ...languages.filter((other) => other.tag !== language.tag)];
  const drawings = drawingsOf(data.kpis, data.company.company.currency, languages);
  const first = editionOf(data, drawings, language, { first: language, languages });
  return (
    <html lang={language.tag}>
      <head>
        <meta charSet="utf-8" />
        <meta httpEquiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${first.words.title(data.company.company.name)}, ${data.asOf}`}</title>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of this program */}
        <style dangerouslySetInnerHTML={{ __html: styles }} />
      </head>
      <body>
        {editions.map((each) => (
          <EditionView
            key={each.tag}
            edition={editionOf(data, drawings, each, { first: language, languages })}
            hidden={each.tag !== language.tag}
          />
        ))}
        <svg
          className="drawings"
          aria-hidden="true"
          // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn from numbers and dates alone
          dangerouslySetInnerHTML={{ __html: drawings.shapes }}
        />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of this program */}
        <script dangerouslySetInnerHTML={{ __html: script }} />
      </body>
    </html>
  );
}

function EditionView({ edition, hidden }: { edition: Edition; hidden: boolean }) {
  const { data, words, language } = edition;
  const measured = data.kpis.filter(hasFigures);
  // Whatever makes figures doubtful stands before the first of them.
  const doubts = trustNotices(data, data.kpis, language).length > 0;
  return (
    <div className="edition" lang={language.tag} data-edition={language.tag} hidden={hidden}>
      <a className="skip" href={`#${edition.anchor('overview')}`}>
        {words.skip}
      </a>
      <Contents edition={edition} />
      <main>
        <Masthead edition={edition} />
        {doubts && <Notices edition={edition} />}
        <Dashboard edition={edition} />
        {!doubts && <Notices edition={edition} />}
        <Overview edition={edition} sheets={measured} />
        {data.lists.map((of) => (
          <ListSection key={of.list.id} edition={edition} of={of} />
        ))}
        <p className="soft no-match" hidden role="status">
          {words.noMatch}
        </p>
        {measured.map((sheet) => (
          <KpiSection key={sheet.kpi.id} edition={edition} sheet={sheet} />
        ))}
        <Unmeasured edition={edition} />
        <Unreliable edition={edition} />
        <footer className="soft small">{words.footer}</footer>
      </main>
    </div>
  );
}

function Contents({ edition }: { edition: Edition }) {
  const { words, language, data, anchor } = edition;
  return (
    <nav aria-label={words.contents}>
      <label>
        <span className="sr">{words.filter}</span>
        <input type="search" placeholder={words.filter} data-filter="" />
      </label>
      <ul>
        <li>
          <a href={`#${anchor('overview')}`}>{words.overview}</a>
        </li>
        {data.lists.map(({ list }) => (
          <li key={list.id} data-kpi={list.id} data-name={wordIn(list.names, language)}>
            <a href={`#${anchor(list.id)}`}>{wordIn(list.names, language)}</a>
          </li>
        ))}
      </ul>
      {byTheme(data.kpis.filter(hasFigures), ({ kpi }) => kpi.theme).map(({ theme, figures }) => (
        <section key={theme} data-group={theme}>
          <h2>{language.themes[theme]}</h2>
          <ul>
            {figures.map((sheet) => (
              <ContentsLine key={sheet.kpi.id} edition={edition} sheet={sheet} />
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function ContentsLine({ edition, sheet }: { edition: Edition; sheet: KpiDay }) {
  const { words, language, anchor } = edition;
  const name = wordIn(sheet.kpi.names, language);
  return (
    <li data-kpi={sheet.kpi.id} data-name={name}>
      <a href={`#${anchor(sheet.kpi.id)}`} className={isAlerting(sheet) ? 'alerting' : undefined}>
        {name}
        {isAlerting(sheet) && <span className="sr"> ({words.alertOpen})</span>}
      </a>
    </li>
  );
}

/** KPIs that are on but of which nothing is recorded: named, so that nobody looks for them. */
function Unmeasured({ edition }: { edition: Edition }) {
  const { words, language, data } = edition;
  const sheets = data.kpis.filter((sheet) => !hasFigures(sheet));
  if (sheets.length === 0) return null;
  return (
    <section className="unmeasured">
      <h2>{words.unmeasured}</h2>
      <p className="soft">{words.unmeasuredWhy}</p>
      <ul>
        {sheets.map(({ kpi }) => (
          <li key={kpi.id} id={edition.anchor(kpi.id)}>
            {wordIn(kpi.names, language)}{' '}
            <span className="soft small">{Object.keys(kpi.reads).join(', ')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** KPIs that the company goes without: named with the reason, where they are looked for. */
function Unreliable({ edition }: { edition: Edition }) {
  const { words, language, data } = edition;
  if (data.unreliable.length === 0) return null;
  return (
    <section className="unmeasured">
      <h2>{words.unreliable}</h2>
      <p className="soft">{words.unreliableWhy}</p>
      <ul>
        {data.unreliable.map(({ kpi, reason }) => (
          <li key={kpi.id} id={edition.anchor(kpi.id)}>
            {wordIn(kpi.names, language)}
            <span className="sub">{oneLine(saidIn(reason, language), 300)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
