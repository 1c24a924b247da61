/** @jsxRuntime automatic @jsxImportSource react */
import type { ReactElement } from 'react';
import type { Chart, Comparison, FigureBlock, TargetLine } from '../letters/blocks.ts';
import { Layout, Line, Prose, Row, Way } from './parts.tsx';
import { colours, font } from './theme.ts';

/** Where a picture is: `cid:…` in a message, a data URI in a page. */
export type SourceOf = (chart: Chart) => string;

/** One headline figure: name, value and sparkline side by side, then what it is compared with and why it moved. */
export function Figure({ block, sourceOf }: { block: FigureBlock; sourceOf: SourceOf }): ReactElement {
  return (
    <Row top={14}>
      <div className="line" style={{ borderTop: `1px solid ${colours.line}`, paddingTop: 12 }}>
        <Line size={14} colour="muted">
          <strong className="ink" style={{ color: colours.ink }}>
            <Way href={block.href}>{block.name}</Way>
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
        {block.outlook && (
          <Line size={13} colour="muted" top={2}>
            {block.outlook}
          </Line>
        )}
        {block.sentence && (
          <Line size={14} top={4}>
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
      style={{ ...style, fontSize: 28, fontWeight: 700, letterSpacing: -0.5, color: colours.ink }}
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

/** On a line of its own: the part that is due, then how far along the whole is. */
function Target({ target }: { target: TargetLine }): ReactElement {
  return (
    <>
      <br />
      <Moved comparison={target} />
      {target.whole && <> · {target.whole}</>}
    </>
  );
}

/** Never told by colour alone: a sign says it too. */
export const COLOUR_OF = { good: 'good', bad: 'bad', calm: 'muted' } as const;

function Comparisons({ block }: { block: FigureBlock }): ReactElement | null {
  const { comparisons, target } = block;
  if (comparisons.length === 0 && !target) return null;
  return (
    <p
      className="muted"
      style={{ margin: '2px 0 0', fontFamily: font, fontSize: 13, lineHeight: 1.5, color: colours.muted }}
    >
      {comparisons.map((comparison) => (
        <Change key={comparison.label} comparison={comparison} />
      ))}
      {target && <Target target={target} />}
    </p>
  );
}

function Change({ comparison }: { comparison: Comparison }): ReactElement {
  return (
    <span style={{ display: 'inline-block', marginRight: 12, whiteSpace: 'nowrap' }}>
      <Moved comparison={comparison} />{' '}
    </span>
  );
}

/** A change, in its colour, and against what. */
export function Moved({ comparison }: { comparison: Comparison }): ReactElement {
  const colour = COLOUR_OF[comparison.tone];
  return (
    <>
      <strong className={colour} style={{ color: colours[colour] }}>
        {comparison.change}
      </strong>{' '}
      {comparison.label}
    </>
  );
}
