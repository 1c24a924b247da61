import type { Kpi, Language } from '../../lake/catalogue/kpi.ts';

/** The fixed wording of the report. What it shares with the mails is in content/words.ts. */
export interface ReportWords {
  readonly language: string;
  readonly skip: string;
  readonly title: (company: string) => string;
  readonly computed: (instant: string, run: string) => string;
  readonly contents: string;
  readonly filter: string;
  readonly noMatch: string;
  readonly theme: Readonly<Record<'name' | 'auto' | 'light' | 'dark', string>>;
  readonly trust: string;
  readonly allGood: string;
  readonly alerts: string;
  readonly noAlerts: string;
  readonly headline: string;
  readonly others: string;
  readonly overview: string;
  readonly figure: string;
  readonly value: string;
  readonly window: string;
  readonly previous: string;
  readonly lastYear: string;
  readonly toTarget: string;
  readonly share: string;
  readonly volume: string;
  readonly recent: string;
  readonly noData: string;
  readonly notCompared: string;
  readonly better: string;
  readonly worse: string;
  readonly madeFrom: (numerator: string, denominator: string) => string;
  readonly stale: string;
  readonly incomplete: string;
  readonly alertOpen: string;
  readonly trend: (period: string) => string;
  readonly legend: Readonly<Record<'current' | 'lastYear' | 'target' | 'alert', string>>;
  readonly noTrend: string;
  readonly alertDays: string;
  readonly span: (from: string, to: string, open: boolean) => string;
  readonly by: (dimension: string) => string;
  readonly more: (count: number) => string;
  readonly overlapping: string;
  readonly definition: string;
  readonly unit: string;
  readonly units: Readonly<Record<Kpi['unit'], string>>;
  readonly formula: string;
  readonly ratio: string;
  readonly plain: string;
  readonly good: Readonly<Record<Kpi['good'], string>>;
  readonly direction: string;
  readonly benchmark: string;
  readonly source: string;
  readonly reads: string;
  readonly runbook: string;
  readonly unmeasured: string;
  readonly unmeasuredWhy: string;
  readonly colon: string;
  readonly footer: string;
  readonly top: string;
}

const en: ReportWords = {
  language: 'English',
  skip: 'Skip to the figures',
  title: (company) => `${company}: the figures of the day`,
  computed: (instant, run) => `Computed ${instant}, run ${run}`,
  contents: 'Figures',
  filter: 'Find a figure',
  noMatch: 'No figure has that in its name.',
  theme: { name: 'Appearance', auto: 'Auto', light: 'Light', dark: 'Dark' },
  trust: 'Before you read',
  allGood: 'Every source has delivered and no check found an error.',
  alerts: 'Alerts',
  noAlerts: 'No alert is open.',
  headline: 'Headline figures',
  others: 'All other figures',
  overview: 'At a glance',
  figure: 'Figure',
  value: 'Value',
  window: 'Window',
  previous: 'vs before',
  lastYear: 'vs last year',
  toTarget: 'vs target',
  share: 'Share',
  volume: 'Out of',
  recent: 'Trend',
  noData: 'no data',
  notCompared: 'late data, not compared',
  better: 'better',
  worse: 'worse',
  madeFrom: (numerator, denominator) => `${numerator} / ${denominator}`,
  stale: 'late data',
  incomplete: 'incomplete',
  alertOpen: 'alert open',
  trend: (period) => `Trend, ${period}, up to each day`,
  legend: { current: 'value', lastYear: 'a year before', target: 'target', alert: 'alert open' },
  noTrend: 'The trend begins once two days are measured.',
  alertDays: 'Alerts in this time',
  span: (from, to, open) => (from === to ? from : `${from} to ${to}`) + (open ? ', open' : ''),
  by: (dimension) => `By ${dimension}`,
  more: (count) => `${count} more`,
  overlapping: 'Members overlap: they do not add up to the total.',
  definition: 'Definition',
  unit: 'Unit',
  units: {
    currency: 'amount in the reporting currency',
    count: 'count',
    percent: 'per cent',
    ratio: 'ratio',
    days: 'days',
    points: 'points',
    units: 'units',
  },
  formula: 'Made from',
  ratio: 'a numerator over a denominator, both summed over the window before dividing',
  plain: 'a sum over the window',
  direction: 'Good direction',
  good: { up: 'up', down: 'down', neither: 'neither' },
  benchmark: 'Benchmark',
  source: 'SQL',
  reads: 'Reads',
  runbook: 'What to do',
  unmeasured: 'Not measured',
  unmeasuredWhy: 'Nothing is recorded of these figures: the tables they read hold no data for this day.',
  colon: ':',
  footer: 'Figures without data are shown as “–”, never as zero. One file: nothing is loaded from elsewhere.',
  top: 'Back to the overview',
};

