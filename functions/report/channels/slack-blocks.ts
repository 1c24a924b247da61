import type {
  AlertItem,
  Block,
  DashboardRow,
  FigureBlock,
  ListItem,
  MailContent,
  NoticeBlock,
} from '../letters/blocks.ts';

/** A message as an incoming webhook takes it: https://docs.slack.dev/reference/block-kit. */
export interface SlackPayload {
  /** Shown by notifications, and by clients that draw no blocks. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

type Text =
  | { readonly type: 'plain_text'; readonly text: string; readonly emoji: boolean }
  | { readonly type: 'mrkdwn'; readonly text: string; readonly verbatim: true };
export type SlackBlock =
  | { readonly type: 'header'; readonly text: Text }
  | { readonly type: 'section'; readonly text: Text }
  | { readonly type: 'context'; readonly elements: readonly Text[] }
  | { readonly type: 'divider' };

/** Slack’s own bounds: characters of a header and of a section, blocks of a message. */
const MOST_HEADER = 150;
const MOST_SECTION = 3000;
const MOST_BLOCKS = 50;
/** All texts together: from some 13,000 characters on Slack answers `msg_blocks_too_long`, which no page of it says. */
const MOST_TEXT = 12_000;

/** A letter as Slack shows it: the same sections as a mail, without its pictures. Pure. */
export function slackPayload(content: MailContent): SlackPayload {
  const blocks = content.blocks.flatMap(blocksOf);
  return { text: escaped(content.subject), blocks: withinBounds(blocks) };
}

function blocksOf(block: Block): SlackBlock[] {
  switch (block.kind) {
    case 'title':
      return [titleOf(block.lead), context(`${block.company} · ${block.date}`)];
    case 'notice':
      return [section(noticeText(block))];
    case 'alerts':
      return [section(bold(block.title)), ...block.items.map((item) => section(alertText(item)))];
    case 'dashboard':
      return [section(bold(block.title)), section(block.rows.map(rowText).join('\n'))];
    case 'list':
      return [
        section(bold(block.title)),
        section(block.items.map(itemText).join('\n')),
        ...(block.more ? [context(block.more)] : []),
      ];
    case 'figure':
      return [section(figureText(block))];
    case 'section':
      return [context(block.text)];
    case 'heading':
      return [{ type: 'divider' }, section(bold(block.text))];
    case 'link':
      return [section(link(block.href, block.label))];
    case 'footer':
      // How to get no more of them is for mails; here people leave the channel.
      return [context(block.lines.join('\n'))];
  }
}

const titleOf = (lead: string): SlackBlock =>
  lead.length <= MOST_HEADER
    ? { type: 'header', text: { type: 'plain_text', text: lead, emoji: false } }
    : section(bold(lead));

const noticeText = ({ title, items }: NoticeBlock): string =>
  [
    `:warning: ${bold(title)}`,
    ...items.flatMap(({ what, detail }) => [
      `• ${escaped(what)}`,
      ...(detail ? [`    ${escaped(detail)}`] : []),
    ]),
  ].join('\n');

/** Beside the colour the badge says it in words. */
const ICONS = {
  critical: ':red_circle:',
  warning: ':large_orange_circle:',
  unknown: ':white_circle:',
  resolved: ':large_green_circle:',
} as const;

const alertText = ({ severity, badge, figure, why, sentence, advice, href, ways }: AlertItem): string =>
  [
    `${ICONS[severity]} ${named(href, figure)}`,
    ...[badge, why, sentence, advice].flatMap(lineOf),
    ...(ways.length > 0 ? [ways.map((way) => link(way.href, way.label)).join('   ')] : []),
  ].join('\n');

function figureText(block: FigureBlock): string {
  const moved = block.comparisons.map(({ change, label }) => `${bold(change)} ${escaped(label)}`);
  const { target } = block;
  const aim =
    target &&
    `${bold(target.change)} ${escaped([target.label, target.whole ?? ''].filter(Boolean).join(' · '))}`;
  return [
    `${block.href === null ? escaped(block.name) : link(block.href, block.name)} · ${escaped(block.period)}`,
    `${bold(block.value ?? block.noValue)}${moved.length > 0 ? `   ${moved.join(' · ')}` : ''}`,
    ...(aim ? [aim] : []),
    ...[block.outlook, block.sentence, block.note].flatMap(lineOf),
  ].join('\n');
}

const itemText = ({ name, weight, facts, reasons }: ListItem): string =>
  [`${bold(name)} ${escaped(weight ?? '')}`, ...[facts, reasons].flatMap(lineOf)].join('\n');

/** A line a figure, its parts under it. */
const rowText = (row: DashboardRow): string =>
  [
    `${row.href === null ? escaped(row.name) : link(row.href, row.name)} ${bold(row.value ?? row.noValue)}   ${row.comparisons
      .map(({ change, label }) => `${escaped(change)} ${escaped(label)}`)
      .join(' · ')}`.trimEnd(),
    ...row.parts.map(
      ({ name, value, detail, moved }) =>
        `    ${escaped([name, value, detail, moved && `${moved.change} ${moved.label}`].filter(Boolean).join(' · '))}`,
    ),
    ...[row.outlook, row.note].flatMap(lineOf),
  ].join('\n');

const lineOf = (text: string | null): string[] => (text ? [escaped(text)] : []);

const section = (text: string): SlackBlock => ({ type: 'section', text: mrkdwn(text) });

const context = (text: string): SlackBlock => ({ type: 'context', elements: [mrkdwn(escaped(text))] });

/** Verbatim: Slack makes no links, channels and mentions of what looks like one. */
const mrkdwn = (text: string): Text => ({ type: 'mrkdwn', text: cut(text), verbatim: true });

/** An ampersand that was cut in two would be shown as it is. */
const cut = (text: string): string =>
  text.length <= MOST_SECTION ? text : `${text.slice(0, MOST_SECTION - 1).replace(/&[a-z]*$/, '')}…`;

/** What data says is text: neither a mention (`<!channel>`) nor a mark of Slack’s own. */
export const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('*', '∗')
    .replaceAll('`', 'ˋ')
    .replaceAll('~', '∼')
    .replaceAll(/:(?=[\w+-]+:)/g, ':\u2060');

/** What is to be seen first, the way to the site where there is one. */
const named = (href: string | null, text: string): string =>
  href === null ? bold(text) : `*${link(href, text)}*`;

const bold = (text: string): string => `*${escaped(text)}*`;

const link = (href: string, label: string): string =>
  `<${new URL(href).href.replaceAll('|', '%7C').replaceAll('&', '&amp;')}|${escaped(label)}>`;

/** What does not fit is left out from the end, and three dots say so. */
function withinBounds(blocks: readonly SlackBlock[]): SlackBlock[] {
  const kept: SlackBlock[] = [];
  let size = 0;
  for (const block of blocks) {
    size += JSON.stringify(block).length;
    if (kept.length === MOST_BLOCKS - 1 || size > MOST_TEXT) return [...kept, context('…')];
    kept.push(block);
  }
  return kept;
}
