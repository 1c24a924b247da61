import { ACCOUNTS, type Spend } from '../../companies/wholesale/business/campaigns.ts';

/** What a job was asked for, read from its parameters. */
export interface InsightsOrder {
  readonly since: string;
  readonly until: string;
  readonly fields: readonly string[];
  readonly windows: readonly string[];
}

/** "Only 1d_click, 7d_click, 28d_click and 1d_view" @see https://developers.facebook.com/docs/marketing-api/reference/ad-account/insights */
const WINDOWS = ['1d_click', '7d_click', '28d_click', '1d_view', 'default'];

/** Reads the parameters of an order; text where it is refused. */
export function readOrder(form: URLSearchParams): InsightsOrder | string {
  if (form.get('level') !== 'campaign' || form.get('time_increment') !== '1')
    return 'Only level=campaign by day is served here';
  const range = parsed(form.get('time_range')) as { since?: string; until?: string } | undefined;
  const { since, until } = range ?? {};
  if (since === undefined || until === undefined || since > until)
    return '(#100) Param time_range is not valid';
  const fields = (form.get('fields') ?? '').split(',');
  const [unknown] = fields.filter((field) => FIELDS[field] === undefined);
  if (unknown !== undefined) return `(#100) ${unknown} is not valid for fields param.`;
  const windows = (parsed(form.get('action_attribution_windows')) as string[] | undefined) ?? [];
  const [ended] = windows.filter((window) => !WINDOWS.includes(window));
  if (ended !== undefined)
    return `(#100) action_attribution_windows must be one of the following values: ${WINDOWS.join(', ')}`;
  return { since, until, fields, windows };
}

function parsed(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const hundredths = (amount: number): string => String(amount / 100);

/** Three quarters follow within a day of the click, one within seven; nothing is attributed to views. */
function withWindows(amount: number, windows: readonly string[]): Record<string, string> {
  const of: Readonly<Record<string, number>> = {
    '1d_click': Math.floor((amount * 3) / 4),
    '7d_click': amount,
    '28d_click': amount,
  };
  return Object.fromEntries(
    windows.flatMap((window) => (of[window] === undefined ? [] : [[window, hundredths(of[window])]])),
  );
}

/** The same purchases come under several types, beside actions that are no conversions. */
const actions = (amount: number, windows: readonly string[]) =>
  ['offsite_conversion.fb_pixel_purchase', 'omni_purchase', 'purchase'].map((type) => ({
    action_type: type,
    value: hundredths(amount),
    ...withWindows(amount, windows),
  }));

/** Numbers are text. What did not happen is left out. @see https://developers.facebook.com/docs/marketing-api/reference/ads-insights */
const FIELDS: Readonly<Record<string, (spend: Spend, windows: readonly string[]) => unknown>> = {
  account_id: () => ACCOUNTS.meta,
  account_name: () => 'Marelune',
  account_currency: () => 'EUR',
  campaign_id: ({ campaign }) => campaign.id,
  campaign_name: ({ campaign }) => campaign.name,
  impressions: ({ impressions }) => String(impressions),
  clicks: ({ clicks }) => String(clicks),
  inline_link_clicks: ({ clicks }) => String(Math.ceil(clicks * 0.8)),
  spend: ({ cost }) => hundredths(cost),
  actions: ({ conversions, clicks }, windows) => [
    { action_type: 'link_click', value: String(Math.ceil(clicks * 0.8)) },
    ...(conversions === 0 ? [] : actions(conversions, windows)),
  ],
  action_values: ({ value }, windows) => (value === 0 ? undefined : actions(value, windows)),
};

export const insightOf = ({ fields, windows }: InsightsOrder, spend: Spend): unknown => ({
  ...Object.fromEntries(
    fields
      .map((field) => [field, FIELDS[field]?.(spend, windows)])
      .filter(([, value]) => value !== undefined),
  ),
  date_start: spend.day.date,
  date_stop: spend.day.date,
});
