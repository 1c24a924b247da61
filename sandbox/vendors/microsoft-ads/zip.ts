import { crc32, deflateRawSync } from 'node:zlib';

/**
 * A ZIP with one file, deflated: local header, data, central directory, end record.
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function zipOf(name: string, content: string): Uint8Array {
  const data = Buffer.from(content, 'utf8');
  const packed = deflateRawSync(data);
  const file = Buffer.from(name, 'utf8');
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0); // version needed
  common.writeUInt16LE(0x0800, 2); // names in UTF-8
  common.writeUInt16LE(8, 4); // deflate
  common.writeUInt32LE(crc32(data), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(data.length, 18);
  common.writeUInt16LE(file.length, 22);
  const local = Buffer.concat([signature(0x04034b50), common, file, packed]);
  const made = Buffer.alloc(2);
  made.writeUInt16LE(20);
  // Comment length, disk, attributes and place of the local header (all 0) follow the common part.
  const central = Buffer.concat([signature(0x02014b50), made, common, Buffer.alloc(14), file]);
  return Buffer.concat([local, central, endRecord(central.length, local.length)]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function endRecord(size: number, start: number): Buffer {
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(start, 12);
  return Buffer.concat([signature(0x06054b50), end]);
}
