/** Beside each table a button that saves it for a spreadsheet: values as they are recorded, not as they are shown. */
export const tableScript = `
  const cellOf = (cell) => cell.dataset.v ?? (cell.querySelector('.none') ? '' : (cell.querySelector('a') ?? cell).textContent.trim());
  // What a spreadsheet would take for a formula begins with an apostrophe; a number is none.
  const csvCell = (text) => {
    const defused = /^[=+\\-@\\t\\r]/.test(text) && Number.isNaN(Number(text)) ? "'" + text : text;
    return /[",\\n\\r]|^\\s|\\s$|^'/.test(defused) ? '"' + defused.replaceAll('"', '""') + '"' : defused;
  };
  for (const part of all('[data-csv]')) {
    const language = part.closest('[data-edition]').dataset.edition;
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'csv', textContent: 'CSV' });
    button.ariaLabel = part.dataset.csvLabel;
    button.addEventListener('click', () => {
      const rows = all('tr:not(.group)', part).map((row) => [...row.cells].filter((cell) => !cell.matches('.line')).map((cell) => csvCell(cellOf(cell))).join(','));
      const url = URL.createObjectURL(new Blob(['\\ufeff' + rows.join('\\r\\n') + '\\r\\n'], { type: 'text/csv' }));
      const link = Object.assign(document.createElement('a'), { href: url, download: part.dataset.csv + '-' + language + '.csv' });
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 1000);
    });
    part.append(button);
  }`;
