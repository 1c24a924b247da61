import { type Kpi, themes } from '../catalogue/kpi.ts';
import { suggestion } from '../values/nearest.ts';
import type { Mistake, Path } from '../yaml/mistake.ts';
import { listAt, valueAt } from '../yaml/raw.ts';
import { isRecord } from '../yaml/words.ts';
import { whyOff } from './chosen-kpis.ts';
import { type KpiChoice, kpiChoice } from './kpi-choice.ts';

/** `kpis` as it can be read of raw data: what of it is no choice counts as not said. */
export function choiceOf(data: unknown): KpiChoice {
  const raw = valueAt(data, ['kpis']);
  const fields = Object.entries(kpiChoice.shape).flatMap(([field, schema]) => {
    const parsed = schema.safeParse(isRecord(raw) ? raw[field] : undefined);
    return parsed.success ? [[field, parsed.data] as const] : [];
  });
  return { ...kpiChoice.parse({}), ...Object.fromEntries(fields) };
}

/** Names of KPIs and themes that do not exist, or that are shown to somebody and not computed. */
export function kpiListMistakes(data: unknown, kpis: readonly Kpi[] | undefined): Mistake[] {
  if (!kpis) return [];
  const known = kpis.map((kpi) => kpi.id);
  const unknown = (id: string, path: Path, atKey: boolean): Mistake[] =>
    known.includes(id) ? [] : [{ path, atKey, message: `there is no KPI "${id}"; ${suggestion(id, known)}` }];
  const off = valueAt(data, ['kpis', 'off']);
  return [
    ...(isRecord(off) ? Object.keys(off) : []).flatMap((id) => unknown(id, ['kpis', 'off', id], true)),
    ...figureLists(data).flatMap((path) => listMistakes(data, path, kpis)),
  ];
}

/** Where figures are chosen: the digest, roles, people, channels. */
function figureLists(data: unknown): Path[] {
  const roles = valueAt(data, ['kpis', 'roles']);
  const told = ['recipients', 'channels'].flatMap((list) =>
    listAt(data, [list]).map((_, index): Path => [list, index, 'kpis']),
  );
  return [
    ['kpis', 'digest'],
    ['kpis', 'dashboard'],
    ...(isRecord(roles) ? Object.keys(roles) : []).map((role): Path => ['kpis', 'roles', role]),
    ...told,
  ];
}

function listMistakes(data: unknown, list: Path, kpis: readonly Kpi[]): Mistake[] {
  // A dashboard is of a few figures, and no theme's.
  const ofThemes = list.at(-1) !== 'dashboard';
  const known = [...kpis.map((kpi) => kpi.id), ...(ofThemes ? themes : [])];
  const choice = { kpis: choiceOf(data) };
  return listAt(data, list).flatMap((name, index): Mistake[] => {
    if (typeof name !== 'string') return [];
    const path = [...list, index];
    if (!known.includes(name))
      return [
        {
          path,
          message: `there is no KPI ${ofThemes ? 'and no theme ' : ''}"${name}"; ${suggestion(name, known)}`,
        },
      ];
    const kpi = kpis.find((each) => each.id === name);
    const why = kpi && whyOff(choice, kpi);
    if (why?.kind === 'unreliable')
      return [{ path, message: `"${name}" is also under kpis.off; remove it from one of the two` }];
    const theme = kpi ? kpi.theme : name;
    if (choice.kpis.themes?.every((each) => each !== theme))
      return [
        {
          path,
          message: `kpis.themes leaves out ${kpi ? `the theme of "${name}", ${theme}` : `"${name}"`}; name it there, or take this out`,
        },
      ];
    return [];
  });
}

/** A KPI that stays on and would have no window left. */
export function windowMistakes(data: unknown, kpis: readonly Kpi[] | undefined): Mistake[] {
  const choice = choiceOf(data);
  const windowsOff = listAt(data, ['kpis', 'windows_off']);
  const bare = (kpis ?? []).filter(
    (kpi) =>
      !kpi.problem &&
      whyOff({ kpis: choice }, kpi) === null &&
      kpi.windows.every((window) => windowsOff.includes(window)),
  );
  return bare.map((kpi) => ({
    path: ['kpis', 'windows_off'],
    message: `leaves ${kpi.id} without a window; put it under kpis.off too`,
  }));
}

/** Roles under `kpis.roles` that nobody has: the list would be shown to nobody, in silence. */
export function choosingRoleMistakes(data: unknown): Mistake[] {
  const roles = valueAt(data, ['kpis', 'roles']);
  const known = ['recipients', 'channels'].flatMap((list) =>
    listAt(data, [list]).flatMap((told) => listAt(told, ['roles']).map(String)),
  );
  if (!isRecord(roles) || known.length === 0) return [];
  return Object.keys(roles)
    .filter((role) => !known.includes(role))
    .map((role) => ({
      path: ['kpis', 'roles', role],
      atKey: true,
      message: `nobody has the role "${role}"; ${suggestion(role, [...new Set(known)])}`,
    }));
}
