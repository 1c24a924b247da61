import { audiences, type Kpi } from '../catalogue/kpi.ts';
import { suggestion } from '../values/nearest.ts';
import type { Mistake, Path } from '../yaml/mistake.ts';
import { listAt, valueAt } from '../yaml/raw.ts';

/** Names and addresses given twice: sources would mix their rows, recipients would get two mails. */
export function repeatedNames(data: unknown): Mistake[] {
  return [
    ...repeated(data, ['sources'], 'name', (name) => `"${name}" is the name of another source already`),
    ...repeated(data, ['channels'], 'name', (name) => `"${name}" is the name of another channel already`),
    ...repeated(
      data,
      ['recipients'],
      'email',
      (email) => `${email} is a recipient already; give one entry all roles`,
    ),
  ];
}

function repeated(data: unknown, path: Path, field: string, say: (value: string) => string): Mistake[] {
  const seen = new Set<string>();
  return listAt(data, path).flatMap((item, index) => {
    const value = valueAt(item, [field]);
    if (typeof value !== 'string') return [];
    const folded = value.trim().toLowerCase();
    if (seen.has(folded)) return [{ path: [...path, index, field], message: say(value) }];
    seen.add(folded);
    return [];
  });
}

/** KPI ids under `kpis` that do not exist, or that are asked for and switched off at once. */
export function kpiListMistakes(data: unknown, kpis: readonly Kpi[] | undefined): Mistake[] {
  if (!kpis) return [];
  const known = kpis.map((kpi) => kpi.id);
  const off = listAt(data, ['kpis', 'off']);
  return (['off', 'digest'] as const).flatMap((list) =>
    listAt(data, ['kpis', list]).flatMap((id, index): Mistake[] => {
      const path = ['kpis', list, index];
      if (typeof id !== 'string') return [];
      if (!known.includes(id))
        return [{ path, message: `there is no KPI "${id}"; ${suggestion(id, known)}` }];
      if (list === 'digest' && off.includes(id))
        return [{ path, message: `"${id}" is also under kpis.off; remove it from one of the two` }];
      return [];
    }),
  );
}

/** A KPI that stays on and would have no window left. */
export function windowMistakes(data: unknown, kpis: readonly Kpi[] | undefined): Mistake[] {
  const windowsOff = listAt(data, ['kpis', 'windows_off']);
  const off = listAt(data, ['kpis', 'off']);
  const bare = (kpis ?? []).filter(
    (kpi) =>
      !kpi.problem && !off.includes(kpi.id) && kpi.windows.every((window) => windowsOff.includes(window)),
  );
  return bare.map((kpi) => ({
    path: ['kpis', 'windows_off'],
    message: `leaves ${kpi.id} without a window; put it under kpis.off too`,
  }));
}

/** Roles that mean something to Vigie itself. */
const OWN_ROLES = ['executive', 'ops'];

/** Roles to which nothing is ever told: a mistyped one would leave somebody without mails, in silence. */
export function roleMistakes(data: unknown, kpis: readonly Kpi[] | undefined): Mistake[] {
  if (!kpis) return [];
  const notified = listAt(data, ['alerts', 'rules']).flatMap((rule) => listAt(rule, ['notify']).map(String));
  // Whom a KPI with a mistake in its file is for may not be known.
  const told = kpis.some((kpi) => kpi.problem) ? audiences : kpis.flatMap((kpi) => kpi.audience);
  const known: string[] = [...new Set([...OWN_ROLES, ...told, ...notified])];
  return ['recipients', 'channels'].flatMap((list) =>
    listAt(data, [list]).flatMap((told, index) =>
      valueAt(told, ['digest']) === true
        ? []
        : listAt(told, ['roles']).flatMap((role, place): Mistake[] =>
            typeof role !== 'string' || known.includes(role)
              ? []
              : [
                  {
                    path: [list, index, 'roles', place],
                    message: `nobody is told anything as "${role}"; ${suggestion(role, known)}. A role of your own has to stand under \`notify\` of a rule`,
                  },
                ],
          ),
    ),
  );
}

/** Channels that a stage names and that there are not: what is tried out there would be told nowhere, in silence. */
export function stageMistakes(data: unknown): Mistake[] {
  const known = listAt(data, ['channels']).map((channel) => String(valueAt(channel, ['name'])));
  const stages = valueAt(data, ['aws', 'stages']);
  if (typeof stages !== 'object' || stages === null) return [];
  return Object.keys(stages).flatMap((stage) =>
    listAt(data, ['aws', 'stages', stage, 'channels']).flatMap((name, place): Mistake[] =>
      typeof name !== 'string' || known.includes(name)
        ? []
        : [
            {
              path: ['aws', 'stages', stage, 'channels', place],
              message: `there is no channel "${name}"; ${suggestion(name, known)}`,
            },
          ],
    ),
  );
}
