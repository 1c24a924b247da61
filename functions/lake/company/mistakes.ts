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
