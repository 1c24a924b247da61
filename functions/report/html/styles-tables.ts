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
.none { color: var(--faint); }
.change { white-space: nowrap; }
.better { color: var(--good); }
.worse { color: var(--bad); }
.arrow { font-size: 8px; vertical-align: 2px; margin-right: 3px; }

.overview { margin-top: 26px; }
.overview .group th { padding: 16px 0 5px; font-size: 12px; color: var(--soft); border-bottom: 1px solid var(--rule); }
.overview th a { font-weight: 600; text-decoration: none; }
.overview th a:hover { text-decoration: underline; }
.overview tbody tr:not(.group):hover { background: var(--hair); }
.overview .sub { font-size: 12px; }
@media (max-width: 640px) {
  .overview thead { position: absolute; clip-path: inset(50%); height: 1px; overflow: hidden; }
  .overview tbody tr:not(.group) { display: grid; grid-template-columns: repeat(3, 1fr); gap: 3px 10px; padding: 10px 0; border-bottom: 1px solid var(--hair); }
  .overview tbody tr.group, .overview tbody tr.group th { display: block; }
  .overview tbody:not(:first-of-type) tr.group { margin-top: 10px; }
  .overview tbody tr:not(.group) > * { padding: 0; border: 0; }
  .overview tbody th { grid-column: 1 / 3; }
  .overview td.number { text-align: left; }
  .overview td.value { grid-column: 3; text-align: right; font-size: 17px; }
  .overview td.value::before { content: none; }
  .overview td.number::before { content: attr(data-label); display: block; font-size: 11px; color: var(--soft); font-weight: 400; }
  .overview td.line { display: none; }
}

.scroll { overflow-x: auto; margin-bottom: 8px; }
.windows { min-width: 640px; }
.windows .shown > * { background: var(--hair); }
.windows tbody th { white-space: nowrap; padding-left: 8px; }
.windows thead th:first-child { padding-left: 8px; }
.windows td:last-child, .windows thead th:last-child { padding-right: 8px; }

.breakdowns { display: grid; gap: 24px 44px; margin-top: 22px; }
@media (min-width: 820px) { .breakdowns { grid-template-columns: 1fr 1fr; } }
.breakdown { min-width: 0; font-size: 14px; }
.breakdown table { table-layout: fixed; }
.breakdown caption { text-align: left; font-weight: 600; padding-bottom: 4px; }
.breakdown th, .breakdown td { padding-top: 4px; padding-bottom: 4px; padding-left: 8px; }
.breakdown tbody th { padding-left: 0; overflow-wrap: anywhere; }
.breakdown thead th { white-space: normal; line-height: 1.25; }
.breakdown .bar { background: linear-gradient(var(--faint), var(--faint)) no-repeat left bottom; }
col.amount { width: 19%; } col.part { width: 15%; } col.delta { width: 18%; }
@media (max-width: 420px) { .breakdown { font-size: 13px; } col.amount { width: 22%; } col.part { width: 17%; } col.delta { width: 19%; } }
`;
