/** Finds figures by a part of their names, on the day's page members, too; a KPI's page leads there. */
export const findScript = `
  const FOUND = 12;
  const fields = all('[data-filter]');
  const indexes = new Map(all('[data-members]').map((part) => [part, JSON.parse(part.dataset.members)]));
  const make = (tag, textContent, more) => Object.assign(document.createElement(tag), { textContent, ...more });
  function membersFound(part, wanted) {
    const { kpis, members } = indexes.get(part);
    const hits = wanted.length < 2 ? [] : members.filter(([, name, anchor]) => plain(name + ' ' + decoded(anchor)).includes(wanted));
    const lines = all('section [data-kpi] a', part.closest('nav'));
    part.querySelector('h2').hidden = hits.length === 0;
    part.querySelector('ul').replaceChildren(...hits.slice(0, FOUND).map(([dimension, name, anchor, ...places]) => {
      const item = make('li', '');
      item.append(make('strong', name), make('span', dimension, { className: 'sub' }));
      for (const link of lines.filter((line) => places.some((place) => kpis[place] === line.parentElement.dataset.kpi)))
        item.append(make('a', link.firstChild.textContent, { href: link.getAttribute('href') + '#' + anchor }));
      return item;
    }));
    return hits.length > 0;
  }
  function filter(text) {
    const wanted = plain(text.trim());
    for (const edition of editions) {
      const found = new Set(all('[data-name]', edition)
        .filter(({ dataset }) => plain(dataset.name + ' ' + dataset.kpi).includes(wanted)).map(({ dataset }) => dataset.kpi));
      const members = all('[data-members]', edition).some((part) => membersFound(part, wanted));
      // Whoever looks for a member alone loses no figure of the page.
      const onlyMembers = found.size === 0 && members;
      for (const part of all('[data-kpi]', edition)) part.hidden = !found.has(part.dataset.kpi) && !(onlyMembers && part.closest('main'));
      for (const group of all('[data-group]', edition)) group.hidden = all('[data-kpi]:not([hidden])', group).length === 0;
      for (const part of all('[data-elsewhere]', edition)) {
        part.hidden = wanted === '';
        part.firstChild.search = '?find=' + encodeURIComponent(text.trim());
      }
      edition.querySelector('.no-match').hidden = found.size > 0 || members;
    }
    for (const field of fields) if (field.value !== text) field.value = text;
  }
  for (const field of fields) {
    field.addEventListener('input', () => filter(field.value));
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') filter('');
      const first = all('nav [data-name]:not([hidden]) a, nav [data-found] a, nav [data-elsewhere]:not([hidden]) a', shown());
      const wanted = first.find((link) => link.closest('[data-name]')) ?? first[0];
      if (event.key === 'Enter' && field.value.trim() && wanted) wanted.click();
    });
  }
  const sought = query.get('find');
  if (sought && fields.length > 0) {
    filter(sought);
    for (const details of all('[data-contents]')) details.open = true;
    fields.find((field) => shown().contains(field)).focus();
  }`;