const fr: ReportWords = {
  language: 'Français',
  skip: 'Aller aux indicateurs',
  title: (company) => `${company}\u202f: les chiffres du jour`,
  computed: (instant, run) => `Calculé le ${instant}, exécution ${run}`,
  contents: 'Indicateurs',
  filter: 'Chercher un indicateur',
  noMatch: 'Aucun indicateur ne porte ce nom.',
  theme: { name: 'Apparence', auto: 'Auto', light: 'Clair', dark: 'Sombre' },
  trust: 'Avant de lire',
  allGood: 'Toutes les sources ont livré et aucun contrôle n’a trouvé d’erreur.',
  alerts: 'Alertes',
  noAlerts: 'Aucune alerte n’est ouverte.',
  headline: 'Indicateurs clés',
  others: 'Tous les autres indicateurs',
  overview: 'Vue d’ensemble',
  figure: 'Indicateur',
  value: 'Valeur',
  window: 'Période',
  previous: 'vs avant',
  lastYear: 'sur un an',
  toTarget: 'vs objectif',
  share: 'Part',
  volume: 'Rapporté à',
  recent: 'Tendance',
  noData: 'pas de données',
  notCompared: 'données en retard, sans comparaison',
  better: 'mieux',
  worse: 'moins bien',
  madeFrom: (numerator, denominator) => `${numerator} / ${denominator}`,
  stale: 'données en retard',
  incomplete: 'incomplet',
  alertOpen: 'alerte ouverte',
  trend: (period) => `Tendance, ${period}, arrêtée à chaque jour`,
  legend: { current: 'valeur', lastYear: 'un an avant', target: 'objectif', alert: 'alerte ouverte' },
  noTrend: 'La tendance commence dès que deux jours sont mesurés.',
  alertDays: 'Alertes de cette période',
  span: (from, to, open) => (from === to ? from : `du ${from} au ${to}`) + (open ? ', ouverte' : ''),
  by: (dimension) => `Par ${dimension}`,
  more: (count) => (count === 1 ? '1 autre' : `${count} autres`),
  overlapping: 'Les membres se recouvrent\u202f: leur somme n’est pas le total.',
  definition: 'Définition',
  unit: 'Unité',
  units: {
    currency: 'montant dans la devise de référence',
    count: 'nombre',
    percent: 'pour cent',
    ratio: 'rapport',
    days: 'jours',
    points: 'points',
    units: 'unités',
  },
  formula: 'Calcul',
  ratio: 'un numérateur sur un dénominateur, chacun sommé sur la période avant la division',
  plain: 'une somme sur la période',
  direction: 'Bon sens',
  good: { up: 'à la hausse', down: 'à la baisse', neither: 'aucun' },
  benchmark: 'Référence',
  source: 'SQL',
  reads: 'Tables lues',
  runbook: 'Que faire',
  unmeasured: 'Non mesurés',
  unmeasuredWhy:
    'Rien n’est enregistré pour ces indicateurs\u202f: leurs tables n’ont pas de données pour ce jour.',
  colon: '\u202f:',
  footer:
    'Un chiffre sans données est noté «\u202f–\u202f», jamais zéro. Un seul fichier\u202f: rien n’est chargé d’ailleurs.',
  top: 'Retour à la vue d’ensemble',
};

export const reportWords: Readonly<Record<Language, ReportWords>> = { en, fr };
