-- Every agency, with how far what is loaded of it reaches: those with data first, in the order of the Thai alphabet.
-- column agency_id: permanent
-- column name: full name
-- column short_name: its type abbreviated
-- column agency_type: as in the registry
-- column district: as in the registry
-- column province: as in the registry
-- column synthetic: true where it is known only from made-up data
-- column has_data: true where scores or measures are loaded
-- column years: Buddhist years with scores or measures, ascending
-- column scores: latest fiscal year with a score; null: none
-- column documents: latest fiscal year of a document with measures; null: none
-- column missing: fiscal years between the first and the latest without a total, ascending
select a.agency_id, a.name, short_name(a.name) as short_name, a.agency_type, a.district, a.province, a.synthetic,
       r.agency_id is not null as has_data, r.years, r.scores, r.documents, r.missing
from agency a left join reach r using (agency_id)
order by has_data desc, a.name collate th, a.agency_id
