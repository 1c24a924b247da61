/**
 * What the page does beside being read: switches language and appearance, filters by name, opens everything for
 * paper. Without it the page shows all of its first language. A constant: no data is ever put into it.
 */
export const script = `(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const editions = all('[data-edition]');
  const shown = () => editions.find((edition) => !edition.hidden);
  const plain = (text) => text.normalize('NFD').replace(/[\\u0300-\\u036f]/g, '').toLowerCase();

  function place() {
    const limit = innerHeight / 3;
    return all('article:not([hidden])', shown()).findLast((article) => article.getBoundingClientRect().top < limit)?.dataset.kpi;
  }
  function showLanguage(language) {
    const kpi = place();
    for (const edition of editions) edition.hidden = edition.dataset.edition !== language;
    document.documentElement.lang = language;
    all('article', shown()).find((article) => article.dataset.kpi === kpi)?.scrollIntoView();
  }
  for (const button of all('[data-language]')) {
    button.addEventListener('click', () => {
      showLanguage(button.dataset.language);
      all('[data-language]', shown()).find((other) => other.dataset.language === button.dataset.language).focus({ preventScroll: true });
    });
  }
  const switches = all('[data-theme-switch]');
  for (const select of switches) {
    select.addEventListener('change', () => {
      document.documentElement.dataset.theme = select.value;
      for (const other of switches) other.value = select.value;
    });
  }
  const fields = all('[data-filter]');
  function filter(text) {
    const wanted = plain(text.trim());
    for (const edition of editions) {
      let found = 0;
      for (const part of all('[data-name]', edition)) {
        part.hidden = !plain(part.dataset.name + ' ' + part.dataset.kpi).includes(wanted);
        if (!part.hidden) found += 1;
      }
      for (const group of all('[data-group]', edition)) group.hidden = all('[data-name]:not([hidden])', group).length === 0;
      edition.querySelector('.no-match').hidden = found > 0;
    }
    for (const field of fields) if (field.value !== text) field.value = text;
  }
  for (const field of fields) {
    field.addEventListener('input', () => filter(field.value));
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') filter('');
      const first = all('article:not([hidden])', shown())[0];
      if (event.key === 'Enter' && first) {
        first.scrollIntoView();
        first.querySelector('h2').focus({ preventScroll: true });
      }
    });
  }
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = all('details:not([open])');
    for (const details of closed) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of closed) details.open = false;
  });
})();`;
