import type { Language } from '../../lake/catalogue/kpi.ts';
import type { Finding } from '../../lake/snapshot/finding.ts';
import { tableOf } from '../../lake/tables/tables.ts';
import { colon } from '../format.ts';
import type { MailData } from './mail-data.ts';
import { capital, oneLine } from './one-line.ts';
import { sourceTitle } from './source-title.ts';

/**
 * What a finding means for the figures, in a reader's words, by the id of its check. The finding's own message is for those
 * who repair it, in English; a check that is not listed (a company's own) is told by it.
 */
export const checkMeanings: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  pull: { en: 'could not be read', fr: 'lecture impossible' },
  freshness: { en: 'the latest data has not arrived', fr: 'les dernières données ne sont pas arrivées' },
  api_sunset: { en: 'its interface will be switched off soon', fr: 'son interface sera bientôt arrêtée' },
  conflicting_rows: {
    en: 'rows delivered together contradict one another, and only some of them count',
    fr: 'des lignes livrées ensemble se contredisent, une partie seulement est comptée',
  },
  empty_file: { en: 'a file arrived empty', fr: 'un fichier est arrivé vide' },
  partial_file: {
    en: 'only a provisional file of the day has arrived',
    fr: 'seul un fichier provisoire du jour est arrivé',
  },
  restated_fall: {
    en: 'past days were restated to much less',
    fr: 'des jours passés ont été revus nettement à la baisse',
  },
  pull_part: { en: 'only a part could be read', fr: 'une partie seulement a pu être lue' },
  part_dates: {
    en: 'some rows bear another date than their order',
    fr: 'des lignes portent une autre date que leur commande',
  },
  carts_without_order_time: {
    en: 'carts that were ordered have no time of order, and count as abandoned',
    fr: 'des paniers commandés n’ont pas d’heure de commande et comptent comme abandonnés',
  },
  damaged_state: {
    en: 'something that Vigie keeps was damaged',
    fr: 'un élément conservé par Vigie était endommagé',
  },
  unchecked: { en: 'could not be checked', fr: 'les données n’ont pas pu être contrôlées' },
  volume: {
    en: 'much more or less arrived than usual',
    fr: 'le volume reçu s’écarte fortement de l’habitude',
  },
  missing_exchange_rate: {
    en: 'some amounts could not be converted for want of an exchange rate',
    fr: 'des montants n’ont pas pu être convertis, faute de taux de change',
  },
  implausible_rates: {
    en: 'some exchange rates cannot be right, and amounts are converted with them',
    fr: 'des taux de change invraisemblables faussent les montants convertis',
  },
  implausible_ad_spend: {
    en: 'some ad figures cannot be right',
    fr: 'des chiffres publicitaires sont invraisemblables',
  },
  implausible_dates: { en: 'some dates cannot be right', fr: 'des dates sont invraisemblables' },
  implausible_sessions: { en: 'some visits cannot be right', fr: 'des visites sont invraisemblables' },
  lake_totals: {
    en: 'what is stored differs from what was delivered',
    fr: 'ce qui est enregistré diffère de ce qui a été livré',
  },
  landing_totals: {
    en: 'what was read differs from what was delivered',
    fr: 'ce qui a été lu diffère de ce qui a été livré',
  },
  net_revenue_totals: {
    en: 'revenue differs from the sum of its documents',
    fr: 'le chiffre d’affaires diffère de la somme de ses documents',
  },
  missing_references: {
    en: 'some rows name records that never arrived',
    fr: 'des lignes renvoient à des enregistrements absents',
  },
  positive_returns: { en: 'some returns count as sales', fr: 'des retours sont comptés comme des ventes' },
  unknown_targets: {
    en: 'some targets name no figure that exists',
    fr: 'des objectifs portent sur un indicateur ou un axe inconnu',
  },
  unique_keys: { en: 'some rows stand there twice', fr: 'des lignes figurent en double' },
};

/** A finding in one line: where, and what it means. */
export function checkWords(data: Pick<MailData, 'company'>, finding: Finding, language: Language): string {
  const places = [
    ...(finding.source === null ? [] : [sourceTitle(data, finding.source, language)]),
    ...(finding.table === null ? [] : [tableOf(finding.table).names[language]]),
  ];
  const meaning =
    checkMeanings[finding.check]?.[language] ?? oneLine(finding.message, 200).replace(/\.$/, '');
  return places.length === 0
    ? `${capital(meaning)}.`
    : `${capital(places.join(', '))}${colon[language]} ${meaning}.`;
}
