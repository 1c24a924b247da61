import { reportedAt, type Spend } from '../business/campaigns.ts';
import { AD_FORMATS, type AdFormat } from './ads.ts';
import { closeAll, DAILY_DAYS, dated, type ExportInput, type System } from './system.ts';

/** The four ad platforms. */
export function ads(input: ExportInput): System {
  const files = AD_FORMATS.map((format) => ({
    format,
    file: dated(input, DAILY_DAYS, {
      daily: `exports/${format.folder}/${format.name}_{date}.csv`,
      monthly: `exports/${format.folder}/history/${format.name}_{month}.csv`,
      head: format.head,
      dashes: format.platform !== 'microsoft',
      ...(format.platform === 'linkedin' ? { encoding: 'utf-16le' as const } : {}),
    }),
  }));
  const recent: Spend[][] = [];
  return {
    async day({ day, spends }) {
      input.rows.ad_spend += spends.length;
      recent.unshift([...spends]);
      recent.splice(3);
      const daily = day.index > input.last - DAILY_DAYS;
      for (const { format, file } of files) await file.add(day, adRows(format, recent, daily));
    },
    close: () => closeAll(files.map(({ file }) => file)),
  };
}

/** Google's daily file holds the two days before as well, as they are known by then. */
function adRows(format: AdFormat, recent: readonly (readonly Spend[])[], daily: boolean): string[] {
  const mine = (spends: readonly Spend[] | undefined) =>
    (spends ?? []).filter((spend) => spend.campaign.platform === format.platform);
  if (format.platform !== 'google' || !daily) return mine(recent[0]).map((spend) => format.row(spend));
  return [2, 1, 0].flatMap((age) => mine(recent[age]).map((spend) => format.row(reportedAt(spend, age))));
}
