/*
names:
  en: Orders
  fr: Commandes
describes:
  en: Number of orders received. Returns are no orders, and cancelled orders are left out.
  fr: Nombre de commandes reçues. Les retours ne sont pas des commandes et les commandes annulées sont écartées.
advice:
  en: >-
    Compare channels. Web alone: the shop. One representative’s channel: holidays or a vacant territory. All alike:
    the export, then the season.
  fr: >-
    Comparer les canaux. Le web seul : la boutique. Le canal d’un commercial : congés ou secteur vacant. Tous :
    l’export, puis la saison.
unit: count
numerator: orders
good: up
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: mtd
dimensions: [sales_channel, region, industry]
theme: sales
audience: [executive, sales]
*/
