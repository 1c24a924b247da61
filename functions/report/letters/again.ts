import { oneLine } from '../../languages/one-line.ts';
import type { MailContent } from './blocks.ts';

/** A mail that its reader had before: it says so in its subject, and why at its top. */
export function againContent(content: MailContent, reason: string): MailContent {
  const [title, ...rest] = content.blocks;
  const notice = {
    kind: 'notice' as const,
    title: content.language.mail.sentAgain,
    items: [{ what: oneLine(reason, 400), detail: null }],
  };
  return {
    ...content,
    subject: `${content.language.mail.again}${content.subject}`,
    blocks: title?.kind === 'title' ? [title, notice, ...rest] : [notice, ...content.blocks],
  };
}
