/** What ECharts writes for its own use in a browser: hover rules, event facts, a ground without colour. */
const NOISE = [
  /<style[^>]*>[\s\S]*?<\/style>/g,
  /<rect width="[\d.]+" height="[\d.]+" x="0" y="0" fill="none"><\/rect>/g,
  / (?:ecmeta_\w+|class|pointer-events)="[^"]*"/g,
  / (?:xmlns(?::xlink)?|version|baseProfile)="[^"]*"/g,
  /\n/g,
];

/**
 * An SVG of ECharts as it stands inside an HTML page: without noise, and with ids that begin with `id` instead of a
 * count of the charts drawn so far, so that the same data gives the same bytes and two charts never share an id.
 */
export function inlineSvg(svg: string, id: string): string {
  const quiet = NOISE.reduce((text, noise) => text.replace(noise, ''), svg);
  return quiet.replace(/\bzr\d+-/g, `${id}-`);
}
