/*
names:
  en: New leads
  fr: Nouveaux leads
describes:
  en: >-
    Leads created in the window, whatever became of them. Deleted leads and those merged into another count nowhere.
  fr: >-
    Leads créés dans la période, quel que soit leur sort. Les leads supprimés ou fusionnés dans un autre ne comptent pas.
advice:
  en: >-
    One channel: open its campaigns, and fill in its form yourself. All channels: compare with the season of last year.
  fr: >-
    Un canal : examiner ses campagnes et remplir soi-même son formulaire. Tous : comparer à la même saison l’an dernier.
unit: count
numerator: new_leads
good: up
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: mtd
dimensions: [marketing_channel, industry, campaign]
theme: funnel
audience: [executive, sales, marketing]
*/
