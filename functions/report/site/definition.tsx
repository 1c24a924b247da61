/** @jsxRuntime automatic @jsxImportSource react */

import type { ReactNode } from 'react';
import { wordIn } from '../../lake/values/language.ts';
import { formatValue } from '../../languages/numbers.ts';
import { oneLine } from '../../languages/one-line.ts';
import type { KpiDay } from '../model/day.ts';
import type { Edition } from './edition.ts';

/** How a KPI is defined, what others reach, and where it says what to do. */
export function Definition({ edition, sheet }: { edition: Edition; sheet: KpiDay }) {
  const { words } = edition;
  const { kpi } = sheet;
  return (
    <details className="definition">
      <summary>{words.definition}</summary>
      <dl>
        <Term name={words.unit}>{words.units[kpi.unit]}</Term>
        <Term name={words.formula}>{kpi.ratio ? words.ratio : words.plain}</Term>
        <Term name={words.direction}>{words.good[kpi.good]}</Term>
        {kpi.benchmark && (
          <Term name={words.benchmark}>
            {formatValue(kpi.benchmark.value, kpi.unit, edition.format)} – {kpi.benchmark.source}
            {kpi.benchmark.year !== undefined && `, ${kpi.benchmark.year}`}
          </Term>
        )}
        <Term name={words.reads}>{Object.keys(kpi.reads).join(', ')}</Term>
        <Term name={words.source}>
          <code>{kpi.file}</code>
        </Term>
        {kpi.advice && <Term name={words.runbook}>{oneLine(wordIn(kpi.advice, edition.language), 400)}</Term>}
      </dl>
    </details>
  );
}

const Term = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
