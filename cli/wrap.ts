/** Text narrower than this is harder to read than text that the terminal breaks. */
const NARROWEST = 30;

/**
 * Breaks long lines between words so that they fit `width` columns; every line begins with `indent`. Lines of the text
 * stay lines. Without a width (no terminal) lines stay as long as they are.
 */
export function wrap(text: string, indent: string, width: number | undefined): string {
  const room = Math.max(NARROWEST, (width ?? Number.POSITIVE_INFINITY) - indent.length);
  return text
    .split('\n')
    .flatMap((line) => fold(line.trim(), room))
    .map((line) => `${indent}${line}`)
    .join('\n');
}

function fold(line: string, room: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > room) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current];
}
