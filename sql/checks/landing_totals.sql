/*
names: { en: Files and landing agree, fr: Fichiers et zone d’arrivée concordent }
describes: Rows and exact sums that were read from the files, against what their landing files hold.
means: { en: what was read differs from what was delivered, fr: ce qui a été lu diffère de ce qui a été livré }
severity: error
message: "{table} from {source}: {measure} is {in_batch} in the files that were read, {landed} in the landing zone."
hint: "The landing files were changed or cut after they were written. Delete this run's folders under landing/{table}/ and run the day again."
for_each: batch
*/
SELECT measure, in_batch, landed
FROM batch_totals
WHERE in_batch IS NOT NULL AND in_batch IS DISTINCT FROM landed
