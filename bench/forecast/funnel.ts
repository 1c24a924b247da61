import { addDays, datesBetween, lastOfMonth, weekdayOf } from '../../functions/lake/values/day.ts';

/** Rows by table, as the lake has them. */
export type Rows = Readonly<Record<string, readonly Record<string, unknown>[]>>;

export const FUNNEL_STAGES = [
  { stage_id: 'qualified', name: 'Qualified', step: 1, probability: '0.1', outcome: 'open' },
  { stage_id: 'demo', name: 'Demo', step: 2, probability: '0.3', outcome: 'open' },
  { stage_id: 'offer', name: 'Offer', step: 3, probability: '0.6', outcome: 'open' },
  { stage_id: 'won', name: 'Won', step: null, probability: '1', outcome: 'won' },
  { stage_id: 'lost', name: 'Lost', step: null, probability: '0', outcome: 'lost' },
];

/** Chance to go on to the next stage, and the days that it takes (gamma of shape 2 around the mean). */
const STEPS = [
  { stage: 'qualified', goesOn: 0.55, days: 9 },
  { stage: 'demo', goesOn: 0.5, days: 14 },
  { stage: 'offer', goesOn: 0.6, days: 16 },
];

/**
 * Three years of deals of a made-up software company: some five new ones each working day, more in spring and autumn, a
 * third again as many each year; amounts that change on the way to the offer; sales close deals before a month ends.
 */
export function madeUpFunnel(endsOn: string, days: number, random: () => number, perDay = 5): Rows {
  const deals: Record<string, unknown>[] = [];
  const stage_history: Record<string, unknown>[] = [];
  const deal_amounts: Record<string, unknown>[] = [];
  const gamma = (mean: number): number => (-Math.log(1 - random()) - Math.log(1 - random())) * (mean / 2);
  for (const [index, day] of datesBetween(addDays(endsOn, -days), endsOn).entries()) {
    if (['saturday', 'sunday'].includes(weekdayOf(day))) continue;
    const season = 1 + 0.25 * Math.sin((4 * Math.PI * (Number(day.slice(5, 7)) - 2)) / 12);
    const wanted = perDay * season * 1.33 ** (index / 365) * (0.5 + random());
    for (let n = 0; n < Math.floor(wanted + random()); n += 1) {
      const deal_id = `D${deals.length + 1}`;
      // Put down on the first day, and hardly ever right.
      const expected = addDays(day, 30 + Math.floor(random() * 30));
      const size = Math.exp(8.5 + 0.9 * (random() + random() + random() - 1.5) * 2);
      let amount = Math.round(size);
      let at = day;
      let fate = 'won';
      const enter = (stage_id: string): void => {
        if (at <= endsOn)
          stage_history.push({
            kind: 'deal',
            record_id: deal_id,
            stage_id,
            entered_at: `${at}T10:00:00Z`,
            entered_on: at,
            basis: 'history',
            reason: null,
          });
      };
      const worth = (): void => {
        if (at <= endsOn)
          deal_amounts.push({
            deal_id,
            changed_at: `${at}T10:00:00Z`,
            changed_on: at,
            basis: 'history',
            amount: String(amount),
            currency: 'EUR',
          });
      };
      worth();
      for (const { stage, goesOn, days: mean } of STEPS) {
        enter(stage);
        let length = Math.max(1, Math.round(gamma(mean)));
        const goes = random() < goesOn;
        // What is nearly signed is signed before the month ends.
        const end = addDays(at, length);
        const lastDay = lastOfMonth(end);
        if (stage === 'offer' && goes && random() < 0.3)
          length = Math.max(
            1,
            length +
              Math.round((Date.parse(lastDay) - Date.parse(end)) / 86_400_000) -
              Math.floor(random() * 3),
          );
        at = addDays(at, goes ? length : Math.round(length * 1.5));
        if (!goes) {
          fate = 'lost';
          break;
        }
        if (stage === 'demo') {
          amount = Math.round(amount * (0.7 + 0.6 * random()));
          worth();
        }
      }
      enter(fate);
      const closed = at <= endsOn;
      const last = deal_amounts.findLast((row) => row['deal_id'] === deal_id);
      deals.push({
        deal_id,
        created_on: day,
        created_at: null,
        status: closed ? fate : 'open',
        closed_on: closed ? at : null,
        expected_on: expected,
        amount: last?.['amount'],
        currency: 'EUR',
      });
    }
  }
  return {
    deals,
    stage_history,
    deal_amounts,
    stages: FUNNEL_STAGES.map((stage) => ({ ...stage, pipeline: null })),
  };
}
