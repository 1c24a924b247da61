import { understood, VigieError } from '../../platform/errors.ts';

/** What one file, or one entry of `dimensions.yaml`, makes. */
export interface Part {
  readonly kind: 'dimension' | 'view' | 'measure' | 'KPI' | 'check' | 'list';
  readonly name: string;
  readonly file: string;
}

/** A part that cannot be used, and why. The others can. */
export interface BrokenPart extends Part {
  readonly error: VigieError;
}

/** The code of a name that two files give. */
const TWICE = 'NAME_TWICE';

/** Collects what is broken, so that one mistake keeps nothing else from being read. */
export class Faults {
  readonly found: BrokenPart[] = [];

  /** Does the work of one part; where that fails, the part is broken and nothing comes of it. */
  attempt<T>(part: Part, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.found.push({ ...part, error: understood(error) });
      return undefined;
    }
  }

  /** The name of a part is taken by another file. */
  twice(part: Part, other: string, remedy: string): void {
    const message = `${part.file}: \`${part.name}\` is a ${part.kind} already, of ${other}`;
    const where = { file: part.file, line: 1 };
    this.found.push({ ...part, error: new VigieError(message, { code: TWICE, hint: remedy, where }) });
  }

  /** Why a name means nothing: what it would mean is broken, or there are two of it. */
  of(name: string, ...kinds: Part['kind'][]): BrokenPart | undefined {
    return this.found.find((part) => part.name === name && kinds.includes(part.kind));
  }

  /** The same of names that two files give: whoever wrote the second may mean either. */
  doubled(name: string, ...kinds: Part['kind'][]): BrokenPart | undefined {
    const part = this.of(name, ...kinds);
    return part?.error.code === TWICE ? part : undefined;
  }
}

/** Throws where anything is broken: one error that tells all of it. For whoever can mend it now. */
export function refuseBroken(broken: readonly BrokenPart[]): void {
  const [first] = broken;
  if (first === undefined) return;
  if (broken.length === 1) throw first.error;
  const { code, hint, where } = first.error;
  throw new VigieError(broken.map(({ error }) => error.message).join('\n'), {
    code,
    ...(hint === undefined ? {} : { hint }),
    ...(where === undefined ? {} : { where }),
  });
}

/** `measures/x.sql:3 …` in one line, for what depends on it. */
export const firstLine = ({ error }: BrokenPart): string =>
  error.message
    .split('\n')
    .map((line) => line.trim())
    .slice(0, 2)
    .join(' ');
