/*
names:
  en: Customer satisfaction
  fr: Satisfaction des clients
describes:
  en: >-
    Satisfied answers out of all answers to how satisfied one is: satisfied is four fifths of the best answer and more, or what
    the survey says. Below ten answers there is no figure.
  fr: >-
    Réponses satisfaites rapportées à toutes les réponses de satisfaction : satisfait à partir de quatre cinquièmes de la
    meilleure note, ou de ce que dit l’enquête. À moins de dix réponses, pas de valeur.
advice:
  en: >-
    With fifty answers, ten points up or down may be chance. One region: a carrier, a depot, a representative; read what was
    answered.
  fr: >-
    Sur cinquante réponses, dix points d’écart peuvent être dus au hasard. Une région : un transporteur, un dépôt, un commercial ;
    lire les réponses.
unit: percent
measures: [satisfaction_answers, satisfied_answers]
ratio: true
survey: true
additive: true
good: up
windows: [last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [answer_region]
theme: customers
audience: [executive, sales]
*/
SELECT as_of, period, comparison, dimension, member, satisfied_answers AS numerator, satisfaction_answers AS denominator
FROM measured
WHERE satisfaction_answers >= 10
