/** How much of an allowance is used, in percent, and when it is free again. */
export interface Usage {
  readonly percent: number;
  /** Seconds until calls are answered again; 0: they are. */
  readonly pauseSeconds: number;
}

/** Share of an allowance from which on people are told. */
export const NEARLY_USED = 80;

const NOTHING: Usage = { percent: 0, pauseSeconds: 0 };

/**
 * The highest share, and the longest pause, that the headers of an answer give. Vendors agree on `Retry-After` alone;
 * these are their own, told apart by their names, so that no source has to name its own.
 */
export function usageOf(headers: Headers, now: Date): Usage {
  const found = [...META.map((name) => metaUsage(headers.get(name))), salesforceUsage(headers)];
  for (const names of WINDOWS) found.push(windowUsage(headers, names, now));
  return {
    percent: Math.max(...found.map(({ percent }) => percent)),
    pauseSeconds: Math.max(...found.map(({ pauseSeconds }) => pauseSeconds)),
  };
}

/** Headers that count the requests of a window. */
interface Window {
  readonly limit: string;
  readonly left: string;
  /** When it begins anew: seconds from now, or an instant as seconds or milliseconds since 1970. */
  readonly reset?: string;
  /** How long it is, in milliseconds: the pause, where nothing says when it began. */
  readonly milliseconds?: string;
}

const WINDOWS: readonly Window[] = [
  // Brevo: the pause in seconds, and no Retry-After. https://developers.brevo.com/docs/limit-headers
  {
    limit: 'x-sib-ratelimit-limit',
    left: 'x-sib-ratelimit-remaining',
    reset: 'x-sib-ratelimit-reset',
  },
  // HubSpot: https://developers.hubspot.com/changelog/2018-11-06-rate-limit-information-headers-will-be-included-in-http-responses
  {
    limit: 'x-hubspot-ratelimit-max',
    left: 'x-hubspot-ratelimit-remaining',
    milliseconds: 'x-hubspot-ratelimit-interval-milliseconds',
  },
  { limit: 'x-hubspot-ratelimit-daily', left: 'x-hubspot-ratelimit-daily-remaining' },
  // Many others; and the draft of a standard.
  { limit: 'x-ratelimit-limit', left: 'x-ratelimit-remaining', reset: 'x-ratelimit-reset' },
  { limit: 'ratelimit-limit', left: 'ratelimit-remaining', reset: 'ratelimit-reset' },
];

/** A window of seconds fills and empties all the time: its share tells nobody anything. One that is full makes a pause. */
function windowUsage(headers: Headers, { limit, left, reset, milliseconds }: Window, now: Date): Usage {
  const [most, rest] = [numberIn(headers, limit), numberIn(headers, left)];
  if (rest === undefined) return NOTHING;
  const until = reset === undefined ? undefined : numberIn(headers, reset);
  const length = milliseconds === undefined ? undefined : numberIn(headers, milliseconds);
  const seconds = until === undefined ? (length ?? 0) / 1000 : Math.max(0, secondsUntil(until, now));
  const isShort = (until !== undefined || length !== undefined) && seconds < SHORT_SECONDS;
  return {
    percent: most === undefined || most <= 0 || isShort ? 0 : Math.round(100 - (100 * rest) / most),
    pauseSeconds: rest > 0 ? 0 : Math.ceil(seconds),
  };
}

const SHORT_SECONDS = 300;

/** Instants are told apart from spans by their size: 1e9 seconds are 31 years. */
function secondsUntil(given: number, now: Date): number {
  if (given < 1e9) return given;
  return (given < 1e12 ? given * 1000 : given) / 1000 - now.getTime() / 1000;
}

function numberIn(headers: Headers, name: string): number | undefined {
  const text = headers.get(name);
  const number = text === null || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}

/** `Sforce-Limit-Info: api-usage=18/5000`, of 24 hours. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_api_usage.htm */
function salesforceUsage(headers: Headers): Usage {
  const [, used, most] =
    /(?:^|[\s;])api-usage=(\d+)\/(\d+)/.exec(headers.get('sforce-limit-info') ?? '') ?? [];
  if (used === undefined || !(Number(most) > 0)) return NOTHING;
  return { percent: Math.round((100 * Number(used)) / Number(most)), pauseSeconds: 0 };
}

const META = ['x-business-use-case-usage', 'x-fb-ads-insights-throttle'];
const PERCENTAGES = ['call_count', 'total_cputime', 'total_time', 'acc_id_util_pct', 'app_id_util_pct'];

/**
 * Meta's, in JSON: `X-Business-Use-Case-Usage` holds a list by account, `X-FB-Ads-Insights-Throttle` one object; minutes
 * until access is regained stand beside the shares. https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
function metaUsage(text: string | null): Usage {
  const entries = entriesOf(text);
  const number = (value: unknown): number =>
    typeof value === 'number' && Number.isFinite(value) ? value : 0;
  return {
    percent: Math.max(0, ...entries.flatMap((entry) => PERCENTAGES.map((key) => number(entry[key])))),
    pauseSeconds:
      60 * Math.max(0, ...entries.map((entry) => number(entry['estimated_time_to_regain_access']))),
  };
}

type Entry = Readonly<Record<string, unknown>>;
const isEntry = (value: unknown): value is Entry => typeof value === 'object' && value !== null;

function entriesOf(text: string | null): Entry[] {
  if (text === null) return [];
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return []; // A header that only informs: an answer is not refused over it.
  }
  if (!isEntry(body)) return [];
  const lists = Object.values(body).filter(Array.isArray).flat() as unknown[];
  return [body, ...lists.filter(isEntry)];
}
