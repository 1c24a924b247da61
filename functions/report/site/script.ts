import { chartScript } from './script-charts.ts';
import { findScript } from './script-find.ts';
import { tableScript } from './script-tables.ts';

/**
 * What a page does beside being read: chooses language and appearance, goes to a member's line,
 * sends on from the calendar to a day, opens everything for paper. Without it the page shows all of its first language. A
 * constant: no data is ever put into it.
 */
const pageScript = `
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const editions = all('[data-edition]');
  const shown = () => editions.find((edition) => !edition.hidden);
  const plain = (text) => text.normalize('NFD').replace(/[\\u0300-\\u036f]/g, '').toLowerCase();
  const decoded = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
  const query = new URLSearchParams(location.search);
  // A browser may keep nothing for a file: then the choice lasts for the page.
  const keep = (name, value) => { try { localStorage.setItem('vigie-' + name, value); } catch {} };
  const kept = (name) => { try { return localStorage.getItem('vigie-' + name); } catch { return null; } };
  const has = (language) => editions.some((edition) => edition.dataset.edition === language);

  function showLanguage(language) {
    for (const edition of editions) edition.hidden = edition.dataset.edition !== language;
    document.documentElement.lang = language;
    document.title = shown().dataset.title;
  }
  const asked = [query.get('lang'), location.hash.slice(1)].find(has);
  if (asked) keep('language', asked);
  const wanted = [asked, kept('language'), ...navigator.languages.map((tag) => tag.split('-')[0])].find(has);
  if (wanted) showLanguage(wanted);

  const after = query.get('after');
  const days = document.body.dataset.days?.split(' ') ?? [];
  const next = days.findLast((day) => day > after);
  const page = query.get('kpi');
  const kpis = document.body.dataset.kpis?.split(' ') ?? [];
  const latest = page && !after ? days[0] : undefined;
  if ((after && next) || latest)
    location.replace((latest ?? next) + '/' + (kpis.includes(page) ? page + '/' : '') + 'index.html');
  else if (after && days.length > 0) for (const note of all('.no-next')) note.hidden = false;

  for (const link of all('[data-language]')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      keep('language', link.dataset.language);
      showLanguage(link.dataset.language);
      all('[data-language]', shown()).find((other) => other.dataset.language === link.dataset.language).focus();
    });
  }
  const switches = all('[data-theme-switch]');
  function showTheme(theme) {
    document.documentElement.dataset.theme = theme;
    for (const other of switches) other.value = theme;
  }
  if (kept('theme')) showTheme(kept('theme'));
  for (const select of switches) {
    select.addEventListener('change', () => {
      keep('theme', select.value);
      showTheme(select.value);
    });
  }

  function goTo() {
    const [name, value] = [...query].find(([key]) => !['lang', 'after', 'kpi', 'find'].includes(key)) ?? [];
    const place = location.hash ? decoded(location.hash.slice(1)) : name ? name + '=' + value : '';
    if (place === '' || has(place)) return;
    const target = all('[id]', shown()).find(({ id }) => decoded(id) === shown().dataset.prefix + place);
    if (!target) return;
    for (let outer = target.closest('details'); outer; outer = outer.parentElement.closest('details')) outer.open = true;
    for (const other of all('.at')) other.classList.remove('at');
    if (target.matches('tr')) target.classList.add('at');
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: target.matches('tr') ? 'center' : 'start' });
  }
  addEventListener('hashchange', goTo);
  goTo();

  const wide = matchMedia('(min-width: 1080px)');
  const unfold = () => { for (const details of all('[data-contents]')) details.open = wide.matches; };
  wide.addEventListener('change', unfold);
  unfold();
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = all('main details:not([open])');
    for (const details of closed) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of closed) details.open = false;
  });`;

/** The page's only script. Holds no character that HTML would read. */
export const script: string = `(() => {${pageScript}${findScript}${chartScript}${tableScript}
})();`;
