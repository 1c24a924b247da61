/** @jsxRuntime automatic @jsxImportSource react */
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Block, MailContent } from '../letters/blocks.ts';
import { Dashboard } from './dashboard.tsx';
import { Figure, type SourceOf } from './figure.tsx';
import { List } from './list.tsx';
import { Layout, Line, Row } from './parts.tsx';
import { Alerts, Button, Footer, Notice, Section, Title } from './sections.tsx';
import { colours, font, styleSheet } from './theme.ts';

/** The content as an HTML document for mail clients: tables, inline styles, dark colours in one style sheet. */
export const renderHtml = (content: MailContent, sourceOf: SourceOf): string =>
  `${DOCTYPE}${renderToStaticMarkup(<MailDocument content={content} sourceOf={sourceOf} />).replaceAll(PRELOADS, '')}`;

/** React asks browsers to fetch images early; a mail brings its images. */
const PRELOADS = /<link rel="preload" as="image"[^>]*>/g;

/** Old clients of mail go by it: without a type, or with HTML 5's, some draw tables otherwise. */
const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

interface DocumentProps {
  readonly content: MailContent;
  readonly sourceOf: SourceOf;
}

function MailDocument({ content, sourceOf }: DocumentProps): ReactElement {
  return (
    <html lang={content.language.tag} dir="ltr">
      <head>
        <meta httpEquiv="Content-Type" content="text/html; charset=UTF-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no" />
        <meta name="x-apple-disable-message-reformatting" />
        <title>{content.subject}</title>
        <style>{styleSheet}</style>
      </head>
      <body
        className="page"
        style={{ margin: 0, padding: 0, backgroundColor: colours.page, fontFamily: font }}
      >
        <Preheader text={content.preheader} />
        <Sheet content={content} sourceOf={sourceOf} />
      </body>
    </html>
  );
}

/** Invisible, and long enough that the inbox does not go on with the text of the mail. */
function Preheader({ text }: { text: string }): ReactElement {
  const style = {
    display: 'none',
    maxHeight: 0,
    maxWidth: 0,
    overflow: 'hidden',
    opacity: 0,
    fontSize: 1,
    lineHeight: '1px',
  };
  return (
    <div style={style}>
      {text}
      {'\u00a0\u200c'.repeat(Math.max(0, 140 - text.length))}
    </div>
  );
}

/** The card: 600 px where there is room (Outlook reads the attribute), else as wide as the screen. */
function Sheet({ content, sourceOf }: DocumentProps): ReactElement {
  const width = {
    width: '100%',
    maxWidth: 600,
    margin: '0 auto',
    backgroundColor: colours.card,
    borderRadius: 8,
  };
  return (
    <Layout style={{ backgroundColor: colours.page }}>
      <tr>
        <td className="page" align="center" style={{ padding: '16px 8px', backgroundColor: colours.page }}>
          <table
            className="card"
            role="presentation"
            width={600}
            cellPadding={0}
            cellSpacing={0}
            border={0}
            style={{ ...width, textAlign: 'left' }}
          >
            <tbody>
              {content.blocks.map((block, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
                <Part key={index} block={block} sourceOf={sourceOf} />
              ))}
            </tbody>
          </table>
        </td>
      </tr>
    </Layout>
  );
}

function Part({ block, sourceOf }: { block: Block; sourceOf: SourceOf }): ReactElement {
  switch (block.kind) {
    case 'title':
      return <Title block={block} />;
    case 'notice':
      return <Notice block={block} />;
    case 'alerts':
      return <Alerts block={block} />;
    case 'dashboard':
      return <Dashboard block={block} />;
    case 'list':
      return <List block={block} />;
    case 'figure':
      return <Figure block={block} sourceOf={sourceOf} />;
    case 'section':
      return <Section block={block} />;
    case 'heading':
      return (
        <Row top={24}>
          <Line weight={700}>{block.text}</Line>
        </Row>
      );
    case 'link':
      return <Button block={block} />;
    case 'footer':
      return <Footer block={block} />;
  }
}
