/*
names:
  en: Clicks from Google search
  fr: Clics issus de la recherche Google
describes:
  en: >-
    Clicks on Google's results that are not paid for, to the company's own sites, as Google Search Console counts them. Google is two
    to three days late: the clicks of a day count three days later, so that every window is whole. No estimate of anybody's.
  fr: >-
    Clics sur les résultats naturels de Google vers les sites de l’entreprise, tels que les compte Google Search Console. Google a
    deux à trois jours de retard : les clics d’un jour comptent trois jours plus tard, pour que toute période soit entière. Aucune
    estimation.
advice:
  en: >-
    Look at the click rate beside it: shown less often, pages lost places or left the index; clicked less often, something else stands
    above them. One device or country at once: see what changed on the site.
  fr: >-
    Regarder le taux de clic : moins d’affichages, des pages ont perdu des places ou quitté l’index ; moins de clics, autre chose
    s’affiche au-dessus. Un seul appareil ou pays : voir ce qui a changé sur le site.
unit: count
numerator: counted_clicks
late: 3
good: up
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [device, search_country]
theme: channels
audience: [marketing, ecommerce]
*/
