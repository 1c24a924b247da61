/** @jsxRuntime automatic @jsxImportSource react */
import type { ReactElement } from 'react';
import type { ListBlock } from '../letters/blocks.ts';
import { Layout, Line, Row } from './parts.tsx';
import { Section } from './sections.tsx';
import { colours } from './theme.ts';

/** Things to act on: name and weight in one line, what they are and why they are here under it. */
export function List({ block }: { block: ListBlock }): ReactElement {
  return (
    <>
      <Section block={{ kind: 'section', text: block.title }} />
      {block.items.map((item) => (
        <Row key={item.id} top={8}>
          <div className="line" style={{ borderTop: `1px solid ${colours.line}`, paddingTop: 8 }}>
            <Layout>
              <tr>
                <td>
                  <Line weight={700}>{item.name}</Line>
                </td>
                <td align="right" style={{ whiteSpace: 'nowrap', paddingLeft: 12 }}>
                  <Line weight={700}>{item.weight}</Line>
                </td>
              </tr>
            </Layout>
            <Line size={14}>{item.facts}</Line>
            <Line size={13} colour="muted" top={2}>
              {item.reasons}
            </Line>
          </div>
        </Row>
      ))}
      {block.more && (
        <Row top={8}>
          <Line size={13} colour="muted">
            {block.more}
          </Line>
        </Row>
      )}
    </>
  );
}
