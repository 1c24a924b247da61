/** @jsxRuntime automatic @jsxImportSource react */
import type { ReactElement } from 'react';
import type { Comparison, DashboardBlock, DashboardPart, DashboardRow } from '../letters/blocks.ts';
import { COLOUR_OF, Moved } from './figure.tsx';
import { Layout, Line, Row, Way } from './parts.tsx';
import { Section } from './sections.tsx';
import { colours, font } from './theme.ts';

/** Figures in lines: name and what it is compared with at the left, the value at the right. */
export function Dashboard({ block }: { block: DashboardBlock }): ReactElement {
  return (
    <>
      <Section block={{ kind: 'section', text: block.title }} />
      {block.rows.map((row) => (
        <Row key={row.id} top={8}>
          <div className="line" style={{ borderTop: `1px solid ${colours.line}`, paddingTop: 8 }}>
            <Layout>
              <tr>
                <td style={{ verticalAlign: 'top' }}>
                  <Line size={14} colour="muted">
                    <strong className="ink" style={{ color: colours.ink }}>
                      <Way href={row.href}>{row.name}</Way>
                    </strong>{' '}
                    · {row.period}
                  </Line>
                  <Compared row={row} />
                </td>
                <td align="right" style={{ verticalAlign: 'top', paddingLeft: 12 }}>
                  <Value row={row} />
                </td>
              </tr>
            </Layout>
            {row.outlook && (
              <Line size={13} colour="muted">
                {row.outlook}
              </Line>
            )}
            <Parts parts={row.parts} />
            {row.note && (
              <Line size={13} colour="muted" top={2}>
                {row.note}
              </Line>
            )}
          </div>
        </Row>
      ))}
    </>
  );
}

/** Each in one piece: lines break between them. */
function Compared({ row }: { row: DashboardRow }): ReactElement | null {
  if (row.comparisons.length === 0) return null;
  const piece = { display: 'inline-block', marginRight: 12, whiteSpace: 'nowrap' as const };
  return (
    <Line size={13} colour="muted">
      {row.comparisons.map((comparison) => (
        <span key={comparison.label} style={piece}>
          <Moved comparison={comparison} />{' '}
        </span>
      ))}
      {row.whole && <span style={piece}>{row.whole}</span>}
    </Line>
  );
}

function Value({ row }: { row: DashboardRow }): ReactElement {
  const known = row.value !== null;
  const style = {
    margin: 0,
    fontFamily: font,
    fontSize: known ? 22 : 17,
    lineHeight: 1.2,
    fontWeight: known ? 700 : 400,
    whiteSpace: 'nowrap' as const,
    color: known ? colours.ink : colours.muted,
  };
  return (
    <p className={known ? 'ink' : 'muted'} style={style}>
      {row.value ?? row.noValue}
    </p>
  );
}

const toneOf = (moved: Comparison | null) => (moved ? COLOUR_OF[moved.tone] : 'muted');

/** A line each, figures in columns. */
function Parts({ parts }: { parts: readonly DashboardPart[] }): ReactElement | null {
  if (parts.length === 0) return null;
  const cell = { padding: '3px 0 0 12px', fontFamily: font, fontSize: 13, lineHeight: 1.4 };
  return (
    <Layout style={{ marginTop: 4 }}>
      {parts.map(({ name, value, detail, moved }) => (
        <tr key={name}>
          <td className="ink" style={{ ...cell, color: colours.ink }}>
            {name}
          </td>
          <td
            className="muted"
            align="right"
            style={{ ...cell, color: colours.muted, whiteSpace: 'nowrap' as const }}
          >
            {detail}
          </td>
          <td
            className="ink"
            align="right"
            width={64}
            style={{ ...cell, color: colours.ink, whiteSpace: 'nowrap' as const }}
          >
            {value}
          </td>
          <td
            className={toneOf(moved)}
            align="right"
            width={76}
            style={{ ...cell, color: colours[toneOf(moved)], whiteSpace: 'nowrap' as const }}
          >
            {moved?.change}
          </td>
        </tr>
      ))}
    </Layout>
  );
}
