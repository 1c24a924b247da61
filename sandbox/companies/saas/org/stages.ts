import { fixedRecord, type TimedRecord } from '../../../vendor-kit/timed-record.ts';
import type { LeadEnd, LeadStage } from '../business/stages.ts';
import { STAGES } from '../business/stages.ts';
import { salesforceId } from './ids.ts';

/** Statuses of leads by the stage each stands for, as the API has them; that people call the first otherwise shows in the list of statuses. */
export const STATUSES: Readonly<Record<LeadStage | LeadEnd, string>> = {
  lead: 'New',
  mql: 'MQL',
  sql: 'SQL',
  converted: 'Converted',
  disqualified: 'Disqualified',
};

const BEGUN = Date.parse('2020-01-06T08:00:00Z');

export const statusRecords = (): TimedRecord[] =>
  STAGES.filter(({ pipeline }) => pipeline === 'Leads').map(({ id, name }, place) =>
    fixedRecord(salesforceId('leadStatus', place + 1), BEGUN, {
      ...{ ApiName: STATUSES[id as LeadStage | LeadEnd], MasterLabel: name, SortOrder: String(place + 1) },
      IsConverted: String(id === 'converted'),
    }),
  );

/** Stages of opportunities: the API calls them by their ids, people by their names. */
export const stageRecords = (): TimedRecord[] =>
  STAGES.filter(({ pipeline }) => pipeline === 'Sales').map(({ id, name, probability, outcome }, place) =>
    fixedRecord(salesforceId('stage', 100 + place), BEGUN, {
      ...{ ApiName: id, MasterLabel: name, SortOrder: String(place + 1), IsActive: 'true' },
      ...{ IsClosed: String(outcome !== 'open'), IsWon: String(outcome === 'won') },
      DefaultProbability: String(probability ?? 0),
    }),
  );
