/** What a command printed, with its colours, as a page that looks like a terminal. */
export function terminalPage(command: string, output: string): string {
  return `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; background: #15181b; color: #e6e3dc; padding: 22px 26px; }
pre { margin: 0; font: 13.5px/1.5 'DejaVu Sans Mono', ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.b { font-weight: 700; color: #ffffff; } .d { color: #97a0a9; }
.c31 { color: #ff8a70; } .c32 { color: #6fcf97; } .c33 { color: #e5b454; } .c36 { color: #7fb8ea; }
</style><pre><span class="c32">$</span> ${escaped(command)}\n${coloured(output.trim())}</pre>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The few codes that picocolors and cli-table3 write: bold, dim, a colour, and the end of each. */
function coloured(text: string): string {
  const on = new Set<string>();
  return text
    .split('\u001b[')
    .map((part, index) => {
      const [, code, rest] = (index === 0 ? null : /^(\d*)m([\s\S]*)$/.exec(part)) ?? [null, '', part];
      if (code === '0') on.clear();
      if (code === '22') for (const each of ['b', 'd']) on.delete(each);
      if (code === '39') for (const each of [...on]) if (each.startsWith('c')) on.delete(each);
      if (code === '1') on.add('b');
      if (code === '2') on.add('d');
      if (/^3[0-7]$/.test(code ?? '')) on.add(`c${code}`);
      return rest === '' ? '' : `<span class="${[...on].join(' ')}">${escaped(rest ?? '')}</span>`;
    })
    .join('');
}
