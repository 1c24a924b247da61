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
  /** Clicks of those delivered, of a newsletter's 7 days, below. Ordinary: 3.3 to 3.9 %. */
  clicks: 0.01,
  clicksClear: 0.02,
  clicksVolume: 1000,
  /** Followers of a network against the same day a year before, below. Ordinary: a tenth or more is added. */
  followers: -0.1,
  followersClear: -0.02,
  /** Visits from search out of the company's and one competitor's, over 28 days, below. Ordinary: 52 to 70 %. */
  searchShare: 0.5,
  searchShareClear: 0.52,
  /** Satisfied answers of a region over 28 days, below. Ordinary: four in five. */
  satisfaction: 0.6,
  satisfactionClear: 0.7,
  satisfactionVolume: 15,
} as const;

/** Ids of the rules in vigie.yaml. */
export const RULES = {
  form: 'form-silent',
  channel: 'channel-never-closes',
  stage: 'stage-stalls',
  competitor: 'competitor-wins',
  links: 'newsletter-without-clicks',
  followers: 'followers-gone',
  search: 'search-overtaken',
  satisfaction: 'region-dissatisfied',
} as const;
