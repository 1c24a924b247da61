/*
names:
  en: Lead score
  fr: Score des leads
describes:
  en: >-
    Mean score, on 100, of the leads that are open at the end of the window, by what is known of them today: size, region, industry,
    potential, imminence, contact, engagement. What nobody knows of a lead neither adds nor takes away.
  fr: >-
    Score moyen, sur 100, des leads ouverts à la fin de la période, d’après ce qu’on en sait aujourd’hui : taille, région,
    secteur, potentiel, imminence, interlocuteur, engagement. Ce qu’on ignore d’un lead n’ajoute ni n’enlève rien.
advice:
  en: >-
    Call the hot ones first. A mean that falls after a campaign: it brought leads of another kind; read it by channel of new leads.
  fr: >-
    Appeler d’abord les chauds. Une moyenne qui baisse après une campagne : elle a amené d’autres leads ; voir les nouveaux
    leads par canal.
unit: points
numerator: level score_change
denominator: level lead_change
good: up
windows: [day]
headline: day
dimensions: [band, bant]
theme: funnel
audience: [sales, marketing]
*/
SELECT
  CASE WHEN c.change > 0 THEN l.created_on ELSE l.closed_on END AS day,
  l.band,
  l.bant,
  l.score * c.change AS score_change,
  c.change AS lead_change
FROM lead_scores l
CROSS JOIN (VALUES (1), (-1)) AS c (change)
WHERE c.change > 0 OR l.closed_on IS NOT NULL
