import { z } from 'zod';
import { type Versions, versionKeys } from '../../api/kit/versions.ts';
import { apiUrl, lookBackDays, numberAsName, secretReference } from '../../api/settings-fields.ts';

/** Of v26.0 and v27.0 no end is announced. https://developers.facebook.com/docs/graph-api/changelog/versions/ */
export const VERSIONS: Versions = {
  default: 'v26.0',
  form: /^v\d+\.0$/,
  example: 'v26.0',
  describe: 'Version of the Graph API.',
  ends: {
    ...{ 'v20.0': '2026-09-24', 'v21.0': '2027-01-21', 'v22.0': '2027-05-20' },
    ...{ 'v23.0': '2027-10-08', 'v24.0': '2028-02-18', 'v25.0': '2028-07-29' },
  },
};

const metric = (usual: string, what: string) =>
  z
    .string()
    .regex(/^[a-z_]+$/, `is the name of a metric, such as ${usual}`)
    .default(usual)
    .describe(what);

/** The keys of a source of kind `meta-pages` in vigie.yaml. */
export const settings = z.strictObject({
  page: numberAsName('is the number of a page, such as 514435155248879').describe(
    'Number of the Facebook page.',
  ),
  instagram: numberAsName('is the number of an Instagram account, such as 17841400002746437')
    .optional()
    .describe('Number of the Instagram account that is linked to the page (`instagram_business_account`).'),
  secret: secretReference()
    .default('${secret:meta-pages}')
    .describe('`{"token": …}`: the access token of the page, made with that of a system user.'),
  metrics: z
    .strictObject({
      facebook_shown: metric('page_media_view', 'How often the page’s content was shown.'),
      facebook_engagement: metric('page_post_engagements', 'What people did with posts.'),
      instagram_shown: metric('views', 'How often the account’s content was shown.'),
      instagram_engagement: metric('total_interactions', 'What people did with it.'),
    })
    .prefault({})
    .describe('Names of Meta’s metrics: it takes some away, and gives others for them.'),
  look_back_days: lookBackDays(14, 60, 'Days of activity read anew each time: figures settle for two days.'),
  ...versionKeys(VERSIONS),
  base_url: apiUrl('https://graph.facebook.com'),
});
export type Settings = z.output<typeof settings>;
