/** How much of an allowance is used, in percent, and when it is free again. */
export interface Usage {
  readonly percent: number;
  /** Seconds until calls are answered again; 0: they are. */
  readonly pauseSeconds: number;
}

const HEADERS = ['x-business-use-case-usage', 'x-fb-ads-insights-throttle'];
const PERCENTAGES = ['call_count', 'total_cputime', 'total_time', 'acc_id_util_pct', 'app_id_util_pct'];

/**
 * The highest share that Meta's headers give. `X-Business-Use-Case-Usage` holds a list by account,
 * `X-FB-Ads-Insights-Throttle` one object; minutes until access is regained stand beside the shares.
 * https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export function usageOf(headers: Headers): Usage {
  const entries = HEADERS.flatMap((name) => entriesOf(headers.get(name)));
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
