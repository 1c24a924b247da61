import addressparser from 'nodemailer/lib/addressparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { MailKind } from '../../lake/company/readers.ts';
import { oneLine } from '../../languages/one-line.ts';
import { domainOf, isAddress } from '../../platform/address.ts';
import { VigieError } from '../../platform/errors.ts';
import type { OutgoingMessage } from '../../platform/mailer.ts';
import { sparklinePng } from '../charts/sparkline.ts';
import { type Chart, chartsOf, filesOf, type MailContent } from '../letters/blocks.ts';
import { renderHtml } from './html.tsx';
import { renderText } from './text.ts';
import { unsubscribeLink } from './unsubscribe.ts';

export interface Envelope {
  /** Deterministic identity of the message; the local part of its Message-ID. */
  readonly id: string;
  readonly kind: MailKind;
  readonly asOf: string;
  /** `Vigie <vigie@example.com>` */
  readonly from: string;
  readonly to: { readonly name?: string | undefined; readonly email: string };
  /** Address, mailto: or https: URL. */
  readonly unsubscribe: string;
  readonly date: Date;
}

/** A finished message: HTML with its pictures attached, a text twin, and the headers that let mail systems trust it. */
export async function composeMail(
  content: MailContent,
  envelope: Envelope,
): Promise<OutgoingMessage & { readonly text: string }> {
  const from = senderOf(envelope.from);
  const domain = domainOf(from.address);
  const text = renderText(content);
  const charts = chartsOf(content);
  const html = renderHtml(content, (chart) => `cid:${cidOf(chart.id, envelope.id, domain)}`);
  const composer = new MailComposer({
    from: { name: from.name, address: from.address },
    to: { name: oneLine(envelope.to.name ?? ''), address: envelope.to.email },
    subject: oneLine(content.subject, 200),
    date: envelope.date,
    messageId: `<${envelope.id}@${domain}>`,
    headers: {
      ...listHeaders(envelope.unsubscribe),
      'Auto-Submitted': 'auto-generated',
      'Content-Language': content.language.tag,
    },
    text,
    html,
    textEncoding: 'quoted-printable',
    attachments: [
      ...charts.map((chart) => ({
        filename: `${chart.id}.png`,
        content: pictureOf(chart),
        contentType: 'image/png',
        contentDisposition: 'inline' as const,
        cid: cidOf(chart.id, envelope.id, domain),
      })),
      ...filesOf(content).map(({ name, text: file }) => ({
        filename: name,
        content: file,
        contentType: 'text/csv; charset=utf-8',
        contentDisposition: 'attachment' as const,
      })),
    ],
    // The same message is the same bytes.
    baseBoundary: envelope.id,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    id: envelope.id,
    from: from.address,
    to: envelope.to.email,
    raw: await composer.compile().build(),
    asOf: envelope.asOf,
    page: pageOf(content),
    text,
    tags: { kind: envelope.kind },
  };
}

/** The HTML with its pictures inside, for a browser. */
export const pageOf = (content: MailContent): string =>
  renderHtml(content, (chart) => `data:image/png;base64,${pictureOf(chart).toString('base64')}`);

const pictureOf = (chart: Chart): Buffer => Buffer.from(sparklinePng(chart.values, chart));

const cidOf = (chart: string, id: string, domain: string): string => `${chart}.${id}@${domain}`;

/** The sender of vigie.yaml, taken apart. Throws MAIL_FROM_INVALID. */
export function senderOf(text: string): { readonly name: string; readonly address: string } {
  const parsed = addressparser(oneLine(text, 300), { flatten: true });
  const first = parsed[0];
  if (parsed.length === 1 && first && isAddress(first.address)) return first;
  throw new VigieError(`delivery.from is not an e-mail address: ${JSON.stringify(text)}`, {
    code: 'MAIL_FROM_INVALID',
    hint: 'Write it as `Vigie <vigie@example.com>`.',
    where: { field: 'delivery.from' },
  });
}

/** RFC 2369; and RFC 8058 for one click, which exists for https only. */
function listHeaders(unsubscribe: string): Record<string, string> {
  const link = oneLine(unsubscribeLink(unsubscribe), 900).replaceAll(/[<>\s]/g, '');
  const oneClick = link.startsWith('https://')
    ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
    : {};
  return { 'List-Unsubscribe': `<${link}>`, ...oneClick };
}
