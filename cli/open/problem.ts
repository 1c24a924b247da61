import type { VigieError } from '../../functions/platform/errors.ts';
import { escapeHtml } from '../../functions/platform/escape-html.ts';
import type { Reply } from './server.ts';

const STATUS: Readonly<Record<string, number>> = {
  NOT_FOUND: 404,
  KPI_UNKNOWN: 404,
  NO_FIGURES: 404,
  USAGE: 400,
  WINDOW_UNKNOWN: 400,
  DIMENSION_UNKNOWN: 400,
  TABLE_UNKNOWN: 400,
  CUT_IMPOSSIBLE: 400,
  NOT_KEPT: 400,
};

/** What is wrong with a question, and how it may be asked. */
export function problemPage({ message, hint, code }: VigieError, path: string): Reply {
  const [, day = '', kpi = ''] = path.split('/');
  const back = /^\d{4}-\d{2}-\d{2}$/.test(day) && /^[a-z0-9_]+$/.test(kpi) ? `/${day}/${kpi}` : '/';
  const body = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Not answered – Vigie</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:12vh auto;padding:0 1.25rem;overflow-wrap:anywhere}a{color:inherit}code{opacity:.75}</style></head>
<body><main><h1>This cannot be answered</h1><p>${escapeHtml(message)}</p>${hint === undefined ? '' : `<p>${escapeHtml(hint)}</p>`}
<p><a href="${back}">${back === '/' ? 'All days' : 'Back to the figure'}</a> <code>${escapeHtml(code)}</code></p></main></body></html>
`;
  return { status: STATUS[code] ?? 500, type: 'text/html', body };
}
