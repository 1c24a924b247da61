import type { Language } from './language.ts';

/** de + le = du, de + les = des. */
function de(noun: string): string {
  if (noun.startsWith('le ')) return `du ${noun.slice(3)}`;
  if (noun.startsWith('les ')) return `des ${noun.slice(4)}`;
  return `de ${noun}`;
}

/** French of France: narrow no-break spaces before colons and per cent signs. */
export const fr: Language = {
  tag: 'fr',
  name: 'Français',
  locale: 'fr-FR',
  writing: {
    colon: '\u202f:',
    semicolon: '\u202f;',
    percent: (number) => `${number}\u202f%`,
    quoted: (name) => `«\u202f${name}\u202f»`,
    inSentence: (name) =>
      /^\p{Lu}[\p{Ll}’' ]/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name,
    dayOfMonth: (day) => (day === '1' ? '1er' : day),
  },
  figures: {
    noValue: 'pas de données',
    days: { one: 'jour', other: 'jours' },
    points: { one: 'point', other: 'points' },
    units: { one: 'unité', other: 'unités' },
    percentagePoints: { one: 'pt', other: 'pts' },
    periods: {
      day: 'le jour',
      last_7d: '7 derniers jours',
      last_28d: '28 derniers jours',
      mtd: 'cumul du mois',
      qtd: 'cumul du trimestre',
      ytd: 'cumul de l’exercice',
      last_365d: '365 derniers jours',
    },
    vsPrevious: {
      day: 'vs la veille',
      last_7d: 'vs les 7 jours précédents',
      last_28d: 'vs les 28 jours précédents',
      mtd: 'vs le mois précédent',
      qtd: 'vs le trimestre précédent',
      ytd: 'vs l’exercice précédent',
      last_365d: 'vs les 365 jours précédents',
    },
    vsLastYear: 'sur un an',
    previous: {
      day: 'la veille',
      last_7d: 'les 7 jours précédents',
      last_28d: 'les 28 jours précédents',
      mtd: 'le mois précédent',
      qtd: 'le trimestre précédent',
      ytd: 'l’exercice précédent',
      last_365d: 'l’année précédente',
    },
    lastYear: 'l’an dernier',
    unknownMember: 'inconnu',
    otherMembers: 'autres',
  },
  mail: {
    unchanged: 'stable',
    target: (value) => `par rapport à l’objectif de ${value}`,
    targetDue: (value) => `par rapport aux ${value} attendus à ce jour`,
    targetWhole: (share, value) => `${share} de l’objectif total de ${value}`,
    more: 'Et aussi',
    figuresOf: (date, computed) => `Chiffres du ${date}, calculés le ${computed}.`,
    sources: (list) => `Données jusqu’au\u202f: ${list}`,
    openReport: 'Ouvrir le rapport',
    reportHint: (command) =>
      `Tous les chiffres, tendances et définitions sont dans le rapport\u202f: ${command}`,
    unsubscribe: 'Se désabonner',
    nothingMeasured: 'Aucun chiffre n’a pu être calculé\u202f: il n’y a pas encore de données.',
    again: 'Nouvel envoi\u202f: ',
    sentAgain: 'Pourquoi vous recevez ce courriel à nouveau',
    problems: (count) =>
      count === 1 ? '1 problème dans le traitement' : `${count} problèmes dans le traitement`,
    whatFailed: 'Ce qui a échoué, où, que faire',
    afterwards: 'Ensuite',
    runAgain: (command) =>
      `Relancer la journée\u202f: ${command}. Seul le nouveau est repris\u202f; personne ne reçoit deux fois le même message.`,
    chart: (facts) =>
      `${facts.points} jours${facts.daily ? ', jour par jour' : ''}\u202f: entre ${facts.low} (${facts.lowDate}) et ${facts.high} (${facts.highDate}), ${facts.last} en dernier (${facts.lastDate})`,
    kpi: (id) => `Indicateur ${id}`,
    notMeasured: 'mesure impossible',
    sample: (text) => `p. ex. ${text}`,
    redefined: (count) =>
      count === 1 ? '1 indicateur est compté autrement' : `${count} indicateurs sont comptés autrement`,
    countedOtherwise: (kpis, since, versions) =>
      `${kpis}\u202f: compté autrement que le ${since}${versions ? ` (par Vigie ${versions[0]} alors, par ${versions[1]} maintenant)` : ''}`,
    whatWasMeasuredAnew: (command) =>
      `Les jours montrés à côté de celui-ci ont été mesurés à nouveau, les plus anciens gardent leurs chiffres. Avant un traitement, ${command} dit quels chiffres diffèrent\u202f: docs/operations/upgrade.md.`,
    definitions: 'Nouvelles définitions',
    test: {
      subject: (company) => `Vigie de ${company}\u202f: un courriel d’essai`,
      lead: 'Les courriels de Vigie arrivent ici.',
      line: (command) =>
        `Envoyé par ${command}. S’il était dans les indésirables, faites autoriser l’expéditeur\u202f: le bulletin vient de la même adresse.`,
    },
  },
  alerts: {
    limit: {
      phrase: ['au-dessus de sa limite', 'en dessous de sa limite'],
      withLevel: (phrase, level) => `${phrase} de ${level}`,
    },
    relative: (isAbove, distance, reference) => {
      const side = isAbove ? 'au-dessus' : 'en dessous';
      return distance ? `à plus de ${distance} ${side} ${de(reference)}` : `${side} ${de(reference)}`;
    },
    atLevel: (phrase, level) => `${phrase} (limite\u202f: ${level})`,
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
    news: {
      opened: (phrase, since) => `${phrase}${since && ` depuis le ${since}`}.`,
      still_firing: (phrase, since) => `toujours ${phrase}${since && ` depuis le ${since}`}.`,
      resolved: (phrase, since) => `l’indicateur était ${phrase}${since && `, depuis le ${since}`}.`,
      no_data: (phrase) =>
        `ses données sont en retard ou incomplètes\u202f: impossible de dire s’il est ${phrase}.`,
      data_back: (phrase) =>
        `ses données sont de nouveau complètes\u202f; la règle surveille un chiffre ${phrase}.`,
    },
    moreAlerts: (count) => (count === 1 ? 'et 1 autre alerte' : `et ${count} autres alertes`),
    openAlerts: (count) => (count === 1 ? '1 alerte ouverte' : `${count} alertes ouvertes`),
    subject: (count, good) => (good ? '' : count === 1 ? 'Alerte\u202f: ' : `${count} alertes\u202f: `),
    whatHappened: (count) => (count === 1 ? 'Ce qui s’est passé' : `Ce qui s’est passé (${count})`),
    whatToDo: (advice) => `Que faire\u202f: ${advice}`,
    before: (when, value) => `${when}\u202f: ${value}.`,
  },
  trust: {
    inDoubt: 'un contrôle a trouvé une erreur',
    late: (sources) => `${sources} en retard`,
    missing: (sources) => `données manquantes (${sources})`,
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
  },
  causes: {
    mostly: 'surtout',
    and: 'et',
    against: 'en sens inverse',
    nobody: 'sans cause unique',
    returned: 'retour à la normale',
    offsetting: (against, members) =>
      `Presque stable ${against}, mais deux mouvements se compensent\u202f: ${members}.`,
    share: (from, to) => `sa part passe de ${from} à ${to}`,
    rate: (from, to) => `de ${from} à ${to}`,
  },
  page: {
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
    notCompared: 'données en retard, sans comparaison',
    better: 'mieux',
    worse: 'moins bien',
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
    footer:
      'Un chiffre sans données est noté «\u202f–\u202f», jamais zéro. Un seul fichier\u202f: rien n’est chargé d’ailleurs.',
    top: 'Retour à la vue d’ensemble',
  },
};
