/**
 * Whom Vigie names when a member of the sandbox company moved a figure, and whom when nobody did.
 *
 *     node --import tsx bench/culprit.ts [--small] [--cases 400] [--seed 9001] [--company saas]
 *
 * Companies of the sandbox live without any story. In each case a member of a dimension is drawn, at least 1.2 % of the
 * whole, and something is done to it through one window: 0 to 3 times as many orders or lines, some points more or
 * fewer carts abandoned … Cases count whose change a mail would tell. Beside each, the choice of version 0.2. The rules
 * were made on companies of other seeds than those measured here.
 */
import { parseArgs } from 'node:util';
import { addDays } from '../functions/lake/values/day.ts';
import { live as liveWholesale } from './culprit/facts.ts';
import { report } from './culprit/report.ts';
import { liveSaas } from './culprit/saas-facts.ts';
import { casesOf, judged, type Outcome } from './culprit/trial.ts';

const { values } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    cases: { type: 'string' },
    seed: { type: 'string', default: '9001' },
    company: { type: 'string', default: 'wholesale' },
  },
});
const companies = values.small ? 1 : 8;
const wanted = Number(values.cases ?? (values.small ? 24 : 400));
const live = values.company === 'saas' ? liveSaas : liveWholesale;
const outcomes: Outcome[] = [];
for (let company = 0; company < companies; company += 1) {
  const endsOn = addDays('2026-11-21', -37 * company);
  const share = Math.ceil(
    (wanted - outcomes.filter(({ plant }) => plant !== null).length) / (companies - company),
  );
  for (const found of casesOf({ seed: Number(values.seed) + company, endsOn, cases: share, live }))
    outcomes.push(judged(found));
}
report(outcomes);
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
