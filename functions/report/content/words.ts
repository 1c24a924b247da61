import type { AlertEvent } from '../../lake/catalogue/alert.ts';
import type { Language } from '../../lake/catalogue/kpi.ts';

/** The fixed wording of the mails. Templates take texts that are already formatted and cleaned. */
export interface MailWords {
  readonly noValue: string;
  readonly unchanged: string;
  readonly target: (value: string) => string;
  /** Where the target is for a span that runs on: the part that is due. */
  readonly targetDue: (value: string) => string;
  readonly targetWhole: (share: string, value: string) => string;
  /** Above what does not fit the first screens. */
  readonly more: string;
  readonly moreAlerts: (count: number) => string;
  readonly openAlerts: (count: number) => string;
  readonly badge: Readonly<Record<AlertEvent['kind'] | 'open' | 'muted', string>>;
  readonly severity: Readonly<Record<AlertEvent['severity'], string>>;
  /** `phrase` as in alert-words.ts, `since` a date or empty. */
  readonly alert: Readonly<Record<AlertEvent['kind'], (phrase: string, since: string) => string>>;
  readonly lateSources: string;
  readonly incompleteFigures: string;
  /** Parts of the morning that broke off. */
  readonly notAll: string;
  readonly unjudged: string;
  readonly unchecked: string;
  readonly unshown: (part: string) => string;
  readonly upTo: (source: string, date: string) => string;
  readonly notRead: (source: string, date: string) => string;
  readonly neverDelivered: (source: string) => string;
  readonly concerns: (kpis: string) => string;
  readonly staleNote: (date: string | null) => string;
  readonly incompleteNote: string;
  readonly why: {
    readonly notSupplied: (tables: string) => string;
    readonly stale: (source: string) => string;
    readonly nothingToDivide: string;
    readonly nothingRecorded: (period: string) => string;
    readonly failed: string;
  };
  readonly figuresOf: (date: string, computed: string) => string;
  readonly sources: (list: string) => string;
  readonly whatToDo: (advice: string) => string;
  /** What an alert’s figure was before: `when` names the window. */
  readonly before: (when: string, value: string) => string;
  readonly openReport: string;
  readonly reportHint: (command: string) => string;
  readonly unsubscribe: string;
  readonly nothingMeasured: string;
  /** Before the subject of a mail that its reader had before, and above the reason. */
  readonly again: string;
  readonly sentAgain: string;
  /** Beginning of an alert mail's subject. */
  readonly alertSubject: (count: number, good: boolean) => string;
  readonly alertNews: (count: number) => string;
  readonly problems: (count: number) => string;
  readonly whatFailed: string;
  readonly afterwards: string;
  readonly runAgain: (command: string) => string;
  readonly chart: (facts: ChartFacts) => string;
}

export interface ChartFacts {
  /** Where it does not stand beside its name. */
  readonly name?: string;
  readonly points: number;
  readonly daily: boolean;
  readonly low: string;
  readonly lowDate: string;
  readonly high: string;
  readonly highDate: string;
  readonly last: string;
  readonly lastDate: string;
}

