import { defineSource, type Entity } from '../../api/source.ts';
import { diagnose } from './diagnose.ts';
import { TITLE } from './form.ts';
import { known, map } from './map.ts';
import { records, responsePages } from './pages.ts';
import { probe } from './probe.ts';
import { type Settings, settings } from './settings.ts';

const responses = (chosen: Settings): Entity<Settings> => ({
  name: 'responses',
  tables: ['survey_answers'],
  reading: { by: 'change', overlapMinutes: chosen.overlap_minutes },
  partitions: ({ forms }) => forms.map(({ id }) => id),
  ...{ pages: responsePages, records, map, known: known(chosen) },
});

/** Typeform: finished answers to the questions of recommendation and satisfaction. */
export const source = defineSource<Settings>({
  kind: 'typeform',
  title: TITLE,
  settings,
  settingsWithoutRows: ['page_size', 'overlap_minutes'],
  api: ({ base_url }) => ({
    version: null,
    sunset: null,
    baseUrl: base_url,
    // Two a second for an account: https://www.typeform.com/developers/get-started/
    limits: { concurrency: 1, perSecond: 2 },
  }),
  authorize: ({ secret }) => ({ kind: 'token', secret }),
  entities: (chosen) => [responses(chosen)],
  diagnose,
  probe,
});
