import { SaxesParser } from 'saxes';
import { messageOf } from '../../../platform/errors.ts';
import { fileError } from '../file-errors.ts';

/** What a reader of XML is told, in the order of the document. Names come without their prefix. */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads XML as it comes. After each piece it pauses, so that what the handler has gathered can be handed on. Entities of
 * the document's own are not expanded. Throws `FILE_FORMAT` for what is no XML.
 */
export async function* readXml(
  bytes: AsyncIterable<Uint8Array>,
  handler: XmlHandler,
  place: { readonly file: string; readonly part: string },
): AsyncIterable<void> {
  const decoder = new TextDecoder('utf-8');
  const parser = new SaxesParser({});
  parser.on('opentag', ({ name, attributes }) => {
    handler.open(bare(name), attributes as Record<string, string>);
  });
  parser.on('text', (text) => handler.text(text));
  parser.on('cdata', (text) => handler.text(text));
  parser.on('closetag', ({ name }) => handler.close(bare(name)));
  // Where no handler is set the parser throws, from within `write`.
  try {
    for await (const piece of bytes) {
      parser.write(decoder.decode(piece, { stream: true }));
      yield;
    }
    parser.write(decoder.decode());
    parser.close();
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'VigieError') throw error;
    throw fileError(
      'FILE_FORMAT',
      `${place.file}: ${place.part} in the workbook is no XML: ${messageOf(error)}`,
      { file: place.file },
      'Open the workbook and save it again as .xlsx, or as CSV (UTF-8).',
    );
  }
  yield;
}

/** Reads a small part to its end. */
export async function readPart(
  bytes: AsyncIterable<Uint8Array> | undefined,
  handler: XmlHandler,
  place: { readonly file: string; readonly part: string },
): Promise<void> {
  if (!bytes) return;
  for await (const _ of readXml(bytes, handler, place));
}
