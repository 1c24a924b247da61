import { setTimeout as wait } from 'node:timers/promises';
import type { Answering, Reply } from './server.ts';

/** After so many milliseconds a reader is told that the answer is on its way. */
const PATIENCE = 1500;
/** So long an answer is kept for who asked for it, and may have left. */
const KEPT = 60_000;

interface Work {
  readonly answer: Promise<Reply>;
  readonly begunAt: number;
}

/**
 * A page whose answer takes longer than a reader waits is one that says so, for how long already, and asks again by itself until
 * the answer is there; it is worked out once. A file that is saved is waited for.
 */
export function patiently(answer: Answering, patience = PATIENCE): Answering {
  const works = new Map<string, Work>();
  return async (path, query) => {
    if (/\/figures\.(csv|xlsx)$/.test(path)) return answer(path, query);
    const address = `${path}?${query}`;
    const work = works.get(address) ?? begin(works, address, answer(path, query));
    const reply = await Promise.race([work.answer, wait(patience, null, { ref: false })]);
    if (reply === null) return waitingPage(Math.round((performance.now() - work.begunAt) / 1000));
    if (works.get(address) === work) works.delete(address);
    return reply;
  };
}

function begin(works: Map<string, Work>, address: string, answer: Promise<Reply>): Work {
  const work = { answer, begunAt: performance.now() };
  works.set(address, work);
  const forget = (): void => {
    if (works.get(address) === work) works.delete(address);
  };
  // What failed is told to whoever waits for it; nobody may.
  answer.then(() => setTimeout(forget, KEPT).unref(), forget);
  return work;
}

/** In both languages, since whose it is the page that comes knows. */
const waitingPage = (seconds: number): Reply => ({
  status: 200,
  type: 'text/html',
  body: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="1"><meta name="color-scheme" content="light dark"><title>Counting – Vigie</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:15vh auto;padding:0 1.25rem}
h1{font:500 28px/1.2 Georgia,serif}i{display:block;height:3px;border-radius:2px;background:currentColor;transform-origin:left;animation:w 1.6s ease-in-out infinite}
@keyframes w{0%{transform:scaleX(0)}60%{transform:scaleX(1)}100%{transform:scaleX(1);opacity:0}}
@media (prefers-reduced-motion:reduce){i{animation:none}}</style></head>
<body><main role="status"><h1>Counting… ${seconds} s</h1><i></i>
<p>Many rows are read for this. The page comes by itself; back leaves it.</p>
<p lang="fr">Beaucoup de lignes sont lues. La page vient d’elle-même ; le retour la quitte.</p></main></body></html>
`,
});
