/*
names:
  en: Engagement on social networks
  fr: Engagement sur les réseaux sociaux
describes:
  en: >-
    Clicks, reactions, comments and shares, out of how often posts were shown.
  fr: >-
    Clics, réactions, commentaires et partages, rapportés au nombre d’affichages des publications.
advice:
  en: >-
    A post that was paid for is shown to many who do not care: compare weeks without one. One network: its rules of showing posts
    changed.
  fr: >-
    Une publication sponsorisée touche beaucoup d’indifférents : comparer des semaines sans. Un réseau : ses règles d’affichage
    ont changé.
unit: percent
numerator: sum engagement_count
denominator: sum impression_count
good: up
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [network]
theme: channels
audience: [marketing]
*/
SELECT active_on AS day, network, engagement_count, impression_count
FROM social_activity
