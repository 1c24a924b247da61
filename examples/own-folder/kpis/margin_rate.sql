/*
names: { en: Margin rate, fr: Taux de marge }
describes:
  en: Gross margin for what was sold net of tax. Lines of which no margin is known are left out on both sides.
  fr: Marge brute rapportée au net vendu. Les lignes sans marge connue sont écartées des deux côtés.
advice:
  en: Look at the tier that fell first. Ask sales which discounts were given there.
  fr: Regarder d’abord le niveau en baisse. Demander aux commerciaux les remises accordées.
unit: percent
numerator: margin
denominator: sold
good: up
windows: [day, last_7d, mtd]
headline: mtd
dimensions: [tier, region]
theme: sales
audience: [executive, finance]
*/
