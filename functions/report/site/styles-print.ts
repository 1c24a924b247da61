/** On paper: light, everything open, no controls, nothing torn in two. */
export const printStyles = `
@media print {
  :root, :root[data-theme] { color-scheme: light; --paper: #fff; }
  @page { margin: 16mm 14mm; }
  body { font-size: 9.5pt; }
  nav, .switches, .skip, summary, button.csv, .cross, .tip { display: none !important; }
  .edition { display: block; padding: 0; max-width: none; }
  main { padding: 0; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  .figure, .card, .trend, tr, .breakdown table, .notice, .alerts li, dl { break-inside: avoid; }
  h2, figcaption, thead, caption { break-after: avoid; }
  .breakdowns { columns: 2; column-gap: 8mm; }
  .breakdown { font-size: 7.5pt; padding-bottom: 5mm; }
  .breakdown thead th, .sub { font-size: 7pt; }
  .breakdown .change::before { display: none; }
  .breakdown th, .breakdown td { padding-left: 4px; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { text-decoration: none; }
}
`;
