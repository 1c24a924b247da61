import { type AlertLink, LINK_DAYS, signLink } from '../../lake/alerts/link.ts';
import { addDays } from '../../lake/values/day.ts';
import type { AlertItem, MailContent } from './blocks.ts';

/** Of what links are made: where they are answered, and what they are signed with. */
export interface LinkMaker {
  /** The address of functions/alert-links, `/` at its end. */
  readonly base: string;
  readonly key: string;
}

/** For whom, and of which day. */
interface Letter {
  readonly by: string;
  readonly asOf: string;
  /** ISO 4217. */
  readonly currency: string;
}

const KINDS = ['acknowledge', 'snooze'] as const satisfies readonly AlertLink['kind'][];

/**
 * A letter whose open alerts its reader can acknowledge and snooze by links of his own; as it is where nobody answers them. Pure: the same
 * letter has the same links.
 */
export function withLinks(content: MailContent, links: LinkMaker | undefined, letter: Letter): MailContent {
  if (links === undefined) return content;
  const { base, key } = links;
  const { by, asOf, currency } = letter;
  const { language } = content;
  const said = { by, currency, language: language.tag, until: addDays(asOf, LINK_DAYS) };
  const linked = (item: AlertItem): AlertItem => {
    const { open } = item;
    if (open === null) return item;
    const ways = KINDS.map((kind) => ({
      label: language.links.label[kind],
      href: `${base}${signLink({ kind, ...open, ...said }, key)}`,
    }));
    return { ...item, ways };
  };
  const blocks = content.blocks.map((block) =>
    block.kind === 'alerts' ? { ...block, items: block.items.map(linked) } : block,
  );
  return { ...content, blocks };
}
