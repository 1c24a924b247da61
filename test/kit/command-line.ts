import { vi } from 'vitest';
import { main } from '../../cli/main.ts';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `vigie …` in this process, and keeps what it printed. Two at a time would mix their words. */
export async function vigie(...args: string[]): Promise<Said> {
  const said = { out: '', err: '' };
  const listen = (stream: NodeJS.WriteStream, to: 'out' | 'err') =>
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      said[to] += String(chunk);
      return true;
    });
  const spies = [listen(process.stdout, 'out'), listen(process.stderr, 'err')];
  try {
    const code = await main(args);
    return { code, ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = undefined;
  }
}
