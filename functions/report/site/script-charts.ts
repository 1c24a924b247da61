/**
 * Charts tell the figures of a day: under the pointer, under a finger that moves along, and with the arrow keys, as a slider
 * whose value is read out.
 */
export const chartScript = `
  const numbers = (text) => text.split(',').map((part) => (part === '' ? null : Number(part)));
  function formatOf(unit, locale) {
    const digits = (value) => unit === 'percent' ? 1 : unit === 'ratio' ? 2
      : unit === 'currency' ? (Math.abs(value) < 1000 ? 2 : 0) : Number.isInteger(value) || Math.abs(value) >= 1000 ? 0 : 1;
    const style = unit === 'percent' ? { style: 'percent' }
      : unit === 'currency' ? { style: 'currency', currency: document.body.dataset.currency, currencyDisplay: 'narrowSymbol' } : {};
    return (value) => new Intl.NumberFormat(locale, { ...style, minimumFractionDigits: digits(value), maximumFractionDigits: digits(value) }).format(value);
  }
  for (const figure of all('[data-chart]')) {
    const [first, unit, ...series] = document.querySelector('[data-points=' + figure.dataset.chart + ']').value.split('|');
    const [values, lastYear, targets] = series.map(numbers);
    const last = values.findLastIndex((value) => value !== null);
    const locale = figure.closest('[data-locale]').dataset.locale;
    const shownAs = formatOf(unit, locale);
    const dates = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
    const named = (key) => figure.querySelector('.key.' + key)?.textContent;
    const noted = all('[data-event][data-from]', figure.closest('[data-edition]') ?? document);
    const day0 = Date.parse(first);
    const within = (day) => ({ dataset }) => Date.parse(dataset.from) <= day0 + day * 864e5 && Date.parse(dataset.to) >= day0 + day * 864e5;
    const happened = (day) => noted.filter(within(day)).map(({ dataset }) => dataset.event);
    const lines = (day) => [
      [named('current'), values[day]], [named('last-year'), lastYear[day]], [named('target'), targets[day]],
    ].filter(([name, value]) => name && value !== null).map(([name, value]) => [name, shownAs(value)]);
    const plot = figure.querySelector('.plot');
    const cross = plot.appendChild(Object.assign(document.createElement('div'), { className: 'cross', hidden: true }));
    const tip = plot.appendChild(Object.assign(document.createElement('div'), { className: 'tip', hidden: true }));
    plot.tabIndex = 0;
    plot.role = 'slider';
    plot.ariaValueMin = '0';
    plot.ariaValueMax = String(last);
    let place = last;
    const name = (day) => dates.format(Date.parse(first) + day * 864e5);
    function say(day) {
      place = Math.min(Math.max(day, 0), last);
      plot.ariaValueNow = String(place);
      plot.ariaValueText = [name(place), ...lines(place).map((line) => line.join(' ')), ...happened(place)].join(', ');
    }
    function show(day) {
      say(day);
      const drawn = all('svg', plot).find((svg) => svg.getClientRects().length > 0);
      const [from, to] = drawn.dataset.ends.split(' ').map(Number);
      const part = from + (to - from) * (place / Math.max(1, values.length - 1));
      const heading = Object.assign(document.createElement('strong'), { textContent: name(place) });
      const rows = lines(place).map(([label, value]) => {
        const row = document.createElement('span');
        row.append(label, Object.assign(document.createElement('b'), { textContent: value }));
        return row;
      });
      const events = happened(place).map((textContent) => Object.assign(document.createElement('em'), { textContent }));
      tip.replaceChildren(heading, ...rows, ...events);
      cross.hidden = tip.hidden = false;
      cross.style.left = part * 100 + '%';
      const room = plot.clientWidth;
      tip.style.left = Math.min(Math.max(part * room - tip.offsetWidth / 2, 0), room - tip.offsetWidth) + 'px';
    }
    const hide = () => { cross.hidden = tip.hidden = true; };
    const under = (event) => {
      const drawn = all('svg', plot).find((svg) => svg.getClientRects().length > 0);
      const box = drawn.getBoundingClientRect();
      const [from, to] = drawn.dataset.ends.split(' ').map(Number);
      show(Math.round((((event.clientX - box.left) / box.width - from) / (to - from)) * Math.max(1, values.length - 1)));
    };
    say(last);
    plot.addEventListener('pointermove', under);
    plot.addEventListener('pointerdown', under);
    plot.addEventListener('pointerleave', (event) => { if (event.pointerType === 'mouse') hide(); });
    plot.addEventListener('focus', () => show(place));
    plot.addEventListener('blur', hide);
    plot.addEventListener('keydown', (event) => {
      const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, PageUp: -28, PageDown: 28, Home: -place, End: last - place };
      if (event.key === 'Escape') hide();
      if (!Object.hasOwn(steps, event.key)) return;
      event.preventDefault();
      show(place + steps[event.key]);
    });
  }`;
