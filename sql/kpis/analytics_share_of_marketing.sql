/*
names:
  en: Analytics share of marketing
  fr: Part de l’analyse dans le marketing
describes:
  en: >-
    Cost of measuring (tools and people who measure: marketing costs of the category `analytics`), out of all that marketing spends, media included. Without any
    categories there is no figure.
  fr: >-
    Coût de la mesure (outils et personnes qui mesurent : coûts marketing de la catégorie `analytics`), rapporté à toutes les dépenses de marketing, médias
    compris. Sans catégories, pas de valeur.
advice:
  en: >-
    Compare with the budget; neither direction is good in itself. A sudden fall is mostly a posting without a category.
  fr: >-
    Comparer au budget ; aucun sens n’est bon en soi. Une chute soudaine est souvent une écriture sans catégorie.
unit: percent
numerator: analytics_cost
denominator: marketing_cost
good: neither
windows: [mtd, qtd, ytd, last_365d]
headline: ytd
benchmark: { value: 0.08, source: 'Eight B2B marketing KPIs (study M8): mean share of analytics in the marketing budget' }
theme: channels
audience: [marketing, finance]
*/
