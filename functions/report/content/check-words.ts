import type { Finding } from '../../lake/finding.ts';
import type { Language } from '../../lake/kpis/kpi.ts';
import { oneLine } from './one-line.ts';

/** Findings are written in English for those who repair them. French readers get what it means for the figures. */
const FRENCH: Readonly<Record<string, string>> = {
  missing_exchange_rate: 'des montants n’ont pas pu être convertis, faute de taux de change',
  volume: 'le volume reçu s’écarte fortement de l’habitude',
  uniqueness: 'des lignes figurent en double',
  reconciliation: 'des totaux ne concordent pas entre le fichier et l’entrepôt',
  api_sunset: 'la version de son interface prend bientôt fin',
  conflicting_rows: 'des lignes livrées ensemble se contredisent, une partie n’est pas comptée',
  empty_file: 'un fichier est arrivé vide',
  partial_file: 'le jour n’est connu que par un fichier provisoire',
  part_dates: 'des lignes portent une autre date que leur commande',
  carts_without_order_time:
    'des paniers commandés n’ont pas d’heure de commande et comptent comme abandonnés',
  unchecked: 'les données n’ont pas pu être contrôlées',
  referential: 'des lignes renvoient à des enregistrements absents',
};

export function checkWords(finding: Finding, language: Language): string {
  if (language === 'en') return oneLine(finding.message, 200);
  const place = oneLine(finding.source ?? finding.table ?? '');
  const meaning =
    FRENCH[finding.check] ?? `le contrôle «\u202f${oneLine(finding.check)}\u202f» a trouvé une anomalie`;
  return place === ''
    ? `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.`
    : `${place}\u202f: ${meaning}.`;
}
