import packageJson from '../../package.json' with { type: 'json' };
import type { Symptom } from './symptom.ts';

/** Whether this Node.js is one that Vigie was made for. */
export function nodeVersion(running: string = process.versions.node): Symptom {
  const least = packageJson.engines.node.replace(/^>=/, '');
  if (isAtLeast(running, least)) return { what: 'Node.js', status: 'ok', finding: running };
  return {
    what: 'Node.js',
    status: 'failed',
    finding: `${running} is too old; it takes ${least} or later`,
    remedy: 'Install a current one from https://nodejs.org, then `npm ci`.',
  };
}

function isAtLeast(version: string, least: string): boolean {
  const [have, want] = [version, least].map((text) => text.split('.').map(Number));
  for (const [index, part] of (want ?? []).entries()) {
    const own = have?.[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}
