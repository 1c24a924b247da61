import { VigieError } from '../../platform/errors.ts';
import { type HttpResponse, readBody } from '../../platform/http.ts';
import { hashAddresses } from './hash-addresses.ts';
import { sampleOf, shapeError } from './record-reader.ts';
import { Transient } from './retrying.ts';
import type { ApiFacts } from './source.ts';
import { unpack } from './unpack.ts';
import type { VendorAnswer, VendorRequest } from './vendor.ts';

const DEFAULT_MOST_BYTES = 64 * 1024 * 1024;

/** Reads the body whole, unpacked, with e-mail addresses hashed: nothing behind this sees one. */
export async function readAnswer(
  api: ApiFacts,
  request: VendorRequest,
  response: HttpResponse,
  words: string,
): Promise<VendorAnswer> {
  const mostBytes = api.limits.maxAnswerBytes ?? DEFAULT_MOST_BYTES;
  const packed = await readBody(response, mostBytes).catch((error: unknown) => {
    throw error instanceof VigieError && error.retryable
      ? new Transient(error.message, { cut: true })
      : error;
  });
  const good = response.status >= 200 && response.status < 300;
  const body = good ? await unpack(packed, request.unpack ?? 'none', mostBytes) : packed;
  const text = hashAddresses(body.toString('utf8'));
  let parsed: unknown;
  let isParsed = false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    request: words,
    json() {
      if (!isParsed) parsed = parseJson(text, words);
      isParsed = true;
      return parsed;
    },
  };
}

function parseJson(text: string, words: string): unknown {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    throw shapeError(words, 'the answer, which should be JSON,', text);
  }
}

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\b/i;

/** JSON that does not end is an answer that was cut on its way: ask again. */
export function whole(answer: VendorAnswer): VendorAnswer {
  if (!JSON_TYPE.test(answer.headers.get('content-type') ?? '') || answer.text === '') return answer;
  try {
    answer.json();
  } catch (error) {
    if (/[}\]]\s*$/.test(answer.text)) throw error;
    const end = sampleOf(answer.text.slice(-40));
    throw new Transient(`the answer was cut: it ends with ${end}`, { cut: true });
  }
  return answer;
}
