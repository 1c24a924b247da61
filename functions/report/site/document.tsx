/** @jsxRuntime automatic @jsxImportSource react */
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { integrityOf } from '../../platform/hash.ts';
import { Contents } from './contents.tsx';
import { type Edition, editionOf, prefixOf, type Sheet } from './edition.ts';
import { Masthead } from './masthead.tsx';
import { script } from './script.ts';
import { styles } from './styles.ts';

/** Nothing is loaded from anywhere, and no script runs but this page's own; a page that asks may ask where it is from. */
export const policyOf = ({ asks }: Pick<View, 'asks'>): string =>
  `default-src 'none'; style-src 'unsafe-inline'; script-src '${integrityOf(script)}'; base-uri 'none'; form-action ${asks ? "'self'" : "'none'"}`;

/** What a kind of page shows: its name in a language, and all below its head. */
export interface View {
  readonly title: (edition: Edition) => string;
  readonly heading: (edition: Edition) => ReactNode;
  readonly body: (edition: Edition) => ReactNode;
  /** What its script needs beside, once for all languages. */
  readonly extra?: ReactNode;
  /** The same as `data-` attributes of the body. */
  readonly facts?: Readonly<Record<`data-${string}`, string>>;
  /** Whether it has fields of which the server makes an address. */
  readonly asks?: true;
  /** Styles of its own, after those of all pages: a constant of the program. */
  readonly styles?: string;
}

/** A page as text, in all its languages. React escapes every name that comes out of somebody's data. */
export const renderPage = (sheet: Sheet, view: View): string =>
  `<!doctype html>\n${renderToStaticMarkup(<Page sheet={sheet} view={view} />)}\n`;

/** An edition in each language, of which one is seen. */
function Page({ sheet, view }: { sheet: Sheet; view: View }) {
  const { first, languages, drawings, data } = sheet;
  const editions = [first, ...languages.filter(({ tag }) => tag !== first.tag)].map((language) =>
    editionOf(sheet, language),
  );
  return (
    <html lang={first.tag}>
      <head>
        <meta charSet="utf-8" />
        <meta httpEquiv="Content-Security-Policy" content={policyOf(view)} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{titleOf(editionOf(sheet, first), view)}</title>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of this program */}
        <style dangerouslySetInnerHTML={{ __html: `${styles}${view.styles ?? ''}` }} />
      </head>
      <body data-currency={data.company.company.currency} {...view.facts}>
        {editions.map((edition) => (
          <EditionView key={edition.language.tag} edition={edition} view={view} />
        ))}
        {view.extra}
        {drawings.shapes !== '' && (
          <svg
            className="drawings"
            aria-hidden="true"
            // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn from numbers and dates alone
            dangerouslySetInnerHTML={{ __html: drawings.shapes }}
          />
        )}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of this program */}
        <script dangerouslySetInnerHTML={{ __html: script }} />
      </body>
    </html>
  );
}

const titleOf = (edition: Edition, view: View): string =>
  `${view.title(edition)} – ${edition.data.company.company.name}`;

function EditionView({ edition, view }: { edition: Edition; view: View }) {
  const { words, language, first } = edition;
  return (
    <div
      id={language.tag}
      className="edition"
      lang={language.tag}
      data-edition={language.tag}
      data-locale={language.locale}
      data-prefix={prefixOf(edition, language)}
      data-title={titleOf(edition, view)}
      hidden={language.tag !== first.tag}
    >
      <Contents edition={edition} />
      <main id={edition.anchor('main')} tabIndex={-1}>
        <Masthead edition={edition}>{view.heading(edition)}</Masthead>
        {view.body(edition)}
        <footer className="soft small">{words.footer}</footer>
      </main>
    </div>
  );
}
