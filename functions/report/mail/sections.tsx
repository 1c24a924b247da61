/** @jsxRuntime automatic @jsxImportSource react */
import type { ReactElement, ReactNode } from 'react';
import type {
  AlertItem,
  AlertsBlock,
  FooterBlock,
  LinkBlock,
  NoticeBlock,
  SectionBlock,
  TitleBlock,
} from '../letters/blocks.ts';
import { Layout, Line, Prose, Row, Way } from './parts.tsx';
import { colours, font } from './theme.ts';

export function Title({ block }: { block: TitleBlock }): ReactElement {
  return (
    <Row top={28}>
      <Line size={13} colour="muted">
        <strong>{block.company}</strong> · {block.date}
      </Line>
      <h1
        className="ink lead"
        style={{
          margin: '8px 0 0',
          fontFamily: font,
          fontSize: 22,
          lineHeight: 1.3,
          fontWeight: 700,
          color: colours.ink,
        }}
      >
        {block.lead}
      </h1>
    </Row>
  );
}

/** Small, above the figures that it names. */
export function Section({ block }: { block: SectionBlock }): ReactElement {
  return (
    <Row top={22}>
      <h2
        className="accent"
        style={{
          margin: 0,
          fontFamily: font,
          fontSize: 13,
          lineHeight: 1.3,
          fontWeight: 700,
          textTransform: 'uppercase',
          letterSpacing: 0.6,
          color: colours.accent,
        }}
      >
        {block.text}
      </h2>
    </Row>
  );
}

type BoxKind = 'notice' | 'alert' | 'resolved';

/** A coloured box with a thick left edge. */
function Box({ kind, children }: { kind: BoxKind; children: ReactNode }): ReactElement {
  const ground = colours[`${kind}Ground`];
  const style = {
    padding: '12px 16px',
    backgroundColor: ground,
    borderLeft: `4px solid ${colours[`${kind}Edge`]}`,
    borderRadius: 4,
    fontFamily: font,
  };
  return (
    <Layout>
      <tr>
        <td className={kind} style={style}>
          {children}
        </td>
      </tr>
    </Layout>
  );
}

export function Notice({ block }: { block: NoticeBlock }): ReactElement {
  return (
    <Row top={20}>
      <Box kind="notice">
        <Line weight={700}>{block.title}</Line>
        {block.items.map((item) => (
          <div key={item.what + item.detail}>
            <Line top={6}>{item.what}</Line>
            {item.detail && (
              <Line size={13} colour="muted">
                {item.detail}
              </Line>
            )}
          </div>
        ))}
      </Box>
    </Row>
  );
}

export function Alerts({ block }: { block: AlertsBlock }): ReactElement {
  return (
    <>
      <Row top={24} bottom={4}>
        <Line weight={700}>{block.title}</Line>
      </Row>
      {block.items.map((item) => (
        <Row key={item.figure + item.badge} top={6}>
          <Alert item={item} />
        </Row>
      ))}
    </>
  );
}

const BOX_OF = { critical: 'alert', warning: 'notice', unknown: 'notice', resolved: 'resolved' } as const;

/** Apart, and high enough for a thumb. */
const acting = {
  display: 'inline-block',
  padding: '8px 20px 4px 0',
  color: colours.accent,
  textDecoration: 'underline',
};

function Alert({ item }: { item: AlertItem }): ReactElement {
  return (
    <Box kind={BOX_OF[item.severity]}>
      <Line size={13} colour="muted">
        {item.badge}
      </Line>
      <Line size={17} weight={700}>
        <Way href={item.href}>{item.figure}</Way>
      </Line>
      <Line>{item.why}</Line>
      {item.sentence && (
        <Line top={6}>
          <Prose text={item.sentence} />
        </Line>
      )}
      {item.advice && (
        <Line size={13} colour="muted" top={6}>
          {item.advice}
        </Line>
      )}
      {item.ways.length > 0 && (
        <Line top={6} weight={600}>
          {item.ways.map(({ label, href }) => (
            <a key={label} className="accent" href={href} style={acting}>
              {label}
            </a>
          ))}
        </Line>
      )}
    </Box>
  );
}

export function Button({ block }: { block: LinkBlock }): ReactElement {
  const style = {
    display: 'inline-block',
    padding: '12px 22px',
    backgroundColor: colours.accent,
    borderRadius: 6,
    color: '#ffffff',
    fontFamily: font,
    fontSize: 15,
    fontWeight: 600,
    textDecoration: 'none',
  };
  return (
    <Row top={24}>
      <a className="button" href={block.href} style={style}>
        {block.label}
      </a>
    </Row>
  );
}

export function Footer({ block }: { block: FooterBlock }): ReactElement {
  return (
    <Row top={24} bottom={28}>
      <div className="line" style={{ borderTop: `1px solid ${colours.line}`, paddingTop: 14 }}>
        {block.lines.map((line) => (
          <Line key={line} size={12} colour="muted" top={2}>
            {line}
          </Line>
        ))}
        {block.unsubscribe && (
          <Line size={12} colour="muted" top={8}>
            <a className="muted" href={block.unsubscribe.href} style={{ color: colours.muted }}>
              {block.unsubscribe.label}
            </a>
          </Line>
        )}
      </div>
    </Row>
  );
}
