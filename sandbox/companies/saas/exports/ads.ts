import { datedExport } from '../../../kit/dated-export.ts';
import { plain } from '../../../kit/words.ts';
import type { Platform, Spend } from '../business/marketing.ts';
import { firstExport, type Output } from './output.ts';

const PLATFORMS: readonly Platform[] = ['google', 'linkedin'];
const HEAD = 'Day,Account,Campaign ID,Campaign,Impressions,Clicks,Cost,Currency';

/** What the two ad platforms report: a file a day lately, a file a month before. */
export async function writeAds(output: Output): Promise<void> {
  const { company, rows } = output;
  for (const platform of PLATFORMS) {
    const file = datedExport({
      ...{ folder: output.folder, onFile: output.onFile, dailyFrom: firstExport(company), dashes: true },
      daily: `exports/${platform}-ads/campaigns_{date}.csv`,
      monthly: `exports/${platform}-ads/history/campaigns_{month}.csv`,
      head: [HEAD],
    });
    for (const spend of company.spends)
      if (spend.campaign.platform === platform) await file.add(spend.day, [lineOf(spend)]);
    await file.close();
  }
  rows.ad_spend = company.spends.length;
}

const lineOf = ({ campaign, day, impressions, clicks, cost }: Spend): string =>
  [day.date, campaign.account, campaign.id, campaign.name, impressions, clicks, plain(cost), 'EUR'].join(',');
