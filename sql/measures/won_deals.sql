/*
describes: >-
  What deals contribute to fixed costs, on the day on which they are won. A deal whose contribution is known is a 0 on the day it was
  made: days on which deals are worked on and none is won have won nothing, which is known.
reads:
  deals: { history: all }
values:
  won_contribution: sum known contribution
*/
SELECT closed_on AS day, contribution
FROM deals
WHERE status = 'won' AND closed_on IS NOT NULL
UNION ALL
SELECT created_on AS day, 0 AS contribution
FROM deals
WHERE status NOT IN ('deleted', 'merged') AND contribution IS NOT NULL
