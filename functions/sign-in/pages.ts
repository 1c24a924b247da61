import { integrityOf } from '../platform/hash.ts';
import { type Saying, words } from './words.ts';

/** Where a sign-in begins; `to`: the page that was asked for. */
export const BEGIN = '/sign-in/begin';

const STYLE = `:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}
body{display:grid;place-content:center;min-height:100vh;margin:0;padding:0 1.5rem;box-sizing:border-box}
main{max-width:32rem}p{margin:0 0 1rem}p[lang=fr]{opacity:.75}
a{display:inline-block;padding:.6rem 1.2rem;border-radius:.4rem;background:#1f5fa8;color:#fff;text-decoration:none}`;

/**
 * CloudFront answers the address that was asked for with this page: only its script knows which it was. Who has just
 * signed in reads that it does not help instead of being sent round again.
 */
const SEND_ON = `const begin='${BEGIN}?to='+encodeURIComponent(location.pathname+location.search+location.hash);
if(location.pathname.startsWith('/sign-in/')){}
else if(/(^|; )vigie-signed-in=1/.test(document.cookie))for(const p of document.querySelectorAll('[data-circle]'))p.textContent=p.dataset.circle;
else location.replace(begin);
if(!location.pathname.startsWith('/sign-in/'))for(const a of document.querySelectorAll('a'))a.href=begin;`;

/** As the report's own pages have it: nothing is loaded, and no script runs but this one. */
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src '${integrityOf(SEND_ON)}'; base-uri 'none'; form-action 'none'`;

/** A page of one sentence, in every language, and the way on. */
export function sayingPage(saying: Saying): string {
  const asks = saying === 'needed';
  const sentences = Object.entries(words).map(
    ([tag, said]) => `<p lang="${tag}"${asks ? ` data-circle="${said.circle}"` : ''}>${said[saying]}</p>`,
  );
  const way = saying === 'missing' ? (['/', 'toAllDays'] as const) : ([BEGIN, 'signIn'] as const);
  const label = `${words.en[way[1]]} · ${words.fr[way[1]]}`;
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>Vigie</title><style>${STYLE}</style>
<main>${sentences.join('\n')}<p><a href="${way[0]}">${label}</a></p></main>${asks ? `\n<script>${SEND_ON}</script>` : ''}
</html>
`;
}
