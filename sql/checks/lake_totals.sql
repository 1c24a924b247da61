/*
names: { en: Landing and lake agree, fr: Zone d’arrivée et lac concordent }
describes: >-
  Rows and exact sums of what this run landed, less what it supersedes itself, against what the lake holds in the same
  scopes.
means: { en: what is stored differs from what was delivered, fr: ce qui est enregistré diffère de ce qui a été livré }
severity: error
message: "{table} from {source}: {measure} is {kept} in the landing zone, {in_lake} in the lake."
hint: "The load did not finish, or the lake was changed past Vigie. Run the day again; loading twice changes nothing."
for_each: batch
*/
SELECT measure, kept, in_lake
FROM batch_totals
WHERE kept IS DISTINCT FROM in_lake