const en: MailWords = {
  noValue: 'no data',
  unchanged: 'unchanged',
  target: (value) => `vs target of ${value}`,
  targetDue: (value) => `vs ${value} due by now`,
  targetWhole: (share, value) => `${share} of the full target of ${value}`,
  more: 'More',
  moreAlerts: (count) => (count === 1 ? 'and 1 more alert' : `and ${count} more alerts`),
  openAlerts: (count) => (count === 1 ? '1 open alert' : `${count} open alerts`),
  badge: {
    opened: 'New',
    still_firing: 'Still open',
    open: 'Open',
    resolved: 'Back to normal',
    no_data: 'Cannot be judged',
    data_back: 'Judged again',
    muted: 'Snoozed',
  },
  severity: { warning: 'warning', critical: 'critical' },
  alert: {
    opened: (phrase, since) => `${phrase}${since && ` since ${since}`}.`,
    still_firing: (phrase, since) => `still ${phrase}${since && ` since ${since}`}.`,
    resolved: (phrase, since) => `it was ${phrase}${since && `, since ${since}`}.`,
    no_data: (phrase) => `its data is late or incomplete, so nobody knows whether it is ${phrase}.`,
    data_back: (phrase) => `its data is complete again; the rule looks for a figure ${phrase}.`,
  },
  lateSources: 'Missing data',
  incompleteFigures: 'Some figures are incomplete',
  notAll: 'Not everything worked this morning',
  unjudged: 'Some alerts could not be judged: one may be missing here.',
  unchecked: 'The data could not be checked: take the figures with care.',
  unshown: (part) => `Something could not be shown: ${part}.`,
  upTo: (source, date) => `${source}: nothing after ${date}`,
  notRead: (source, date) => `${source}: could not be read; its data ends on ${date}`,
  neverDelivered: (source) => `${source}: nothing delivered`,
  concerns: (kpis) => `Affects ${kpis}.`,
  staleNote: (date) =>
    date
      ? `Late data: counts only up to ${date}, so it is not compared.`
      : 'Late data, so it is not compared.',
  incompleteNote: 'Incomplete: see the top of this mail.',
  why: {
    notSupplied: (tables) => `No source supplies ${tables} yet.`,
    stale: (source) => `${source} has not delivered what this is counted from.`,
    nothingToDivide: 'Nothing to measure against in this window (its denominator is zero).',
    nothingRecorded: (period) => `Nothing was recorded in this window (${period}).`,
    failed: 'It could not be computed today; operations have been told.',
  },
  figuresOf: (date, computed) => `Figures of ${date}, computed on ${computed}.`,
  sources: (list) => `Data up to: ${list}`,
  whatToDo: (advice) => `What to do: ${advice}`,
  before: (when, value) => `${when}: ${value}.`,
  openReport: 'Open the report',
  reportHint: (command) => `All figures, trends and definitions are in the report: ${command}`,
  unsubscribe: 'Unsubscribe',
  again: 'Again: ',
  sentAgain: 'Why you get this mail again',
  nothingMeasured: 'No figure could be computed: there is no data yet.',
  alertSubject: (count, good) => (good ? '' : count === 1 ? 'Alert: ' : `${count} alerts: `),
  alertNews: (count) => (count === 1 ? 'What happened' : `What happened (${count})`),
  problems: (count) => (count === 1 ? '1 problem in the run' : `${count} problems in the run`),
  whatFailed: 'What failed, where, what to do',
  afterwards: 'Then',
  runAgain: (command) => `Run the day again: ${command}. It takes up what is new; nobody gets a mail twice.`,
  chart: (facts) =>
    `${facts.name === undefined ? '' : `${facts.name}, `}${facts.points} days${facts.daily ? ', day by day' : ''}: ${facts.low} (${facts.lowDate}) to ${facts.high} (${facts.highDate}), last ${facts.last} (${facts.lastDate})`,
};

