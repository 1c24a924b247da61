import type { AlertReport, AlertState, HeldBack } from '../functions/lake/catalogue/alert.ts';

/** Members named of a rule that cannot be judged, before the others are only counted. */
const MOST_NAMED = 3;

/** What a day's alerts leave unsaid: unusual figures that opened none, and figures of which nobody can say what is usual. */
export function alertNotes(report: AlertReport | undefined): string[] {
  if (!report) return [];
  return [
    ...(report.heldBack ?? []).map(heldLine),
    ...[...grouped(report.states)].map(
      ([what, states]) => `Not judged on ${report.asOf}: ${namesOf(states)}: ${what}.`,
    ),
  ];
}

const HELD: Readonly<Record<HeldBack['why'], string>> = {
  chance: 'among as many figures as were judged, one so far off is to be expected',
  budget: 'others are further off, and `alerts.unusual_a_day` are open',
};

const heldLine = ({ rule, member, why }: HeldBack): string =>
  `Unusual, but no alert: ${nameOf({ rule, member })}: ${HELD[why]}.`;

/** States that nobody can judge, by why. */
function grouped(states: readonly AlertState[]): Map<string, AlertState[]> {
  const groups = new Map<string, AlertState[]>();
  for (const state of states) {
    const why = whyOf(state.basis);
    if (why !== null) groups.set(why, [...(groups.get(why) ?? []), state]);
  }
  return groups;
}

function whyOf(basis: AlertState['basis']): string | null {
  if (!basis || !('why' in basis)) return null;
  if (basis.why === 'place')
    return 'this place in the month was seen in fewer than two months, so nobody knows what is usual there';
  if (basis.why === 'nothing') return 'as a rule there is nothing on such a day';
  return `too little history: ${basis.days} days can be compared, ${basis.needed} are needed`;
}

const nameOf = ({ rule, member }: Pick<AlertState, 'rule' | 'member'>): string =>
  member === null ? rule : `${rule} (${member})`;

function namesOf(states: readonly AlertState[]): string {
  const more = states.length - MOST_NAMED;
  return `${states.slice(0, MOST_NAMED).map(nameOf).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
