import { type Manifest, toldToPeople } from '../../functions/lake/run/manifest.ts';
import type { StepName } from '../../functions/pipeline.ts';
import { counted } from '../../functions/task.ts';

/** What came of a stage, in a few words. */
export const stageSummary = (step: StepName, manifest: Manifest): string => summaries[step](manifest);

const summaries: Readonly<Record<StepName, (manifest: Manifest) => string>> = {
  pull({ pulls }) {
    const batches = pulls.flatMap((pull) => pull.batches);
    const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
    const inputs = batches.reduce((sum, batch) => sum + batch.inputs.length, 0);
    return inputs === 0 ? 'nothing new' : `${counted(rows, 'row')} from ${counted(inputs, 'input')}`;
  },
  load({ loads }) {
    const sum = (key: 'inserted' | 'updated' | 'deleted'): number =>
      loads.reduce((total, load) => total + load[key], 0);
    return `${counted(sum('inserted'), 'row')} new, ${sum('updated').toLocaleString('en')} changed, ${sum('deleted').toLocaleString('en')} gone`;
  },
  check({ checks }) {
    const { errors, warnings } = checks ?? { errors: 0, warnings: 0 };
    return errors + warnings === 0
      ? 'all in order'
      : `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
  },
  measure({ kpis }) {
    const measured = kpis.filter((kpi) => kpi.status === 'ok' || kpi.status === 'unchanged').length;
    const rows = kpis.reduce((sum, kpi) => sum + kpi.rows, 0);
    return `${counted(measured, 'KPI')}, ${counted(rows, 'new figure')}`;
  },
  judge: ({ alerts }) => `${counted(alerts?.firing ?? 0, 'alert')} open, ${alerts?.opened ?? 0} new`,
  report(manifest) {
    const told = toldToPeople(manifest);
    const mails = told.filter(({ channel }) => channel === 'mail');
    const posts = told.filter(({ channel, status }) => channel !== 'mail' && status === 'sent').length;
    const sent = mails.filter((mail) => mail.status === 'sent').length;
    const written = mails.filter((mail) => mail.status === 'written').length;
    if (written > 0) return `${counted(written, 'mail')} written and sent to nobody, report written`;
    const before = mails.filter((mail) => mail.status === 'already sent').length;
    const waiting = told.filter((mail) => mail.status === 'waits').length;
    const later = waiting > 0 ? `, ${waiting} waiting for the hour` : '';
    const elsewhere = posts > 0 ? `, ${counted(posts, 'message')} posted` : '';
    return `${counted(sent, 'mail')} sent${before ? `, ${before} sent before` : ''}${elsewhere}${later}, report written`;
  },
};
