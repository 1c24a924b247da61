/*
names:
  en: Break-even attainment
  fr: Atteinte du seuil de rentabilité
describes:
  en: >-
    What the deals won in the window contribute to fixed costs, out of the fixed costs of its days: the sales won out of those
    needed at the contribution of these sales. Deals without a known contribution are left out.
  fr: >-
    Contribution des affaires gagnées dans la période aux coûts fixes, rapportée aux coûts fixes de ses jours : les ventes
    gagnées rapportées à celles qu’il faut, à la contribution de ces ventes. Sans contribution connue, une affaire est
    écartée.
advice:
  en: >-
    Below 100 % the window loses money: see whether fewer deals are won or each leaves less. Early in the month one deal moves it much.
  fr: >-
    Sous 100 %, la période perd de l’argent : voir si l’on gagne moins d’affaires ou si chacune laisse moins. En début de
    mois, une affaire pèse lourd.
unit: percent
numerator: won_contribution
denominator: fixed_cost
good: up
windows: [mtd, qtd, ytd, last_365d]
headline: mtd
theme: funnel
audience: [executive, finance]
*/
