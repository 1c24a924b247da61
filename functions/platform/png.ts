import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

/**
 * An SVG without text as PNG, at `zoom` times its size. Drawn by resvg as WebAssembly: the same bytes on every machine,
 * and nothing native to choose for Lambda's processor (docs/decisions/0016).
 */
export async function pngOf(svg: string, zoom: number): Promise<Uint8Array> {
  ready ??= readFile(moduleFile()).then(initWasm);
  await ready;
  const renderer = new Resvg(svg, { fitTo: { mode: 'zoom', value: zoom }, font: { loadSystemFonts: false } });
  try {
    const image = renderer.render();
    const png = image.asPng();
    image.free();
    return png;
  } finally {
    renderer.free();
  }
}

/** Compiled once in a process, with the first picture. */
let ready: Promise<void> | undefined;

/** Beside a bundle, else in its package. */
function moduleFile(): string {
  const beside = fileURLToPath(new URL('./resvg.wasm', import.meta.url));
  if (existsSync(beside)) return beside;
  return createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm');
}
