export type DealStage = 'qualified' | 'demo' | 'trial' | 'proposal' | 'negotiation';
export type DealEnd = 'won' | 'lost';
export type LeadStage = 'lead' | 'mql' | 'sql';
export type LeadEnd = 'converted' | 'disqualified';
export type StageId = DealStage | DealEnd | LeadStage | LeadEnd;

export interface Stage {
  readonly id: StageId;
  readonly pipeline: 'Leads' | 'Sales';
  readonly name: string;
  readonly step: number | null;
  /** Per cent, as somebody once typed it into the CRM: too hopeful. */
  readonly probability: number | null;
  readonly outcome: 'open' | 'won' | 'lost';
}

/** The stages of both pipelines. A lead that becomes a deal has ended its journey as a lead. */
export const STAGES: readonly Stage[] = [
  leads('lead', 'Lead', 1),
  leads('mql', 'MQL', 2),
  leads('sql', 'SQL', 3),
  { id: 'converted', pipeline: 'Leads', name: 'Converted', step: null, probability: null, outcome: 'won' },
  {
    id: 'disqualified',
    pipeline: 'Leads',
    name: 'Disqualified',
    step: null,
    probability: null,
    outcome: 'lost',
  },
  sales('qualified', 'Qualified', 1, 20),
  sales('demo', 'Demo', 2, 35),
  sales('trial', 'Trial', 3, 50),
  sales('proposal', 'Proposal', 4, 65),
  sales('negotiation', 'Negotiation', 5, 85),
  { id: 'won', pipeline: 'Sales', name: 'Won', step: null, probability: 100, outcome: 'won' },
  { id: 'lost', pipeline: 'Sales', name: 'Lost', step: null, probability: 0, outcome: 'lost' },
];

function leads(id: LeadStage, name: string, step: number): Stage {
  return { id, pipeline: 'Leads', name, step, probability: null, outcome: 'open' };
}

function sales(id: DealStage, name: string, step: number, probability: number): Stage {
  return { id, pipeline: 'Sales', name, step, probability, outcome: 'open' };
}

/** Until it was renamed, the trial was called so: the CRM's history still says it of those days. */
export const OLD_NAME_OF_TRIAL = 'Pilot';

/** What a stage asks for before it is left, and how many in a hundred deals have it by then. */
export const MILESTONES: readonly {
  readonly id: string;
  readonly stage: DealStage;
  readonly name: string;
  readonly met: number;
}[] = [
  { id: 'decision-maker', stage: 'demo', name: 'Decision maker present', met: 72 },
  { id: 'criteria', stage: 'trial', name: 'Success criteria agreed', met: 64 },
  { id: 'kick-off', stage: 'trial', name: 'Kick-off held', met: 88 },
  { id: 'blockers', stage: 'proposal', name: 'Blockers heard', met: 55 },
  { id: 'budget', stage: 'proposal', name: 'Budget confirmed', met: 78 },
];
