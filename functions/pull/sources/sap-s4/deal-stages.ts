import { attributeText } from '../../api/odata/envelope.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import type { Outcome } from './deal-outcome.ts';
import { dealWord } from './deal-settings.ts';
import { changedAt, enteredAt } from './deal-times.ts';
import type { Family } from './families.ts';
import type { Settings } from './settings.ts';

interface Stage {
  readonly id: string;
  readonly name: string;
  readonly step: number | null;
  readonly probability: string | null;
}

/** What the pipeline is called: a stage of quotations is none of contracts. */
export const pipelineOf = ({ entity }: Family, settings: Settings): string =>
  dealWord(settings, entity === 'sales-quotations' ? 'quotation' : 'contract');

/**
 * Where a deal has been, as far as SAP tells: entered on its date, ended as `outcome` says. SAP keeps no history of the
 * property that says how far it is: there the state is taken as of the last change, each time it is read.
 */
export function stageRows(
  family: Family,
  record: RecordReader,
  outcome: Outcome,
  {
    id,
    out,
    context,
  }: { readonly id: string; readonly out: RowSink; readonly context: MapContext<Settings> },
): void {
  const { settings } = context;
  const pipeline = pipelineOf(family, settings);
  const enter = (stage: Stage, ends: 'open' | 'won' | 'lost', at: string, basis: 'history' | 'seen') => {
    const { id: stageId, ...facts } = stage;
    out.row('stages', { stage_id: stageId, pipeline, ...facts, outcome: ends });
    const reason = ends === 'lost' ? outcome.reason : null;
    out.row('stage_history', {
      kind: 'deal',
      record_id: id,
      stage_id: stageId,
      entered_at: at,
      basis,
      reason,
    });
  };
  const entered = enteredAt(family, record, context);
  const changed = changedAt(record);
  const stage = stageOf(family, record, settings);
  // A contract that is won by being written has never been open. What nobody changed has been where it is from the start.
  const wasOpen = outcome.status !== 'won' || !isWonByDocument(family, settings);
  if (wasOpen && (stage.isOnly || changed === null)) enter(stage, 'open', entered, 'history');
  const { status, endedAt } = outcome;
  if (status === 'open' && changed !== null) enter(stage, 'open', later(changed, entered), 'seen');
  if ((status === 'won' || status === 'lost') && endedAt !== null)
    enter(endOf(family, status, settings), status, later(endedAt, entered), outcome.basis);
}

const isWonByDocument = ({ entity }: Family, { deals }: Settings): boolean =>
  entity === 'sales-contracts' && deals.contracts_are_won === 'document';

/** Nothing is entered before the deal was: a day has no hour, and a document may be dated ahead. */
const later = (at: string, entered: string): string => (at < entered ? entered : at);

function stageOf(
  family: Family,
  record: RecordReader,
  settings: Settings,
): Stage & { readonly isOnly: boolean } {
  const { deals } = settings;
  const pipeline = family.entity === 'sales-quotations' ? 'quotation' : 'contract';
  const code = pipeline === 'contract' || deals.stage === null ? null : attributeText(record, deals.stage);
  if (deals.stage === null || code === null) {
    const only = deals.stage === null || pipeline === 'contract';
    return { id: pipeline, name: dealWord(settings, pipeline), step: 0, probability: null, isOnly: only };
  }
  return { id: `${pipeline} ${code}`, ...knownStage(code, settings), isOnly: false };
}

/** A stage as vigie.yaml describes it; a probability describes itself. */
function knownStage(code: string, { deals }: Settings): Omit<Stage, 'id'> {
  const listed = Object.hasOwn(deals.stages, code) ? deals.stages[code] : undefined;
  const percent =
    /ProbabilityInPercent$/.test(deals.stage ?? '') && /^\d{1,3}$/.test(code) ? Number(code) : null;
  return {
    name: listed?.name ?? (percent === null ? code : `${percent} %`),
    step: listed?.step ?? percent,
    probability: shareText(listed?.probability ?? (percent === null ? null : percent / 100)),
  };
}

const shareText = (share: number | null): string | null => (share === null ? null : String(share));

function endOf({ entity }: Family, status: 'won' | 'lost', settings: Settings): Stage {
  const pipeline = entity === 'sales-quotations' ? 'quotation' : 'contract';
  return {
    id: `${pipeline} ${status}`,
    name: dealWord(settings, status),
    step: null,
    probability: status === 'won' ? '1' : '0',
  };
}
