/** @jsxRuntime automatic @jsxImportSource react */
import type { CSSProperties, ReactElement, ReactNode } from 'react';
import { colours, font } from './theme.ts';

/** A table that only arranges: screen readers skip it, Outlook needs it. */
export function Layout({ children, style }: { children: ReactNode; style?: CSSProperties }): ReactElement {
  return (
    <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} border={0} style={style}>
      <tbody>{children}</tbody>
    </table>
  );
}

/** A row of the card. Type is set on every cell: Outlook does not inherit it into tables. */
export function Row({
  children,
  top = 16,
  bottom = 0,
}: {
  children: ReactNode;
  top?: number;
  bottom?: number;
}): ReactElement {
  return (
    <tr>
      <td className="pad" style={{ padding: `${top}px 32px ${bottom}px`, fontFamily: font }}>
        {children}
      </td>
    </tr>
  );
}

interface LineProps {
  readonly size?: number;
  readonly colour?: 'ink' | 'muted' | 'good' | 'bad' | 'accent';
  readonly weight?: number;
  readonly top?: number;
  readonly children: ReactNode;
}

/** A paragraph. */
export function Line({
  size = 15,
  colour = 'ink',
  weight = 400,
  top = 0,
  children,
}: LineProps): ReactElement {
  const style = {
    margin: `${top}px 0 0`,
    fontFamily: font,
    fontSize: size,
    lineHeight: 1.45,
    fontWeight: weight,
    color: colours[colour],
  };
  return (
    <p className={colour} style={style}>
      {children}
    </p>
  );
}

/** The way to the site, where there is one; looks like the text that it is. */
export function Way({ href, children }: { href: string | null; children: ReactNode }): ReactElement {
  if (href === null) return <>{children}</>;
  return (
    <a className="ink" href={href} style={{ color: colours.ink, textDecoration: 'underline' }}>
      {children}
    </a>
  );
}

/** A signed amount stays in one piece: browsers break between `+` and `€`. */
const SIGNED = /(\(?[+−][^\s,;]+)/u;

/** Running text. */
export function Prose({ text }: { text: string }): ReactElement {
  return (
    <>
      {text.split(SIGNED).map((part, index) =>
        index % 2 === 0 ? (
          part
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
          <span key={index} style={{ whiteSpace: 'nowrap' }}>
            {part}
          </span>
        ),
      )}
    </>
  );
}
