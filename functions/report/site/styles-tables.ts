/** Tables: the overview, the windows, the members of a dimension. */
export const tableStyles = `
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 400; }
thead th { font-size: 12px; color: var(--soft); padding: 0 0 6px 14px; vertical-align: bottom; border-bottom: 1px solid var(--rule); white-space: nowrap; }
thead th:first-child { padding-left: 0; }
tbody th, td { padding: 6px 0 6px 14px; vertical-align: top; border-bottom: 1px solid var(--hair); }
tbody th { padding-left: 0; }
.number { text-align: right; }
td.number { white-space: nowrap; }
td.value { font-weight: 600; }
th.line { text-align: right; }
td.line { width: 124px; }
.none { color: var(--soft); }
.change { white-space: nowrap; }
.better { color: var(--good); }
.worse { color: var(--bad); }
.rise::before, .fall::before { content: '▲' / ''; font-size: 8px; vertical-align: 2px; margin-right: 3px; }
.fall::before { content: '▼' / ''; }

.overview { margin-top: 26px; }
.overview .group th { padding: 16px 0 5px; font-size: 12px; color: var(--soft); border-bottom: 1px solid var(--rule); }
.overview th a { font-weight: 600; text-decoration: none; }
.overview th a:hover { text-decoration: underline; }
.overview tbody tr:not(.group):hover { background: var(--hair); }
.overview .sub { font-size: 12px; }
/* On a phone each line is a small grid, its columns named inside it. */
@media (max-width: 640px) {
  .stacked { display: block; }
  .stacked thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .stacked tbody { display: block; }
  .stacked tbody tr { display: grid; grid-template-columns: repeat(3, 1fr); gap: 4px 10px; padding: 10px 0; border-bottom: 1px solid var(--hair); }
  .stacked tbody tr.group { display: block; padding: 0; border: 0; }
  .stacked tbody tr.group th { display: block; }
  .stacked tbody tr:not(.group) > * { padding: 0; border: 0; }
  .stacked tbody th { grid-column: 1 / 3; }
  .stacked td.number { text-align: left; }
  .stacked td:nth-child(3) { --name: var(--c3); }
  .stacked td:nth-child(4) { --name: var(--c4); }
  .stacked td:nth-child(5) { --name: var(--c5); }
  .stacked td.number::before { content: var(--name); display: block; font-size: 11px; line-height: 1.3; color: var(--soft); font-weight: 400; }
  .stacked td.value { grid-column: 3; text-align: right; font-size: 16px; }
  .stacked td.value::before { content: none; }
  .stacked td.line { display: none; }
}

.calendar { margin-top: 26px; }
.months { display: grid; grid-template-columns: repeat(auto-fill, minmax(230px, 1fr)); gap: 26px 32px; }
.month { table-layout: fixed; height: fit-content; font-size: 13px; }
.month caption { text-align: left; font-weight: 600; padding-bottom: 4px; }
.month td { padding: 0; border: 0; text-align: center; }
.day { display: block; position: relative; padding: 7px 0; color: var(--soft); border-radius: 4px; }
a.day { color: var(--ink); text-decoration: none; background: var(--hair); box-shadow: 0 0 0 1px var(--paper); }
a.day:hover { text-decoration: underline; }
a.day[aria-current] { font-weight: 700; box-shadow: inset 0 0 0 1.5px var(--ink); }
.day i { position: absolute; top: 1px; right: 3px; font-size: 10px; font-style: normal; line-height: 1.2; color: var(--alert); }
.spans li { display: flex; flex-wrap: wrap; gap: 0 16px; padding: 4px 0; border-bottom: 1px solid var(--hair); font-size: 14px; }
.spans .when { flex: 0 0 190px; color: var(--soft); }
.list { margin-top: 40px; }
.list h2 { font: 600 13px/1.4 var(--sans); letter-spacing: 0.06em; text-transform: uppercase; color: var(--soft); margin-bottom: 8px; }
.list table { margin-top: 12px; font-size: 14px; }
.list tbody td:first-child { padding-left: 0; font-weight: 600; }
.list tbody tr:first-child td { border-bottom: 0; padding-bottom: 0; }
.list tr:not(.why) td { white-space: nowrap; }
.list .why td:first-child { font-weight: 400; padding-top: 2px; padding-bottom: 8px; font-size: 13px; }
.list .why ul { display: flex; flex-wrap: wrap; gap: 1px 16px; }
.scroll { overflow-x: auto; }
@media (max-width: 640px) {
  .list table, .list tbody { display: block; }
  .list thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .list tbody tr { display: flex; flex-wrap: wrap; gap: 0 12px; }
  .list tbody tr:not(.why) td { padding: 8px 0 0; white-space: normal; }
}

.every-window { margin-top: 26px; }
.windows { margin: 4px 0 8px; }
.windows tbody th { white-space: nowrap; }
.windows .sub { white-space: normal; max-width: 190px; margin-left: auto; }
@media (max-width: 640px) { .windows .sub { margin-left: 0; } .windows td.value .sub { margin-left: auto; } }
.windows tbody th::first-letter { text-transform: uppercase; }
.windows .shown > * { background: var(--hair); }
@media (min-width: 641px) {
  .windows tbody th, .windows thead th:first-child { padding-left: 8px; }
  .windows td:last-child, .windows thead th:last-child { padding-right: 8px; }
}
@media (max-width: 640px) {
  .windows .shown { background: var(--hair); margin: 0 -10px; padding: 10px; }
}

.breakdowns { columns: 2 380px; column-gap: 44px; margin-top: 22px; }
.breakdown { break-inside: avoid; font-size: 14px; padding-bottom: 22px; }
.breakdown table { table-layout: fixed; }
.breakdown caption { text-align: left; font-weight: 600; padding-bottom: 4px; }
.breakdown th, .breakdown td { padding-top: 4px; padding-bottom: 4px; padding-left: 8px; }
.breakdown tbody th { padding-left: 0; overflow-wrap: anywhere; }
.breakdown thead th { white-space: normal; line-height: 1.25; }
.breakdown .bar { background: linear-gradient(var(--faint), var(--faint)) no-repeat left bottom; }
col.amount { width: 19%; } col.part { width: 15%; } col.delta { width: 18%; }
@media (max-width: 420px) { .breakdown { font-size: 13px; } col.amount { width: 22%; } col.part { width: 17%; } col.delta { width: 19%; } }
`;
