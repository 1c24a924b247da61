import { layoutStyles } from './styles-layout.ts';
import { printStyles } from './styles-print.ts';
import { tableStyles } from './styles-tables.ts';

/** Light and dark in one place each: `light-dark()` follows `color-scheme`, which the reader may set. */
const colours = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fcfbf8, #15181b);
  --card: light-dark(#ffffff, #1b1f23);
  --ink: light-dark(#191d22, #e9e6df);
  --soft: light-dark(#5d6670, #9ba4ad);
  --rule: light-dark(#e5e2da, #2d3338);
  --hair: light-dark(#efede7, #23282d);
  --line: light-dark(#1d5283, #7fb8ea);
  --faint: light-dark(#b5b0a4, #59636c);
  --alert: light-dark(#b3341f, #ff8a70);
  --event: light-dark(#6b4ba3, #b79cf0);
  --alert-ground: light-dark(#fbeee9, #33201b);
  --caution: light-dark(#8a5a00, #e5b454);
  --caution-ground: light-dark(#fbf3df, #2e2715);
  --good: light-dark(#1b7044, #6fcf97);
  --bad: light-dark(#b3341f, #ff8a70);
  --serif: 'Iowan Old Style', 'Palatino Linotype', Palatino, 'Book Antiqua', Georgia, 'Noto Serif', serif;
  --sans: ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif;
}
:root[data-theme='light'] { color-scheme: light; }
:root[data-theme='dark'] { color-scheme: dark; }
`;

/** The page's only style sheet. Holds no character that HTML would read. */
export const styles: string = [colours, layoutStyles, tableStyles, printStyles].join('');
