import type { AlertLink } from '../lake/alerts/link.ts';
import { type Pressed, SNOOZE_DAYS, type Standing } from '../lake/alerts/press.ts';
import type { AlertCommand } from '../lake/catalogue/alert.ts';
import { addDays } from '../lake/values/day.ts';
import { formatDate } from '../languages/dates.ts';
import type { Language, LinkWords } from '../languages/language.ts';
import { languageOf, languages } from '../languages/languages.ts';
import { formatValue } from '../languages/numbers.ts';
import { oneLine } from '../languages/one-line.ts';
import { escapeHtml } from '../platform/escape-html.ts';
import { integrityOf } from '../platform/hash.ts';
import { STYLE } from './style.ts';

/** Characters of a note. */
export const MOST_NOTE = 200;

/** Nothing is loaded, nothing runs, the form goes back to where it came from, and nobody frames it. */
export const POLICY = `default-src 'none'; style-src '${integrityOf(STYLE)}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** What a press would do, and the button; nothing is done by showing it. Where the alert is acknowledged already, no button. */
export function askingPage(link: AlertLink, standing: Standing): string {
  const language = languageOf(link.language);
  const { links } = language;
  const { word } = standing;
  const settled = link.kind === 'acknowledge' && word?.kind === 'acknowledge';
  const said = word === null ? [] : [paragraph(wordText(word, language), 'word')];
  const parts = settled ? said : [...said, paragraph(links.would[link.kind]), form(link, standing, language)];
  return page(language, links.asks[link.kind], [alertPart(link, standing, language), ...parts]);
}

/** What came of a press. */
export function pressedPage(link: AlertLink, pressed: Pressed, standing: Standing | undefined): string {
  const language = languageOf(link.language);
  if (pressed.came === 'over') return overPage(link);
  const { links } = language;
  const { command } = pressed;
  const parts = [
    ...(standing ? [alertPart(link, standing, language)] : [heading(link)]),
    paragraph(wordText(command, language), 'word'),
    paragraph(links.counts),
    `<p>${escapeHtml(links.wake)} <code>${escapeHtml(wakeCommand(command))}</code></p>`,
  ];
  return page(language, pressed.came === 'done' ? links.done : links.repeated, parts);
}

/** The alert is over. */
export function overPage(link: AlertLink): string {
  const language = languageOf(link.language);
  return page(language, oneLine(link.name, 200), [paragraph(language.links.over)]);
}

/** A link that is not followed; whose reader's language nobody knows (a foreign link) is told in each. */
export function notPage(why: keyof LinkWords['not'], tag?: string): string {
  const told = tag === undefined ? languages : [languageOf(tag)];
  const sentences = told.map(({ tag: lang, links }) => `<p lang="${lang}">${escapeHtml(links.not[why])}</p>`);
  return page(told[0] as Language, null, sentences);
}

const heading = ({ name }: AlertLink): string => `<h2>${escapeHtml(oneLine(name, 200))}</h2>`;

const paragraph = (text: string, kind?: 'word' | 'soft'): string =>
  `<p${kind === undefined ? '' : ` class="${kind}"`}>${escapeHtml(text)}</p>`;

/** Its name, figure and limit after the newest day judged. */
function alertPart(link: AlertLink, { state, asOf }: Standing, language: Language): string {
  const { links } = language;
  const written = (value: number): string =>
    formatValue(value, link.unit, { language, currency: link.currency });
  const facts: [string, string][] = [
    ...(state.value === null
      ? []
      : [
          [`${links.figure} (${formatDate(asOf, language, 'short')})`, written(state.value)] as [
            string,
            string,
          ],
        ]),
    ...(state.level === null ? [] : [[links.level, written(state.level)] as [string, string]]),
    [links.since, formatDate(link.firedOn, language, 'day')],
  ];
  const rows = facts.map(
    ([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`,
  );
  return `${heading(link)}<dl>${rows.join('')}</dl>`;
}

function form({ kind, by }: AlertLink, { asOf }: Standing, language: Language): string {
  const { links } = language;
  const choices = SNOOZE_DAYS.map((days) => {
    const text = links.until(days, formatDate(addDays(asOf, days), language, 'day'));
    return `<label><input type="radio" name="days" value="${days}"${days === 7 ? ' checked' : ''}> ${escapeHtml(text)}</label>`;
  });
  return `<form method="post">
${kind === 'snooze' ? `<fieldset>${choices.join('\n')}</fieldset>` : ''}
<label class="note">${escapeHtml(links.note)}<input type="text" name="note" maxlength="${MOST_NOTE}" autocomplete="off"></label>
<button>${escapeHtml(links.press[kind])}</button>
${paragraph(links.yet(oneLine(by, 60)), 'soft')}
</form>`;
}

/** `Acknowledged by Anna on 22 November.`, as the weekly review says it. */
function wordText({ kind, by, at, until, note }: AlertCommand, language: Language): string {
  const day = formatDate(at.slice(0, 10), language, 'day');
  const said = language.review.said[kind](oneLine(by, 60), day, until && formatDate(until, language, 'day'));
  return note === null ? said : `${said} “${oneLine(note, MOST_NOTE)}”`;
}

const wakeCommand = ({ rule, member }: AlertCommand): string =>
  `vigie alerts wake ${rule}${member === null ? '' : ` --member '${member.replaceAll("'", "'\\''")}'`}`;

function page(language: Language, title: string | null, parts: readonly string[]): string {
  return `<!doctype html>
<html lang="${language.tag}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"><title>Vigie</title><style>${STYLE}</style></head>
<body><main>${title === null ? '' : `<h1>${escapeHtml(title)}</h1>`}
${parts.join('\n')}
</main></body></html>
`;
}
