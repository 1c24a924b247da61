import { closedDays } from '../../../kit/closed-days.ts';
import { FORMS } from '../business/channels.ts';
import { STAGES } from '../business/stages.ts';
import { CLOSED } from '../invent.ts';
import { LEVELS, RULES } from '../story-levels.ts';

const DEAL_STAGES = STAGES.filter(({ pipeline, outcome }) => pipeline === 'Sales' && outcome === 'open').map(
  ({ id }) => id,
);

const volume = (count: number, scale: number): number => Math.max(1, Math.round(count * scale));

/** KPIs of the digest, alert rules, people. */
export const alertsAndRecipients = ({
  scale,
  endsOn,
}: {
  readonly scale: number;
  readonly endsOn: string;
}): string => `# What the company lives by, first things first: leads and what becomes of them, who was won, what that brings. It has no
# shop, so nothing of one is asked for. Since its funnel is the first theme, the sales dashboard begins with the five figures
# that an executive of such a company looks for: new leads, the forecast of the month, trials that pay, what a lead costs,
# how much of the break-even is won. \`digest\` names what follows it; \`dashboard\` would name others for the dashboard itself.
kpis:
  themes: [funnel, customers, sales, competition, channels]
  digest:
    - net_revenue
    - new_customers
    - lead_to_customer_rate
    - competitive_win_rate

alerts:
  # Deals close at the ends of quarters: the cost of a customer jumps with each of them, and says nothing.
  off: [acquisition-cost-jump]
  rules:
    # A form of the site that brings far fewer leads than in the same week a year ago, or none at all.
    - id: ${RULES.form}
      kind: change
      kpi: new_leads
      period: last_7d
      dimension: campaign
      members:
${FORMS.map((form) => `        - ${form}`).join('\n')}
      against: last_year
      below: ${LEVELS.formLeads}
      clear: ${LEVELS.formLeadsClear}
      min_volume: ${volume(LEVELS.formLeadsVolume, scale)}
      severity: critical
      renotify_after_days: 7
      notify: [executive, marketing, ops]
    # A channel of whose leads nearly none has become a customer, once enough of them had their 180 days to be sure.
    - id: ${RULES.channel}
      kind: limit
      kpi: lead_to_customer_rate
      period: last_365d
      dimension: channel
      below: ${LEVELS.channelWins}
      clear: ${LEVELS.channelWinsClear}
      min_volume: ${volume(LEVELS.channelWinsVolume, scale)}
      confidence: 0.95
      renotify_after_days: 28
      notify: [executive, marketing]
    # A stage in which deals stay half as long again as in the same weeks a year ago. Leads are left out: most leave a stage
    # on the same day and a few after weeks, so that their mean jumps by itself.
    - id: ${RULES.stage}
      kind: change
      kpi: stage_duration_days
      period: last_28d
      dimension: stage
      members: [${DEAL_STAGES.join(', ')}]
      against: last_year
      above: ${LEVELS.stageDays}
      clear: ${LEVELS.stageDaysClear}
      min_volume: ${volume(LEVELS.stageDaysVolume, scale)}
      renotify_after_days: 14
      notify: [executive, sales]
    # A competitor against whom hardly anything is won any more; only where chance alone does not explain it.
    - id: ${RULES.competitor}
      kind: limit
      kpi: competitive_win_rate
      period: last_28d
      dimension: competitor
      below: ${LEVELS.competitorWins}
      clear: ${LEVELS.competitorWinsClear}
      min_volume: ${volume(LEVELS.competitorWinsVolume, scale)}
      confidence: 0.95
      renotify_after_days: 14
      notify: [executive, sales]
    # A newsletter that hardly anybody clicked: a broken link looks like lost interest.
    - id: ${RULES.links}
      kind: limit
      kpi: email_click_rate
      period: last_7d
      dimension: campaign
      below: ${LEVELS.clicks}
      clear: ${LEVELS.clicksClear}
      min_volume: ${volume(LEVELS.clicksVolume, scale)}
      notify: [executive, marketing]
    # A network with far fewer followers than on the same day a year ago.
    - id: ${RULES.followers}
      kind: change
      kpi: social_followers
      dimension: network
      against: last_year
      below: ${LEVELS.followers}
      clear: ${LEVELS.followersClear}
      renotify_after_days: 28
      notify: [executive, marketing]
    # A competitor whom search engines send more visitors than they send here.
    - id: ${RULES.search}
      kind: limit
      kpi: search_traffic_share
      period: last_28d
      dimension: competitor
      below: ${LEVELS.searchShare}
      clear: ${LEVELS.searchShareClear}
      renotify_after_days: 28
      notify: [executive, marketing]
    # A region in which customers are not satisfied; only where chance alone does not explain it.
    - id: ${RULES.satisfaction}
      kind: limit
      kpi: customer_satisfaction
      period: last_28d
      dimension: region
      below: ${LEVELS.satisfaction}
      clear: ${LEVELS.satisfactionClear}
      min_volume: ${volume(LEVELS.satisfactionVolume, scale)}
      confidence: 0.95
      renotify_after_days: 14
      notify: [executive, sales]

# Who is told. Executives get the digest; the other roles get the alerts that name them; ops hears of failed sources.
recipients:
  - { name: Anaïs Le Goff, email: anais.legoff@kervello.example, language: fr, roles: [executive] }
  - { name: Robert Hale, email: robert.hale@kervello.example, language: en, roles: [executive, sales] }
  - { name: Data desk, email: data@kervello.example, language: en, roles: [ops] }
  - { name: Nora Lindqvist, email: nora.lindqvist@kervello.example, language: en, roles: [marketing], digest: false }

delivery:
  from: Vigie <vigie@kervello.example>
  # \`files\` leaves the mails as .eml files in the state folder. For a server of your own:
  #   mailer: { kind: smtp, secret: smtp }
  mailer: { kind: files }
  unsubscribe: mailto:data@kervello.example?subject=unsubscribe
${closedDays(endsOn, CLOSED)}
`;
