import { z } from 'zod';
import { areDistinct, LOOPBACK } from '../../api/settings-fields.ts';

const feed = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'is a short name of lower case letters, digits, - and _')
    .describe('What the feed is called in keys and messages; stands in the number of each event.'),
  url: z.string().refine(isAddress, {
    error:
      'is not an https address such as https://rival.example.com/news/rss.xml, without user and password',
  }),
  competitor: z.string().trim().min(1).describe('The competitor whom it is about, called as on deals.'),
  only: z
    .string()
    .refine(isPattern, 'is not a regular expression')
    .optional()
    .describe('Of a feed about many: only entries whose title this regular expression fits.'),
  kind: z.string().trim().min(1).optional().describe('What its entries tell of: price, product, people …'),
  kinds: z
    .record(z.string().trim().min(1), z.string().trim().min(1))
    .default({})
    .describe('What they tell of by their category, where they have one: `Pricing: price`.'),
});
export type Feed = z.output<typeof feed>;

/** The keys of a source of kind `rss` in vigie.yaml. */
export const settings = z.strictObject({
  feeds: z
    .array(feed)
    .min(1)
    .refine((feeds) => areDistinct(feeds.map(({ name }) => name)), 'gives a name twice')
    .describe('The feeds: RSS, Atom or JSON Feed.'),
});
export type Settings = z.output<typeof settings>;

/** The feed of a slice. */
export function feedOf({ feeds }: Settings, name: string): Feed {
  const found = feeds.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no feed ${name} in the settings`);
  return found;
}

/** A title that `only` fits, in whatever case. */
export const isWanted = ({ only }: Feed, title: string): boolean =>
  only === undefined || new RegExp(only, 'iu').test(title);

/** Everybody may ask a feed: nothing goes there but the question. Still no plain http, which anybody could answer. */
function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'iu');
    return true;
  } catch {
    return false;
  }
}
