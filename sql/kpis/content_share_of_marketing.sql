/*
names:
  en: Content share of marketing
  fr: Part du contenu dans le marketing
describes:
  en: >-
    Cost of content (texts, pictures, films: marketing costs of the category `content`), out of all that marketing spends, media included. Without any
    categories there is no figure.
  fr: >-
    Coût du contenu (textes, images, films : coûts marketing de la catégorie `content`), rapporté à toutes les dépenses de marketing, médias
    compris. Sans catégories, pas de valeur.
advice:
  en: >-
    Compare with the budget; neither direction is good in itself. A sudden fall is mostly a posting without a category.
  fr: >-
    Comparer au budget ; aucun sens n’est bon en soi. Une chute soudaine est souvent une écriture sans catégorie.
unit: percent
numerator: content_cost
denominator: marketing_cost
good: neither
windows: [mtd, qtd, ytd, last_365d]
headline: ytd
benchmark: { value: 0.26, source: 'Eight B2B marketing KPIs (study M7): mean share of content in the marketing budget' }
theme: channels
audience: [marketing, finance]
*/
