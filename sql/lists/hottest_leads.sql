/*
names: { en: Hottest leads, fr: Leads les plus chauds }
describes:
  en: >-
    The open leads of each owner with the highest score, from 40 points on, best known and newest first among equals, with the points
    that each rule gave. Nobody is named: the number leads to the CRM.
  fr: >-
    Les leads ouverts de chaque responsable au score le plus élevé, à partir de 40 points ; à égalité les mieux connus et les plus récents
    d’abord ; avec les points donnés par chaque règle. Personne n’est nommé : le numéro mène au CRM.
kpi: lead_score
key: lead_id
columns:
  lead_id: { names: { en: Lead, fr: Lead } }
  score: { names: { en: Score, fr: Score }, unit: points }
  band:
    names: { en: Temperature, fr: Température }
    words: { hot: { en: hot, fr: chaud }, warm: { en: warm, fr: tiède }, cold: { en: cold, fr: froid } }
  contact_role: { names: { en: Contact, fr: Interlocuteur } }
  industry: { names: { en: Industry, fr: Secteur } }
  region: { names: { en: Region, fr: Région } }
  channel: { names: { en: Channel, fr: Canal } }
  yearly_potential: { names: { en: Potential a year, fr: Potentiel annuel }, unit: currency, said: true }
  created_on: { names: { en: Since, fr: Depuis }, said: true }
  owner_id: { names: { en: Owner, fr: Responsable }, said: true }
reasons:
  employee_count: { en: Company size, fr: Taille de l’entreprise }
  region: { en: Region, fr: Région }
  industry: { en: Industry, fr: Secteur }
  yearly_potential: { en: Potential a year, fr: Potentiel annuel }
  buys_within_days: { en: Days until it buys, fr: Jours avant l’achat }
  contact_role: { en: Contact’s role, fr: Fonction de l’interlocuteur }
  contact_seniority: { en: Contact’s seniority, fr: Niveau de l’interlocuteur }
  engagement_count: { en: Answers to marketing, fr: Réponses au marketing }
rows: 50
at_least: 40
reads:
  leads: { history: all }
dimensions: { region: region, industry: industry }
audience: [sales]
*/
SELECT
  h.place,
  h.lead_id,
  h.score,
  h.band,
  h.contact_role,
  h.industry,
  h.region,
  h.channel,
  h.yearly_potential,
  h.created_on,
  h.owner_id,
  p.criterion AS reason,
  p.points,
  p.most_points,
  min(r.word) AS found_word,
  min(r.amount) AS found_amount,
  min(CASE WHEN r.applies AND r.points = p.points THEN r.rule_word END) AS rule_word,
  max(CASE WHEN r.applies AND r.points = p.points THEN r.at_least END) AS at_least,
  min(CASE WHEN r.applies AND r.points = p.points THEN r.at_most END) AS at_most
FROM (
  SELECT
    s.lead_id,
    s.score,
    s.band,
    l.contact_role,
    l.industry,
    l.region,
    l.channel,
    l.yearly_potential,
    l.created_on,
    l.owner_id,
    row_number() OVER (ORDER BY s.score DESC, k.most_points DESC, l.created_on DESC, s.lead_id) AS place,
    row_number() OVER (
      PARTITION BY l.owner_id ORDER BY s.score DESC, k.most_points DESC, l.created_on DESC, s.lead_id
    ) AS place_of_owner,
    m.most_rows
  FROM lead_scores s
  JOIN leads l ON l.lead_id = s.lead_id
  JOIN (SELECT lead_id, sum(most_points) AS most_points FROM lead_points GROUP BY lead_id) k ON k.lead_id = s.lead_id
  JOIN periods w ON w.period = 'day'
  JOIN limits m ON s.score >= m.least_weight
  WHERE s.created_on <= w.as_of AND (s.closed_on IS NULL OR s.closed_on > w.as_of)
) h
JOIN lead_points p ON p.lead_id = h.lead_id
JOIN lead_rules r ON r.lead_id = p.lead_id AND r.criterion = p.criterion
WHERE h.place_of_owner <= h.most_rows
GROUP BY
  h.place, h.lead_id, h.score, h.band, h.contact_role, h.industry, h.region, h.channel, h.yearly_potential, h.created_on, h.owner_id,
  p.criterion, p.points, p.most_points
