import type { Language } from '../../languages/language.ts';
import type {
  AlertItem,
  Block,
  Comparison,
  DashboardRow,
  FigureBlock,
  MailContent,
} from '../letters/blocks.ts';

/** The content as plain text: everything that the HTML says, pictures in words. */
export const renderText = (content: MailContent): string =>
  `${content.blocks
    .map((block) => linesOf(block, content.language).join('\n'))
    .filter((part) => part !== '')
    .join('\n\n')}\n`;

function linesOf(block: Block, language: Language): string[] {
  switch (block.kind) {
    case 'title':
      return [`${block.company} · ${block.date}`, '', block.lead];
    case 'notice':
      return [
        `! ${block.title}`,
        ...block.items.flatMap((item) => [`  - ${item.what}`, ...indented(item.detail, 4)]),
      ];
    case 'alerts':
      return [underlined(block.title), ...block.items.map((item) => alertLines(item, language).join('\n'))];
    case 'dashboard':
      return [underlined(block.title), ...block.rows.flatMap((row) => rowLines(row, language))];
    case 'list':
      return [
        underlined(block.title),
        ...block.items.flatMap((item) => [
          [item.name, item.weight].filter(Boolean).join(' · '),
          ...indented(item.facts, 2),
          ...indented(item.reasons, 2),
        ]),
        ...indented(block.more, 2),
      ];
    case 'figure':
      return figureLines(block, language);
    case 'section':
      return [`· ${block.text} ·`];
    case 'heading':
      return [underlined(block.text)];
    case 'link':
      return [`${block.label}${language.writing.colon} ${block.href}`];
    case 'footer':
      // "-- " begins the signature, which mail programs show smaller.
      return [
        '-- ',
        ...block.lines,
        ...(block.unsubscribe
          ? [`${block.unsubscribe.label}${language.writing.colon} ${block.unsubscribe.href}`]
          : []),
      ];
  }
}

const indented = (text: string | null, by: number): string[] => (text ? [' '.repeat(by) + text] : []);
const underlined = (text: string): string => `${text}\n${'='.repeat([...text].length)}`;

const alertLines = (item: AlertItem, { writing }: Language): string[] => [
  `[${item.badge}] ${item.figure}`,
  ...indented(item.why, 2),
  ...indented(item.sentence, 2),
  ...indented(item.advice, 2),
  ...indented(item.href, 2),
  ...item.ways.flatMap(({ label, href }) => indented(`${label}${writing.colon} ${href}`, 2)),
];

const rowLines = (row: DashboardRow, language: Language): string[] => [
  `${row.name} (${row.period})${language.writing.colon} ${row.value ?? row.noValue}`,
  ...indented([...row.comparisons.map(changeText), ...(row.whole ? [row.whole] : [])].join(' · '), 2),
  ...indented(row.outlook, 2),
  ...row.parts.map(
    ({ name, value, detail, moved }) =>
      `    ${name}${language.writing.colon} ${[value, ...(detail ? [detail] : []), ...(moved ? [changeText(moved)] : [])].join(' · ')}`,
  ),
  ...indented(row.note, 2),
  ...indented(row.href, 2),
];

function figureLines(block: FigureBlock, language: Language): string[] {
  const { target } = block;
  const aim = target && [changeText(target), ...(target.whole ? [target.whole] : [])].join(' · ');
  return [
    `${block.name} (${block.period})${language.writing.colon} ${block.value ?? block.noValue}`,
    ...indented(block.comparisons.map(changeText).join(' · '), 2),
    ...indented(aim, 2),
    ...indented(block.outlook, 2),
    ...indented(block.sentence, 2),
    ...indented(block.note, 2),
    ...indented(block.chart?.alt ?? null, 2),
    ...indented(block.href, 2),
  ];
}

const changeText = ({ change, label }: Comparison): string => `${change} ${label}`;
