/** @jsxRuntime automatic @jsxImportSource react */
import type { CSSProperties, ReactNode } from 'react';
import type { FigureKind, Kpi } from '../../lake/catalogue/kpi.ts';
import { formatChange, formatNumber, formatShort, formatValue } from '../../languages/numbers.ts';
import { type ComparedFigure, type Figure, figureValueOf, type KpiDay } from '../model/day.ts';
import { readingOf } from '../model/reading.ts';
import type { Edition } from './edition.ts';

/** A dash for the eye, words for the ear. */
export const NoData = ({
  edition,
  why = edition.language.figures.noValue,
}: {
  edition: Edition;
  why?: string;
}) => (
  <span className="none">
    <span aria-hidden="true">–</span>
    <span className="sr">{why}</span>
  </span>
);

/** A line under a name, as long as its part of the whole; none where it is no part. */
export const barOf = (share: number | null): CSSProperties | undefined =>
  share === null ? undefined : { backgroundSize: `${(Math.min(share, 1) * 100).toFixed(1)}% 2px` };

interface ValueProps {
  readonly edition: Edition;
  readonly kpi: Kpi;
  readonly value: number | null;
  /** Large amounts in three digits: `€1.24M`. */
  readonly short?: boolean;
}

export function Value({ edition, kpi, value, short = false }: ValueProps) {
  if (value === null) return <NoData edition={edition} />;
  return <>{(short ? formatShort : formatValue)(value, kpi.unit, edition.format)}</>;
}

/** A figure as a spreadsheet takes it; nothing where there is none. */
export const rawOf = (line: ComparedFigure, kind: FigureKind = 'current'): number | undefined =>
  exact(figureValueOf(line, kind));

/** As many digits as are recorded; a quotient has more, which mean nothing. */
export const exact = (value: number | null): number | undefined =>
  value === null ? undefined : Number(value.toPrecision(12));

interface ChangeProps {
  readonly edition: Edition;
  readonly sheet: KpiDay;
  readonly line: ComparedFigure;
  readonly against: Exclude<FigureKind, 'current'>;
}

/** The style sheet draws the arrows: thousands of them stand on a page. */
const ARROWS: Readonly<Record<string, string>> = { '+': 'rise', '−': 'fall' };

/**
 * A figure's change against something: sign, arrow and a word say what the colour says. One within noise has no colour; late
 * data counts fewer days than what it would be compared with, so it is not.
 */
export function Change({ edition, sheet, line, against }: ChangeProps) {
  const { kpi, quality } = sheet;
  const [value, reference] = [figureValueOf(line), figureValueOf(line, against)];
  const change = formatChange(value, reference, kpi.unit, edition.format);
  if (change === null || reference === null) return <NoData edition={edition} />;
  if (quality === 'stale') return <NoData edition={edition} why={edition.words.notCompared} />;
  const arrow = ARROWS[change.charAt(0)];
  const tone = readingOf(line, against, kpi, change);
  return (
    <span
      className={`change ${tone}${arrow ? ` ${arrow}` : ''}`}
      title={formatValue(reference, kpi.unit, edition.format)}
    >
      {change}
      {tone !== 'same' && <span className="sr"> {edition.words[tone]}</span>}
    </span>
  );
}

/** The cell of a change: what it is measured against, as a spreadsheet takes it, and the change as people read it. */
export function ChangeCell({ children, ...change }: ChangeProps & { readonly children?: ReactNode }) {
  return (
    <td className="number" data-v={rawOf(change.line, change.against)}>
      <Change {...change} />
      {children}
    </td>
  );
}

/** What a ratio was made from: `3,204 / 4,115`. Empty for a plain sum. */
export function madeFrom({ language }: Edition, kpi: Kpi, figure: Figure | undefined): string | null {
  if (!kpi.ratio || !figure || figure.numerator === null || figure.denominator === null) return null;
  const plain = (value: number): string =>
    formatNumber(value, language, Number.isInteger(value) || Math.abs(value) >= 1000 ? 0 : 2);
  return `${plain(figure.numerator)} / ${plain(figure.denominator)}`;
}

/** The names of its columns for a narrow screen, where each line of the table is a small grid. */
export const columnNames = ({ words }: Edition): CSSProperties =>
  Object.fromEntries(
    columnsOf(words).map(([, name], place) => [`--c${place + 2}`, JSON.stringify(name)]),
  ) as CSSProperties;

const columnsOf = (words: Edition['words']): readonly (readonly [FigureKind, string])[] => [
  ['current', words.value],
  ['previous', words.previous],
  ['last_year', words.lastYear],
  ['target', words.toTarget],
];

/** The head of a table that sets figures beside their comparisons; `first` names what its rows are. */
export function ComparedHead({ words, first }: { words: Edition['words']; first: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {columnsOf(words).map(([kind, column]) => (
          <th key={kind} scope="col" className="number" data-v={kind}>
            {column}
          </th>
        ))}
        <th scope="col" className="line">
          {words.recent}
        </th>
      </tr>
    </thead>
  );
}
