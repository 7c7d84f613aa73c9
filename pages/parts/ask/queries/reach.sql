-- How far what is loaded of all agencies together reaches; no row where nothing is.
-- column scores: latest fiscal year with a score; null: none
-- column documents: latest fiscal year of a document with measures; null: none
-- column missing: fiscal years between the first and the latest without a total, ascending
select scores, documents, missing from reach where agency_id is null
