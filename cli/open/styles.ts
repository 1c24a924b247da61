/** What the app has beside the report's pages: the question, tables that are crossed, rows. Holds no character that HTML would read. */
export const askStyles = `
.masthead:has(.tabs) { padding-bottom: 6px; }
.days span { padding: 3px 0; }
.tabs ul { display: flex; gap: 2px 22px; overflow-x: auto; scrollbar-width: none; white-space: nowrap; border-bottom: 1px solid var(--rule); margin-top: 14px; }
.tabs a { display: block; padding: 9px 0 8px; text-decoration: none; color: var(--soft); }
.tabs a:hover { color: var(--ink); }
.tabs a[aria-current] { color: var(--ink); font-weight: 600; box-shadow: inset 0 -2px var(--ink); }
.ask { display: grid; gap: 4px; padding: 12px 0 0; font-size: 13px; }
.ask summary { padding-top: 6px; }
.ask .row { display: grid; grid-template-columns: 116px minmax(0, 1fr); gap: 8px; align-items: baseline; }
.ask .name { color: var(--soft); }
.ask ul { display: flex; flex-wrap: wrap; gap: 3px 4px; }
.ask li a { display: block; padding: 3px 9px; border: 1px solid transparent; border-radius: 999px; text-decoration: none; color: var(--soft); }
.ask li a:hover { color: var(--ink); border-color: var(--rule); }
.ask li a[aria-current] { color: var(--ink); font-weight: 600; background: var(--card); border-color: var(--faint); }
.ask li a.chosen { color: var(--ink); background: var(--caution-ground); border-color: var(--rule); overflow-wrap: anywhere; }
.ask form { display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: end; padding-top: 8px; }
.ask label span { display: block; color: var(--soft); font-size: 12px; margin-bottom: 2px; }
.ask label.wide-field { display: block; flex: 1 1 220px; max-width: 340px; }
.ask label input { width: 100%; min-height: 32px; }
.ask button { min-height: 32px; padding: 5px 16px; cursor: pointer; border-color: var(--soft); font-weight: 600; }
@media (max-width: 640px) {
  .ask .row { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .ask .name { font-size: 12px; }
  .ask ul { flex-wrap: nowrap; overflow-x: auto; scrollbar-width: none; margin-right: -20px; padding: 2px 20px 2px 2px; white-space: nowrap; }
  .ask li a { padding: 5px 10px; }
  .ask label { flex: 1 1 130px; }
  .ask button { flex: 1 1 100%; min-height: 40px; }
}
.source { display: flex; flex-wrap: wrap; gap: 4px 20px; justify-content: space-between; padding: 10px 0 0; font-size: 13px; color: var(--soft); }
.source p { flex: 1 1 320px; }
.source .ways { display: flex; flex-wrap: wrap; gap: 4px 18px; }
.restated { border-left: 3px solid var(--caution); background: var(--caution-ground); padding: 9px 13px; margin-top: 12px; font-size: 14px; }
.answer { margin-top: 22px; }
.answer h2, .why h2 { font: 600 13px/1.4 var(--sans); letter-spacing: 0.06em; text-transform: uppercase; color: var(--soft); margin-bottom: 8px; }
/* What is hidden from eyes lies within what scrolls, and makes no page wider. */
.scroll { position: relative; }
.answer .bar { background: linear-gradient(var(--faint), var(--faint)) no-repeat left bottom; }
.answer tbody th { overflow-wrap: anywhere; }
.crossed { font-size: 14px; border-collapse: separate; border-spacing: 0; }
.crossed th, .crossed td { padding: 5px 10px; white-space: nowrap; }
.crossed thead th { white-space: normal; text-align: right; vertical-align: bottom; min-width: 84px; }
.crossed tbody th, .crossed thead th:first-child { position: sticky; left: 0; background: var(--paper); text-align: left; min-width: 130px; max-width: 220px; white-space: normal; padding-left: 0; z-index: 1; }
.crossed td { background: color-mix(in srgb, var(--line) calc(var(--h, 0) * 1%), transparent); }
.crossed .total { font-weight: 600; }
.crossed td .sub { color: inherit; }
.crossed .change { font-size: 12px; font-weight: 400; }
@media (max-width: 640px) { .crossed tbody th, .crossed thead th:first-child { min-width: 108px; max-width: 128px; } .crossed th, .crossed td { padding: 5px 7px; } }
.why section { margin-top: 26px; }
.why table { font-size: 14px; }
.why table, .answer .members { max-width: 860px; }
.why .way { width: 22%; min-width: 90px; padding-left: 14px; }
.why .way i { display: block; height: 9px; margin-top: 6px; background: var(--line); opacity: 0.75; border-radius: 1px; }
.why .way i.down { background: var(--faint); opacity: 1; }
@media (max-width: 640px) { .why .way, .suspects > * > tr > :nth-child(2) { display: none; } .why tbody th { overflow-wrap: anywhere; } .why td.number { white-space: normal; } .why table, .answer .members { font-size: 13px; } .answer td, .why td, .why thead th, .answer thead th { padding-left: 8px; } .answer thead th, .why thead th { white-space: normal; } }
.answer thead th:first-child, .why thead th:first-child { padding-left: 0; }
@media (max-width: 640px) { .members > * > tr > :nth-child(3) { display: none; } }
.lines { font-size: 13px; }
.lines th, .lines td { white-space: nowrap; padding: 4px 14px 4px 0; }
.lines td { max-width: 340px; overflow: hidden; text-overflow: ellipsis; }
.lines thead th { padding-bottom: 5px; }
.pages { display: flex; gap: 20px; padding: 12px 0; font-size: 14px; }
section.sql { overflow-x: auto; background: var(--card); border: 1px solid var(--rule); border-radius: 6px; padding: 14px 16px; font: 12px/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; margin: 16px 0 0; }
.sql pre { margin: 0; font: inherit; width: max-content; }
@media print { .tabs, .ask, .source .ways, .pages { display: none; } }
`;
