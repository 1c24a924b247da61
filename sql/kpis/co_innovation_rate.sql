/*
names:
  en: Co-innovation rate
  fr: Taux de co-innovation
describes:
  en: >-
    Customers who took part in a test, a workshop or with an idea in the window, having ordered in the 365 days before, out of the
    customers who ordered in the window.
  fr: >-
    Clients ayant participé à un test, un atelier ou par une idée dans la période, et commandé dans les 365 jours
    précédents, rapportés aux clients ayant commandé dans la période.
advice:
  en: >-
    Invite those who order often and complain: they have ideas. Tell who took part what came of it.
  fr: >-
    Inviter ceux qui commandent souvent et se plaignent : ils ont des idées. Dire aux participants ce qu’il en est advenu.
unit: percent
numerator: co_innovating_customers
denominator: customers
good: up
windows: [last_365d]
headline: last_365d
dimensions: [region, industry]
theme: customers
audience: [sales, marketing]
*/
