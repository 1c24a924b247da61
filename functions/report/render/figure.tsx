/** @jsxRuntime automatic @jsxImportSource react */
import type { ReactElement } from 'react';
import type { Chart, Comparison, FigureBlock } from '../blocks.ts';
import { Layout, Line, Prose, Row } from './parts.tsx';
import { colours, font } from './theme.ts';

/** Where a picture is: `cid:…` in a message, a data URI in a page. */
export type SourceOf = (chart: Chart) => string;

/** One headline figure: name, value and sparkline side by side, then what it is compared with and why it moved. */
export function Figure({ block, sourceOf }: { block: FigureBlock; sourceOf: SourceOf }): ReactElement {
  return (
    <Row top={18}>
      <div className="line" style={{ borderTop: `1px solid ${colours.line}`, paddingTop: 16 }}>
        <Line size={14} colour="muted">
          <strong className="ink" style={{ color: colours.ink }}>
            {block.name}
          </strong>{' '}
          · {block.period}
        </Line>
        <Layout>
          <tr>
            <td style={{ verticalAlign: 'middle', paddingTop: 2 }}>
              <Value block={block} />
            </td>
            {block.chart && (
              <td
                width={block.chart.width + 12}
                align="right"
                style={{ verticalAlign: 'middle', paddingLeft: 12 }}
              >
                <Picture chart={block.chart} source={sourceOf(block.chart)} />
              </td>
            )}
          </tr>
        </Layout>
        <Comparisons block={block} />
        {block.sentence && (
          <Line top={6}>
            <Prose text={block.sentence} />
          </Line>
        )}
        {block.note && (
          <Line size={13} colour="muted" top={4}>
            {block.note}
          </Line>
        )}
      </div>
    </Row>
  );
}

function Value({ block }: { block: FigureBlock }): ReactElement {
  const style = { margin: 0, fontFamily: font, lineHeight: 1.2, whiteSpace: 'nowrap' as const };
  if (block.value === null) {
    return (
      <p className="muted" style={{ ...style, fontSize: 22, color: colours.muted }}>
        {block.noValue}
      </p>
    );
  }
  return (
    <p
      className="ink big"
      style={{ ...style, fontSize: 32, fontWeight: 700, letterSpacing: -0.5, color: colours.ink }}
    >
      {block.value}
    </p>
  );
}

/** The alt text says the same in words, small enough to stay in its place when pictures are blocked. */
function Picture({ chart, source }: { chart: Chart; source: string }): ReactElement {
  const style = {
    fontFamily: font,
    fontSize: 10,
    lineHeight: 1.2,
    color: colours.muted,
    width: chart.width,
    height: chart.height,
  };
  return (
    <img
      className="muted"
      src={source}
      width={chart.width}
      height={chart.height}
      alt={chart.alt}
      style={style}
    />
  );
}

const COLOUR_OF = { good: 'good', bad: 'bad', calm: 'muted' } as const;

function Comparisons({ block }: { block: FigureBlock }): ReactElement | null {
  const all = [...block.comparisons, ...(block.target ? [block.target] : [])];
  if (all.length === 0) return null;
  return (
    <p
      className="muted"
      style={{ margin: '4px 0 0', fontFamily: font, fontSize: 14, lineHeight: 1.6, color: colours.muted }}
    >
      {all.map((comparison) => (
        <Change key={comparison.label} comparison={comparison} />
      ))}
    </p>
  );
}

function Change({ comparison }: { comparison: Comparison }): ReactElement {
  const colour = COLOUR_OF[comparison.tone];
  return (
    <span style={{ display: 'inline-block', marginRight: 16, whiteSpace: 'nowrap' }}>
      <strong className={colour} style={{ color: colours[colour] }}>
        {comparison.change}
      </strong>{' '}
      {comparison.label}{' '}
    </span>
  );
}
