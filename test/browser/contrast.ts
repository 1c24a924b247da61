import type { Page } from 'playwright-core';

export interface Faint {
  readonly text: string;
  readonly ratio: number;
  readonly colours: string;
}

/**
 * Visible texts whose contrast is below `least`: ratio of relative luminances as WCAG 2.2 defines it (1.4.3), on the
 * ground that is painted under the text by its nearest ancestors. One text for each pair of colours.
 */
export const faintTexts = (page: Page, least = 4.5): Promise<Faint[]> =>
  page.evaluate(`(${finder})(${least})`);

/** Runs in the page. */
const finder = `(least) => {
  const ink = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const read = (css) => {
    ink.clearRect(0, 0, 1, 1);
    ink.fillStyle = css;
    ink.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = ink.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, ground) => [0, 1, 2].map((i) => top[i] * top[3] + ground[i] * (1 - top[3])).concat(1);
  const part = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const paper = matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18, 1] : [255, 255, 255, 1];
  const groundOf = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      layers.push(read(getComputedStyle(each).backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reduceRight((ground, layer) => over(layer, ground), paper);
  };
  const found = new Map();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const text = texts.currentNode.textContent.trim();
    if (text === '' || element.closest('script, style, .sr')) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const style = getComputedStyle(element);
    const ground = groundOf(element);
    const colour = over(read(element.closest('svg') ? style.fill : style.color), ground);
    const [dark, light] = [luminance(colour), luminance(ground)].sort((a, b) => a - b);
    const ratio = (light + 0.05) / (dark + 0.05);
    const said = (it) => it.slice(0, 3).map(Math.round).join(' ');
    const colours = said(colour) + ' on ' + said(ground);
    if (ratio < least) found.set(colours, { text: text.slice(0, 40), ratio: Math.round(ratio * 100) / 100, colours });
  }
  return [...found.values()];
}`;
