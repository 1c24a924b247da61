/*
names:
  en: Days in stage
  fr: Jours par étape
describes:
  en: >-
    Mean days from the entry into a stage to leaving it, forwards, backwards, won or lost, of the stays that ended in the window. Stays
    whose beginning nobody saw are left out.
  fr: >-
    Nombre moyen de jours entre l’entrée dans une étape et sa sortie (en avant, en arrière, gagné ou perdu), pour les
    passages achevés dans la période. Ceux dont personne n’a vu le début sont écartés.
advice:
  en: >-
    One stage: see whose records wait, and for what. A rise may be good news, too: old records were closed at last.
  fr: >-
    Une étape : voir quels dossiers attendent, et quoi. Une hausse peut aussi être une bonne nouvelle : de vieux dossiers
    enfin clos.
unit: days
numerator: sum stay_days
denominator: sum stays
unknown: stage_unknowns
good: down
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [stage]
theme: funnel
audience: [executive, sales]
*/
SELECT left_on AS day, stage_id, date_diff('day', entered_on, left_on) AS stay_days, 1 AS stays
FROM stage_stays
WHERE outcome = 'open' AND entry_known AND left_on IS NOT NULL
