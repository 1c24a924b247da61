import { STAGES } from '../business/stages.ts';
import { stageId, TENANT } from '../environment/environment.ts';
import { crmLists } from './crm-lists.ts';

const OPEN = STAGES.filter(({ pipeline, outcome }) => pipeline === 'Sales' && outcome === 'open');

/** Dynamics 365 Sales over the Dataverse Web API: leads, opportunities, the stage each is in; what the company keeps beside it comes as lists. */
export const dynamicsSource = (
  origin: string,
  startsOn: string,
): string => `  # Dynamics 365 Sales: leads, opportunities, the stage each is in. base_url and login_url lead to the simulated ones (\`vigie sandbox --serve\`
  # keeps them running); in life they are the environment's and Entra's. Credentials stand in .vigie/secrets.json; here they are only named.
  - kind: dynamics-sales
    name: dynamics-sales
    starts_on: ${startsOn}
    tenant: ${TENANT}
    # \`deleted\`: the audit log says which opportunities were deleted.
    read: [leads, opportunities, users, people, deleted]
    # Columns that the company added, by what they are to Vigie.
    lead:
      region: new_salesregion
      lost_reason: new_reasonlost
      contact_role: new_function
      engagement_count: new_answers
      mql_on: new_mqlon
      sql_on: new_sqlon
      yearly_potential: new_yearlypotential
      buys_within_days: new_buyswithin
      has_budget: new_budget
      has_authority: new_authority
      has_need: new_need
      has_timing: new_timing
    opportunity:
      channel: new_channel
      lost_reason: new_reasonlost
      contribution: new_margin
    account:
      region: new_salesregion
    # Dataverse has neither an order of stages nor their probabilities.
    stages:
${OPEN.map(({ name, step, probability }) => `      ${name}: { step: ${step}, probability: ${(probability ?? 0) / 100} }`).join('\n')}
    page_size: 5000
    secret: \${secret:dynamics-sales}
    base_url: ${origin}
    login_url: ${origin}

  # What the company keeps outside of Dynamics: lists, every night.
  - kind: files
    name: crm-lists
    title: { en: CRM lists, fr: Listes du CRM }
    feeds:
${crmLists.replace('stage_id: Stage,', `stage_id: { from: Stage, values: { ${OPEN.map(({ id }) => `${id}: ${stageId(id)}`).join(', ')} } },`)}`;
