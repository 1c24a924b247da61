/** Levels of the rules in the company's vigie.yaml: the stories are planted around them. */
export const LEVELS = {
  /** Leads of a form in 7 days against the same days a year before, below. */
  formLeads: -0.6,
  formLeadsClear: -0.3,
  /** … of forms that bring, or brought then, so many leads in a week at scale 1. */
  formLeadsVolume: 12,
  /** Leads of a channel that became customers within 180 days, of a year of leads, below. Ordinary: 3 to 12 %. */
  channelWins: 0.01,
  channelWinsClear: 0.015,
  /** … of channels with so many leads a year at scale 1. */
  channelWinsVolume: 100,
  /** Days in a stage over 28 days against the year before, above. */
  stageDays: 0.5,
  stageDaysClear: 0.25,
  /** … of stages that so many left. */
  stageDaysVolume: 20,
  /** Deals won of those that a competitor was in, over 28 days, below. Ordinary: a quarter. */
  competitorWins: 0.1,
  competitorWinsClear: 0.18,
  competitorWinsVolume: 20,
} as const;

/** Ids of the rules in vigie.yaml. */
export const RULES = {
  form: 'form-silent',
  channel: 'channel-never-closes',
  stage: 'stage-stalls',
  competitor: 'competitor-wins',
} as const;
