-- How far what is loaded reaches, of one agency or of all: the latest years, and the years in between that have no total.
-- parameter agency: agency_id; null: all
-- column scores: latest fiscal year with a score; null: none
-- column documents: latest fiscal year of a document with measures; null: none
-- column missing: fiscal years between the first and the latest without a total, ascending
select max(scores)::integer as scores, max(documents)::integer as documents, any_value(missing) as missing
from reach where agency_id is not distinct from $agency
