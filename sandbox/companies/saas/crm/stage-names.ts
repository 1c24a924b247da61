import type { Moment } from '../../../kit/calendar.ts';
import type { Company } from '../business/company.ts';
import { OLD_NAME_OF_TRIAL } from '../business/stages.ts';

/** So many days before the last, the pilot was renamed to trial; a CRM that knows only names did not rename its past. */
const RENAMED_DAYS_BACK = 200;

/** What the stage was called when somebody came into it, where it was called otherwise. */
export const formerName = (company: Company, stage: string, at: Moment): string | undefined =>
  stage === 'trial' && at.day < company.last - RENAMED_DAYS_BACK ? OLD_NAME_OF_TRIAL : undefined;
