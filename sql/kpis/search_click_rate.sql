/*
names:
  en: Click rate in Google search
  fr: Taux de clic dans la recherche Google
describes:
  en: >-
    Clicks out of the times that the company's own sites stood in Google's results that are not paid for, as Google Search Console
    counts both. Google is two to three days late: a day counts three days later.
  fr: >-
    Clics rapportés aux affichages des sites de l’entreprise dans les résultats naturels de Google, tels que les compte Google Search
    Console. Google a deux à trois jours de retard : un jour compte trois jours plus tard.
advice:
  en: >-
    Shown for more words, a site is clicked on less often: look at the clicks themselves first. Fewer clicks at as many impressions:
    titles, or answers and ads above the results.
  fr: >-
    Affiché sur plus de mots, un site est moins souvent cliqué : regarder d’abord les clics. Moins de clics à affichages égaux : les
    titres, ou des réponses et des annonces au-dessus des résultats.
unit: percent
numerator: counted_clicks
denominator: counted_impressions
late: 3
good: up
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [device, search_country]
theme: channels
audience: [marketing, ecommerce]
*/
