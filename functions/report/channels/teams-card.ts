import type {
  AlertItem,
  Block,
  Comparison,
  DashboardRow,
  FigureBlock,
  ListItem,
  MailContent,
  NoticeBlock,
} from '../letters/blocks.ts';

/** A message as a flow of Teams' Workflows takes it: an Adaptive Card. https://adaptivecards.io/explorer */
export interface TeamsPayload {
  readonly type: 'message';
  readonly attachments: readonly [
    {
      readonly contentType: 'application/vnd.microsoft.card.adaptive';
      readonly content: AdaptiveCard;
    },
  ];
}

interface AdaptiveCard {
  readonly $schema: string;
  readonly type: 'AdaptiveCard';
  readonly version: '1.4';
  /** For clients that draw no cards. */
  readonly fallbackText: string;
  readonly lang: string;
  readonly body: readonly CardElement[];
  readonly msteams: { readonly width: 'Full' };
}

type Style = 'attention' | 'warning' | 'good' | 'emphasis';
type CardElement = TextLine | CardBox;

interface CardBox {
  readonly type: 'Container';
  readonly style: Style;
  readonly items: readonly TextLine[];
}

/** Runs of plain text: unlike a `TextBlock` they know no Markdown, so that what data says is no mark, link or mention. */
interface TextLine {
  readonly type: 'RichTextBlock';
  readonly inlines: readonly TextRun[];
  readonly spacing?: 'none' | 'large';
  readonly separator?: true;
}

interface TextRun {
  readonly type: 'TextRun';
  readonly text: string;
  readonly weight?: 'bolder';
  readonly size?: 'medium' | 'large';
  readonly isSubtle?: true;
  readonly selectAction?: { readonly type: 'Action.OpenUrl'; readonly url: string };
}

/** Bytes of a message: Teams says 28 kB, and messages of 21 kB are told to have been refused. */
const MOST_BYTES = 20_000;
/** Characters of a run. */
const MOST_TEXT = 2000;

/** A letter as Teams shows it: the same sections as a mail, without its pictures. Pure. */
export function teamsPayload({ blocks, subject, language }: MailContent): TeamsPayload {
  const content: AdaptiveCard = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    ...{ type: 'AdaptiveCard', version: '1.4', fallbackText: cut(subject), lang: language.tag },
    body: withinBounds(blocks.flatMap(elementsOf)),
    msteams: { width: 'Full' },
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  };
}

function elementsOf(block: Block): CardElement[] {
  switch (block.kind) {
    case 'title':
      return [
        lineOf([{ ...bold(block.lead), size: 'large' }]),
        under(soft(`${block.company} · ${block.date}`)),
      ];
    case 'notice':
      return [box('warning', noticeLines(block))];
    case 'alerts':
      return [
        heading(block.title),
        ...block.items.map((item) => box(STYLES[item.severity], alertLines(item))),
      ];
    case 'dashboard':
      return [heading(block.title), ...block.rows.flatMap(rowLines)];
    case 'list':
      return [
        heading(block.title),
        ...block.items.flatMap(itemLines),
        ...(block.more ? [under(soft(block.more))] : []),
      ];
    case 'figure':
      return figureLines(block);
    case 'section':
      return [lineOf([soft(block.text)])];
    case 'heading':
      return [heading(block.text)];
    case 'link':
      return [lineOf([linked(plain(block.label), block.href)])];
    case 'footer':
      // How to get no more of them is for mails; here people leave the channel.
      return block.lines.map((text, index) =>
        index === 0 ? { ...lineOf([soft(text)]), ...APART } : under(soft(text)),
      );
  }
}

/** Beside the colour the badge says it in words. */
const STYLES = { critical: 'attention', warning: 'warning', unknown: 'emphasis', resolved: 'good' } as const;

const noticeLines = ({ title, items }: NoticeBlock): TextLine[] => [
  lineOf([bold(title)]),
  ...items.flatMap(({ what, detail }) => [
    under(plain(`• ${what}`)),
    ...(detail ? [under(soft(detail))] : []),
  ]),
];

const alertLines = ({ badge, figure, why, sentence, advice, href, ways }: AlertItem): TextLine[] => [
  lineOf([linked(bold(figure), href)]),
  ...said([badge, why, sentence, advice]),
  ...(ways.length > 0 ? [lineOf(ways.map((way) => linked(bold(`${way.label} `), way.href)))] : []),
];

function figureLines(block: FigureBlock): TextLine[] {
  const { name, href, period, value, noValue, comparisons, target } = block;
  const aim = target && [bold(target.change), plain(joined([target.label, target.whole]))];
  return [
    lineOf([linked(plain(name), href), soft(`· ${period}`)]),
    under({ ...bold(value ?? noValue), size: 'medium' }, ...comparisons.flatMap(movedRuns)),
    ...(aim ? [under(...aim)] : []),
    ...said([block.outlook, block.sentence, block.note]),
  ];
}

const movedRuns = ({ change, label }: Comparison, index: number): TextRun[] => [
  ...(index === 0 ? [] : [plain('·')]),
  bold(change),
  plain(label),
];

const itemLines = ({ name, weight, facts, reasons }: ListItem): TextLine[] => [
  lineOf([bold(name), ...(weight ? [plain(weight)] : [])]),
  ...said([facts, reasons]),
];

/** A line a figure, its parts under it. */
const rowLines = (row: DashboardRow): TextLine[] => [
  lineOf([
    linked(plain(row.name), row.href),
    bold(row.value ?? row.noValue),
    ...row.comparisons.flatMap(movedRuns),
  ]),
  ...row.parts.map(({ name, value, detail, moved }) =>
    under(soft(`  ${joined([name, value, detail, moved && `${moved.change} ${moved.label}`])}`)),
  ),
  ...said([row.outlook, row.note]),
];

const joined = (texts: readonly (string | null)[]): string => texts.filter(Boolean).join(' · ');

const said = (texts: readonly (string | null)[]): TextLine[] =>
  texts.flatMap((text) => (text ? [under(plain(text))] : []));

const plain = (text: string): TextRun => ({ type: 'TextRun', text: cut(text) });
const bold = (text: string): TextRun => ({ ...plain(text), weight: 'bolder' });
const soft = (text: string): TextRun => ({ ...plain(text), isSubtle: true });

const linked = (run: TextRun, href: string | null): TextRun =>
  href === null ? run : { ...run, selectAction: { type: 'Action.OpenUrl', url: new URL(href).href } };

/** Between runs Teams sets no space. */
const lineOf = (runs: readonly TextRun[]): TextLine => ({
  type: 'RichTextBlock',
  inlines: runs.map((run, index) => (index === 0 ? run : { ...run, text: ` ${run.text}` })),
});

const under = (...runs: readonly TextRun[]): TextLine => ({ ...lineOf(runs), spacing: 'none' });

const APART = { spacing: 'large', separator: true } as const;

const heading = (text: string): TextLine => ({ ...lineOf([bold(text)]), ...APART });

const box = (style: Style, items: readonly TextLine[]): CardBox => ({ type: 'Container', style, items });

/** Half of a character made of two is none. */
const cut = (text: string): string =>
  text.length <= MOST_TEXT ? text : `${text.slice(0, MOST_TEXT - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;

/** What does not fit is left out from the end, and three dots say so. */
function withinBounds(elements: readonly CardElement[]): CardElement[] {
  const kept: CardElement[] = [];
  let size = 0;
  for (const element of elements) {
    size += Buffer.byteLength(JSON.stringify(element)) + 1;
    if (size > MOST_BYTES) return [...kept, under(soft('…'))];
    kept.push(element);
  }
  return kept;
}
