import { LABEL_SEPARATOR } from './trend.ts';

/** What ECharts writes for its own use in a browser: hover rules, event facts, a ground without colour. */
const NOISE = [
  /<style[^>]*>[\s\S]*?<\/style>/g,
  /<rect width="[\d.]+" height="[\d.]+" x="0" y="0" fill="none"><\/rect>/g,
  / (?:ecmeta_\w+|class|pointer-events)="[^"]*"/g,
  / (?:xmlns(?::xlink)?|version|baseProfile)="[^"]*"/g,
  / stroke-linecap="round" stroke-linejoin="round"/g,
  /<\/?svg[^>]*>/g,
  /\n/g,
];
const TEXT = /<text[^>]*>[^<]*<\/text>/g;
/** Said once, by the style sheet. */
const TEXT_NOISE = / (?:style|fill|dominant-baseline)="[^"]*"/g;

/** A chart in two parts: what is the same in every language, and its labels. */
export interface Drawing {
  readonly shapes: string;
  /** The labels in one of the languages that `LABEL_SEPARATOR` parts. */
  labels(language: number): string;
}

/**
 * An SVG of ECharts for the inside of an HTML page: without noise, and with ids that begin with `id` instead of a
 * count of the charts drawn so far, so that the same data gives the same bytes and two charts never share an id.
 */
export function inlineSvg(svg: string, id: string): Drawing {
  const quiet = NOISE.reduce((text, noise) => text.replace(noise, ''), svg).replace(/\bzr\d+-/g, `${id}-`);
  const texts = (quiet.match(TEXT) ?? []).map((text) => text.replace(TEXT_NOISE, ''));
  return {
    shapes: quiet.replace(TEXT, ''),
    labels: (language) => texts.map((text) => inLanguage(text, language)).join(''),
  };
}

const inLanguage = (text: string, language: number): string =>
  text.replace(/>([^<]*)</, (_, label: string) => `>${label.split(LABEL_SEPARATOR)[language] ?? label}<`);
