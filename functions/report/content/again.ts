import type { MailContent } from '../blocks.ts';
import { oneLine } from './one-line.ts';
import { mailWords } from './words.ts';

/** A mail that its reader had before: it says so in its subject, and why at its top. */
export function againContent(content: MailContent, reason: string): MailContent {
  const words = mailWords[content.language];
  const [title, ...rest] = content.blocks;
  const notice = {
    kind: 'notice' as const,
    title: words.sentAgain,
    items: [{ what: oneLine(reason, 400), detail: null }],
  };
  return {
    ...content,
    subject: `${words.again}${content.subject}`,
    blocks: title?.kind === 'title' ? [title, notice, ...rest] : [notice, ...content.blocks],
  };
}
