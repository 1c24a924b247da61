import type { Refusal } from './guard.ts';

const WORDS: Readonly<Record<Refusal, readonly [string, string]>> = {
  host: [
    'This address is not the app’s',
    'It answers at http://127.0.0.1 and the port that vigie open printed, and under no other name: a page elsewhere may have sent you here.',
  ],
  method: ['The app only reads', 'It answers GET, and changes nothing.'],
  origin: [
    'Another page asked',
    'The app answers what you open yourself. Open the address that vigie open printed, or write this one into the address bar.',
  ],
  token: [
    'The app does not know this browser',
    'Open the address that vigie open printed: it ends with a token, which holds until the command ends. After a new start there is a new one; with the same --port, bookmarks then work again.',
  ],
};

/** Why nothing is said, and what to do: a page of constants, for who asks need not be trusted. */
export function refusalPage(refusal: Refusal): string {
  const [title, text] = WORDS[refusal];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${title} – Vigie</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1.25rem}</style></head>
<body><main><h1>${title}</h1><p>${text}</p></main></body></html>
`;
}
