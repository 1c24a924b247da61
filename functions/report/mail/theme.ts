/** The look of a mail. Light colours are inline (every client), dark ones in a style sheet (clients that know them). */
export const colours = {
  page: '#eef1f4',
  card: '#ffffff',
  ink: '#16202a',
  muted: '#5a6673',
  line: '#dfe4e9',
  good: '#0b7a4b',
  bad: '#b3261e',
  accent: '#1f5f9e',
  noticeGround: '#fff4dc',
  noticeEdge: '#d98a00',
  alertGround: '#fdeceb',
  alertEdge: '#c9372c',
  resolvedGround: '#e8f5ee',
  resolvedEdge: '#0b7a4b',
} as const;

export const font = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

const dark: Readonly<Record<string, string>> = {
  '.page': 'background-color:#0e1318!important',
  '.card': 'background-color:#171f27!important',
  '.ink': 'color:#eef2f6!important',
  '.muted': 'color:#a3b1bf!important',
  '.line': 'border-color:#2b3641!important',
  '.good': 'color:#5fd39d!important',
  '.bad': 'color:#ff9a8f!important',
  '.accent': 'color:#8cc0f2!important',
  '.notice': 'background-color:#2c2412!important;border-color:#d98a00!important',
  '.alert': 'background-color:#321a19!important;border-color:#e5594e!important',
  '.resolved': 'background-color:#12281d!important;border-color:#2f9e6b!important',
  '.button': 'background-color:#2a6cb0!important;color:#ffffff!important',
};

const rules = (prefix: string): string =>
  Object.entries(dark)
    .map(([selector, body]) => `${prefix}${selector}{${body}}`)
    .join('');

/** Holds no character that React escapes. `[data-ogsc]` is how the Outlook apps mark a mail they show dark. */
export const styleSheet = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  'body{margin:0;padding:0;-webkit-text-size-adjust:100%;text-size-adjust:100%}',
  'table{mso-table-lspace:0;mso-table-rspace:0}',
  'img{border:0;display:block;-ms-interpolation-mode:bicubic}',
  '@media (max-width:480px){.pad{padding-left:18px!important;padding-right:18px!important}.big{font-size:26px!important}.lead{font-size:20px!important}}',
  `@media (prefers-color-scheme:dark){${rules('')}}`,
  rules('[data-ogsc] '),
].join('');
