/** Page, masthead, contents, notices, the frame of a KPI. */
export const layoutStyles = `
*, *::before, *::after { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.45 var(--sans); font-variant-numeric: tabular-nums lining-nums; }
h1, h2, h3, p, ul, dl, figure { margin: 0; }
ul { padding: 0; list-style: none; }
a { color: inherit; text-decoration-color: var(--faint); text-underline-offset: 3px; }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--line); outline-offset: 2px; border-radius: 2px; }
h2:focus { outline: none; }
code { font: 0.86em/1.4 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; color: var(--soft); overflow-wrap: anywhere; }
[hidden] { display: none !important; }
.soft { color: var(--soft); }
.small { font-size: 13px; }
.sub { display: block; color: var(--soft); font-size: 12px; line-height: 1.35; font-weight: 400; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 1rem; top: 1rem; z-index: 2; background: var(--paper); padding: 0.5rem 0.75rem; }

.edition { display: grid; grid-template-columns: minmax(0, 1fr); max-width: 1200px; margin: 0 auto; }
main { padding: 28px 20px 64px; min-width: 0; }
.edition[hidden]:target { display: grid !important; }
body:has(.edition[hidden]:target) .edition:not(:target) { display: none; }
.contents { padding: 12px 20px 0; font-size: 14px; }
.contents summary { font-size: 14px; }
.contents[open] { padding-bottom: 16px; }
@media (min-width: 1080px) {
  .edition { grid-template-columns: 216px minmax(0, 1fr); gap: 40px; padding: 0 28px; }
  main { padding: 30px 0 96px; }
  .contents { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 30px 0 24px; font-size: 13px; scrollbar-width: thin; }
  .contents details[open] summary { display: none; }
}
.contents ul { margin-top: 14px; border-left: 1px solid var(--rule); }
.contents section { margin-top: 14px; }
.contents h2 { font: 600 11px/1.4 var(--sans); letter-spacing: 0.06em; text-transform: uppercase; color: var(--soft); }
.contents section ul { margin-top: 4px; }
.contents a { display: block; padding: 4px 0 4px 12px; color: var(--soft); text-decoration: none; line-height: 1.3; }
.contents a:hover { color: var(--ink); }
.contents a[aria-current] { color: var(--ink); font-weight: 600; margin-left: -1px; border-left: 2px solid var(--ink); padding-left: 11px; }
.contents [data-members] h2 { margin-top: 16px; }
.contents ul.found { margin-top: 4px; }
.found li { padding: 6px 0 4px 12px; }
.found a { padding-left: 10px; }
.contents a.alerting { color: var(--alert); }
.contents a.alerting::after { content: ' ●'; font-size: 9px; vertical-align: 1px; }
@media (max-width: 1079px) {
  .contents details[open] { columns: 2 260px; column-gap: 24px; }
  .contents details[open] label { display: block; column-span: all; }
  .contents section { break-inside: avoid; }
  .contents a { padding-top: 7px; padding-bottom: 7px; }
}
input, select, button { font: inherit; font-size: 13px; color: var(--ink); background: var(--card); border: 1px solid var(--rule); border-radius: 4px; padding: 5px 9px; }
.contents input { width: 100%; padding: 7px 10px; }

main:focus { outline: none; }
.masthead { padding-bottom: 18px; border-bottom: 2px solid var(--ink); }
.topbar { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 8px 24px; margin-bottom: 22px; font-size: 13px; }
.company { font-weight: 600; letter-spacing: 0.06em; text-transform: uppercase; color: var(--soft); }
.company a { text-decoration: none; }
.days { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 18px; }
.days a { color: var(--soft); white-space: nowrap; padding: 3px 0; text-decoration: none; }
.days a:hover { color: var(--ink); text-decoration: underline; }
h1 { font: 500 clamp(28px, 4.4vw, 42px)/1.12 var(--serif); letter-spacing: -0.012em; margin: 4px 0 8px; text-wrap: balance; }
.lead { font: 400 clamp(17px, 2vw, 20px)/1.4 var(--serif); margin-bottom: 8px; text-wrap: pretty; }
.crumb { font-size: 13px; color: var(--soft); }
.figure { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 14px 40px; align-items: flex-end; }
.figure > div:first-child { flex: 1 1 340px; max-width: 62ch; }
.switches { display: flex; gap: 8px; align-items: center; }
.languages { display: flex; gap: 10px; }
.languages a { color: var(--soft); text-decoration: none; padding: 3px 0; }
.languages a:hover { text-decoration: underline; }
.languages a[aria-current] { color: var(--ink); font-weight: 600; }
select { padding: 3px 6px; }
button.csv { position: absolute; top: 0; right: 0; padding: 1px 7px; font-size: 11px; color: var(--soft); cursor: pointer; background: none; }
button.csv:hover { color: var(--ink); border-color: var(--soft); }
[data-csv] { position: relative; }

.dashboard { padding: 20px 0 4px; }
.cards { display: grid; gap: 12px; }
.card { border: 1px solid var(--rule); border-radius: 6px; background: var(--card); padding: 12px 14px; min-width: 0; }
.card h3 { font-size: 14px; font-weight: 600; line-height: 1.3; }
.card h3 a { text-decoration: none; }
.card h3 a:hover { text-decoration: underline; }
.card .amount { font: 500 27px/1.15 var(--serif); font-variant-numeric: lining-nums; white-space: nowrap; }
.card .amount.none { font-size: 19px; }
.beside { display: flex; justify-content: space-between; align-items: center; gap: 10px; margin: 5px 0 4px; }
.card .spark { flex: 0 1 72px; min-width: 0; height: 24px; margin: 0; }
@media (min-width: 641px) { .cards { grid-template-columns: 1fr 1fr; } .card.parted { grid-column: 1 / 3; } }
@media (min-width: 960px) { .cards { grid-template-columns: repeat(4, minmax(0, 1fr)); } .card.parted { grid-column: 3 / 5; grid-row: 1 / span 2; } }
@media (max-width: 640px) {
  .cards { gap: 0; }
  .card { position: relative; border-width: 1px 0 0; border-radius: 0; background: none; padding: 10px 0; }
  .card h3, .card .sub { padding-right: 120px; }
  .beside { position: absolute; top: 10px; right: 0; margin: 0; }
  .card .amount { font-size: 22px; }
  .card .spark { display: none; }
}
.parts { margin-top: 8px; font-size: 13px; }
.parts tbody tr:last-child > * { border-bottom: 0; }
.parts th, .parts td { padding-top: 4px; padding-bottom: 4px; }
.parts .bar { background: linear-gradient(var(--faint), var(--faint)) no-repeat left bottom; }

.trust { padding-top: 20px; }
.notices { display: grid; gap: 24px 40px; padding: 16px 0 6px; }
@media (min-width: 760px) { .notices:has(.trust) { grid-template-columns: 1fr 1fr; } }
.notices h2, .trust h2, .overview h2, .unmeasured h2, .dashboard h2, .every-window h2, .calendar h2 { font: 600 13px/1.4 var(--sans); letter-spacing: 0.06em; text-transform: uppercase; color: var(--soft); margin-bottom: 8px; }
.notice h3 { font-size: 15px; font-weight: 600; margin-bottom: 2px; }
.notice { border-left: 3px solid var(--caution); background: var(--caution-ground); padding: 9px 13px 11px; margin-bottom: 8px; }
.notice h3 { color: var(--caution); }
.notice li + li { margin-top: 5px; }
.alerts li { border-left: 3px solid var(--faint); padding: 8px 13px 10px; margin-bottom: 8px; background: var(--hair); }
.alerts .warning, .alerts .critical { border-color: var(--alert); background: var(--alert-ground); }
.alerts .resolved { border-color: var(--good); }
.alerts .badge { display: block; font-size: 12px; color: var(--soft); }
.alerts .warning .badge, .alerts .critical .badge { color: var(--alert); }
.alerts a { font-weight: 600; }

.describes { color: var(--soft); margin-bottom: 6px; }
.explanation { margin-top: 6px; }
.headline { text-align: right; max-width: 300px; text-wrap: balance; }
.big { font: 500 40px/1.05 var(--serif); font-variant-numeric: lining-nums; letter-spacing: -0.012em; margin-bottom: 5px; white-space: nowrap; }
@media (max-width: 640px) { .headline { text-align: left; } }
.mark { display: inline-block; font-size: 12px; line-height: 1.5; padding: 0 7px; border-radius: 3px; white-space: nowrap; }
.mark + .mark { margin-left: 5px; }
.mark.alert { color: var(--alert); background: var(--alert-ground); }
.mark.quality { color: var(--caution); background: var(--caution-ground); }

.trend { margin: 26px 0 14px; }
.plot { position: relative; touch-action: pan-y; cursor: crosshair; }
.cross { position: absolute; top: 3%; bottom: 10%; width: 1px; background: var(--soft); pointer-events: none; }
.tip { position: absolute; bottom: calc(100% - 18px); background: var(--ink); color: var(--paper); font-size: 12px; line-height: 1.45; padding: 6px 10px; border-radius: 4px; pointer-events: none; white-space: nowrap; z-index: 1; }
.tip span { display: flex; justify-content: space-between; gap: 14px; }
.tip em { display: block; max-width: 240px; margin-top: 3px; padding-left: 6px; border-left: 2px solid; font-style: normal; white-space: normal; }
.noted { font-size: 14px; color: var(--soft); }
.tip strong { display: block; font-weight: 600; }
.trend figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 24px; font-size: 13px; color: var(--soft); margin-bottom: 6px; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; }
.key::before { content: ''; display: inline-block; width: 16px; height: 0; margin-right: 6px; vertical-align: 4px; border-top: 2px solid var(--line); }
.key.last-year::before { border-color: var(--faint); }
.key.target::before { border-top: 2px dashed var(--soft); }
tr:target > *, tr.at > * { background-color: var(--caution-ground); }
.key.forecast::before { border-top: 2px dotted var(--line); }
.key.event::before { height: 10px; border: 0; background: var(--event); opacity: 0.45; vertical-align: -1px; }
.key.alert::before { height: 10px; border: 0; background: var(--alert); opacity: 0.25; vertical-align: -1px; }
.drawings { position: absolute; width: 0; height: 0; overflow: hidden; }
.drawings path { stroke-linecap: round; stroke-linejoin: round; }
.wide, .narrow { display: block; width: 100%; height: auto; overflow: visible; }
.wide text, .narrow text { font-size: 11px; fill: var(--soft); dominant-baseline: central; }
.narrow { display: none; }
@media (max-width: 640px) { .wide { display: none; } .narrow { display: block; } }
.spark { display: block; width: 110px; height: 26px; margin-left: auto; overflow: visible; }

summary { cursor: pointer; color: var(--soft); font-size: 13px; padding: 4px 0; width: fit-content; }
summary:hover { color: var(--ink); }
.alert-days, .event-days { margin-bottom: 10px; }
.alert-days li, .event-days li { font-size: 13px; padding: 2px 0; }
.definition { margin-top: 12px; }
dl { display: grid; gap: 7px 32px; font-size: 13px; padding: 6px 0 0; }
@media (min-width: 760px) { dl { grid-template-columns: 1fr 1fr; } }
dl div { display: grid; grid-template-columns: 104px minmax(0, 1fr); gap: 12px; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.neighbours { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 8px 24px; margin-top: 44px; padding-top: 14px; border-top: 1px solid var(--rule); font-size: 14px; }
.neighbours a { text-decoration: none; padding: 4px 0; }
.neighbours a:hover { text-decoration: underline; }
.neighbours .after { margin-left: auto; }
.unmeasured { margin-top: 52px; padding-top: 22px; border-top: 1px solid var(--rule); }
.unmeasured ul { margin-top: 8px; columns: 2 280px; }
footer { margin-top: 52px; padding-top: 14px; border-top: 1px solid var(--rule); }
`;