const fr: MailWords = {
  noValue: 'pas de données',
  unchanged: 'stable',
  target: (value) => `par rapport à l’objectif de ${value}`,
  targetDue: (value) => `par rapport aux ${value} attendus à ce jour`,
  targetWhole: (share, value) => `${share} de l’objectif total de ${value}`,
  more: 'Et aussi',
  moreAlerts: (count) => (count === 1 ? 'et 1 autre alerte' : `et ${count} autres alertes`),
  openAlerts: (count) => (count === 1 ? '1 alerte ouverte' : `${count} alertes ouvertes`),
  badge: {
    opened: 'Nouvelle',
    still_firing: 'Toujours ouverte',
    open: 'Ouverte',
    resolved: 'Retour à la normale',
    no_data: 'Impossible à évaluer',
    data_back: 'De nouveau évaluée',
    muted: 'En pause',
  },
  severity: { warning: 'avertissement', critical: 'critique' },
  alert: {
    opened: (phrase, since) => `${phrase}${since && ` depuis le ${since}`}.`,
    still_firing: (phrase, since) => `toujours ${phrase}${since && ` depuis le ${since}`}.`,
    resolved: (phrase, since) => `l’indicateur était ${phrase}${since && `, depuis le ${since}`}.`,
    no_data: (phrase) =>
      `ses données sont en retard ou incomplètes\u202f: impossible de dire s’il est ${phrase}.`,
    data_back: (phrase) =>
      `ses données sont de nouveau complètes\u202f; la règle surveille un chiffre ${phrase}.`,
  },
  lateSources: 'Données manquantes',
  incompleteFigures: 'Certains chiffres sont incomplets',
  notAll: 'Tout n’a pas fonctionné ce matin',
  unjudged: 'Certaines alertes n’ont pas pu être jugées\u202f: il peut en manquer ici.',
  unchecked: 'Les données n’ont pas pu être contrôlées\u202f: à lire avec prudence.',
  unshown: (part) => `Un élément n’a pas pu être affiché\u202f: ${part}.`,
  upTo: (source, date) => `${source}\u202f: rien après le ${date}`,
  notRead: (source, date) => `${source}\u202f: lecture impossible\u202f; ses données s’arrêtent au ${date}`,
  neverDelivered: (source) => `${source}\u202f: rien n’a été livré`,
  concerns: (kpis) => `Indicateurs concernés\u202f: ${kpis}.`,
  staleNote: (date) =>
    date
      ? `Données en retard\u202f: chiffre arrêté au ${date}, sans comparaison.`
      : 'Données en retard, donc sans comparaison.',
  incompleteNote: 'Incomplet\u202f: voir le haut de ce message.',
  why: {
    notSupplied: (tables) => `Aucune source ne fournit encore ${tables}.`,
    stale: (source) => `${source} n’a pas encore livré les données nécessaires.`,
    nothingToDivide: 'Rien à quoi rapporter le chiffre sur cette période (dénominateur nul).',
    nothingRecorded: (period) => `Rien n’a été enregistré sur cette période (${period}).`,
    failed: 'Il n’a pas pu être calculé aujourd’hui\u202f; l’exploitation est prévenue.',
  },
  figuresOf: (date, computed) => `Chiffres du ${date}, calculés le ${computed}.`,
  sources: (list) => `Données jusqu’au\u202f: ${list}`,
  whatToDo: (advice) => `Que faire\u202f: ${advice}`,
  before: (when, value) => `${when}\u202f: ${value}.`,
  openReport: 'Ouvrir le rapport',
  reportHint: (command) =>
    `Tous les chiffres, tendances et définitions sont dans le rapport\u202f: ${command}`,
  unsubscribe: 'Se désabonner',
  again: 'Nouvel envoi\u202f: ',
  sentAgain: 'Pourquoi vous recevez ce courriel à nouveau',
  nothingMeasured: 'Aucun chiffre n’a pu être calculé\u202f: il n’y a pas encore de données.',
  alertSubject: (count, good) => (good ? '' : count === 1 ? 'Alerte\u202f: ' : `${count} alertes\u202f: `),
  alertNews: (count) => (count === 1 ? 'Ce qui s’est passé' : `Ce qui s’est passé (${count})`),
  problems: (count) =>
    count === 1 ? '1 problème dans le traitement' : `${count} problèmes dans le traitement`,
  whatFailed: 'Ce qui a échoué, où, que faire',
  afterwards: 'Ensuite',
  runAgain: (command) =>
    `Relancer la journée\u202f: ${command}. Seul le nouveau est repris\u202f; personne ne reçoit deux fois le même message.`,
  chart: (facts) =>
    `${facts.name === undefined ? '' : `${facts.name}, `}${facts.points} jours${facts.daily ? ', jour par jour' : ''}\u202f: entre ${facts.low} (${facts.lowDate}) et ${facts.high} (${facts.highDate}), ${facts.last} en dernier (${facts.lastDate})`,
};

export const mailWords: Readonly<Record<Language, MailWords>> = { en, fr };
