import { crc32, deflateSync } from 'node:zlib';

/** Points of one colour, each as opaque as its byte says, row by row from the top. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly colour: readonly [red: number, green: number, blue: number];
  readonly opacity: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Eight bits each of red, green, blue and opacity, which every mail client shows; not interlaced. */
const FORM = [8, 6, 0, 0, 0] as const;
const BYTES = 4;

/** A picture as PNG (ISO/IEC 15948), on a transparent ground. */
export function pngOf({ width, height, colour, opacity }: Picture): Uint8Array {
  const rows = Buffer.alloc(height * (1 + width * BYTES));
  const [red, green, blue] = colour;
  let at = 0;
  for (let point = 0; point < opacity.length; point += 1) {
    // A row begins with its filter, which is none.
    if (point % width === 0) at += 1;
    rows[at] = red;
    rows[at + 1] = green;
    rows[at + 2] = blue;
    rows[at + 3] = opacity[point] as number;
    at += BYTES;
  }
  const head = Buffer.alloc(8);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', Buffer.concat([head, Buffer.from(FORM)])),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Length, name, content and their checksum. */
function chunk(name: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
