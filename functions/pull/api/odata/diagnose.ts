import type { Diagnosis } from '../source.ts';
import type { VendorAnswer } from '../vendor.ts';

/**
 * What an answer of an OData service means. Errors say themselves what is wrong: V2 `error.message.value`, V4
 * `error.message`, both with `error.code`; SAP Gateway also sends them as XML. In front of it a load balancer may
 * answer in HTML: a maintenance page (even with status 200), or a logon form where the user is not let in.
 */
export function diagnoseOData(answer: VendorAnswer, hints: ODataHints): Diagnosis | undefined {
  if (isHtml(answer)) return ofPage(answer);
  if (answer.status < 400 || answer.status === 401 || answer.status === 429 || answer.status >= 500)
    return undefined;
  const said = errorOf(answer.text);
  if (!said) return undefined;
  const reason = said.code === '' ? said.message : `${said.message} (${said.code})`;
  if (NOT_ACTIVE.test(said.code)) return { kind: 'refused', reason, hint: hints.notActive };
  if (answer.status === 403) return { kind: 'no-permission', reason, hint: hints.noPermission };
  if (answer.status === 413) return { kind: 'too-large', reason };
  return answer.status === 400 || answer.status === 404
    ? { kind: 'refused', reason, hint: hints.unknownName }
    : { kind: 'refused', reason };
}

/** What to do next, in the words of the vendor. */
export interface ODataHints {
  readonly noPermission: string;
  readonly notActive: string;
  readonly unknownName: string;
}

/** SAP Gateway: “No service found for namespace …”. */
const NOT_ACTIVE = /^\/IWFND\/MED\/170$/;

const isHtml = (answer: VendorAnswer): boolean =>
  (answer.headers.get('content-type') ?? '').includes('text/html') ||
  /^\s*<(!doctype html|html)/i.test(answer.text);

function ofPage(answer: VendorAnswer): Diagnosis | undefined {
  // A failed logon has its own status; what it means is known.
  if (answer.status === 401 || answer.status === 403) return undefined;
  const title = /<title>([^<]{1,120})/i.exec(answer.text)?.[1]?.trim() ?? 'without a title';
  if (/type=["']?password|SAMLRequest|logon/i.test(answer.text))
    return {
      kind: 'no-permission',
      reason: `a logon page came instead of data (“${title}”)`,
      hint: 'The user or the kind of authentication is not accepted here: see the source’s page, Credentials.',
    };
  if (answer.status !== 200 && answer.status < 500) return undefined;
  const seconds = Number(answer.headers.get('retry-after'));
  return {
    kind: 'retry',
    reason: `a page in HTML came instead of data (“${title}”): maintenance, by the look of it`,
    ...(seconds > 0 ? { retryAfter: seconds } : {}),
  };
}

interface Said {
  readonly code: string;
  readonly message: string;
}

/** The error as the service tells it; undefined where the text is no OData error. */
export function errorOf(text: string): Said | undefined {
  if (text.trimStart().startsWith('<')) return xmlError(text);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const error = (body as { error?: { code?: unknown; message?: unknown } } | null)?.error;
  if (typeof error !== 'object' || error === null) return undefined;
  const message =
    typeof error.message === 'object' && error.message !== null
      ? (error.message as { value?: unknown }).value
      : error.message;
  return typeof message === 'string' ? { code: String(error.code ?? ''), message } : undefined;
}

function xmlError(text: string): Said | undefined {
  const message = /<message[^>]*>([^<]*)<\/message>/.exec(text)?.[1];
  if (message === undefined) return undefined;
  return { code: /<code>([^<]*)<\/code>/.exec(text)?.[1] ?? '', message };
}
