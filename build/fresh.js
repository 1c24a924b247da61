// In a clone the command is built when it is called and a source has changed since the last build: nobody has to think
// of it, and what runs is what is written.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build, root } from './build.js';

/** Folders of a clone that hold no source of the command. A new folder counts as one until it is named here. */
const OTHERS = [
  'bench',
  'cdk.out',
  'coverage',
  'dist',
  'docs',
  'examples',
  'node_modules',
  'sql',
  'test',
  'tmp',
];
const BUILDS = join(root, 'node_modules', '.cache', 'vigie');
/** A build of before may be at work still, and load a part of it any moment. */
const KEPT_MS = 24 * 3_600_000;

/** The folder with a build of the sources as they are now; made where there is none yet. */
export async function freshBuild() {
  const wanted = join(BUILDS, fingerprint());
  if (existsSync(wanted)) return wanted;
  const making = `${wanted}.${process.pid}`;
  try {
    await build(making);
    moveTo(making, wanted);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  removeOld();
  return wanted;
}

/** Changes with every file that comes, goes, grows, shrinks or is written: names, sizes and times, not contents. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const path of ['package.json', ...sources()]) {
    const { size, mtimeMs, ctimeMs } = statSync(join(root, path));
    hash.update(`${path} ${size} ${mtimeMs} ${ctimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

const sources = () =>
  readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !OTHERS.includes(entry.name))
    .flatMap(({ name: folder }) =>
      readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name)),
    )
    .filter((path) => /\.(ts|tsx|js|json)$/.test(path))
    .sort();

/** Two commands may build the same at once: the first one's build stands. */
function moveTo(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

function removeOld() {
  for (const name of readdirSync(BUILDS)) {
    const folder = join(BUILDS, name);
    if (Date.now() - statSync(folder, { throwIfNoEntry: false })?.mtimeMs > KEPT_MS)
      rmSync(folder, { recursive: true, force: true });
  }
}
