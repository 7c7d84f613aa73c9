-- Reported measures that count (results of the latest round), each with its status and whether that is stated or inferred; of one agency
-- or, where it is null, of all.
create or replace macro statuses(one) as table (
  select m.measure_id, m.agency_id, m.fiscal_year, m.document_family as family, m.group_kind, m.group_number, m.group_name, m.responsible, m.source_id, m.place,
         m.position,
         case when m.status = 'completed' and m.status_basis = 'inferred' then 'completed_inferred'
              when m.status = 'completed' then 'completed_stated' else m.status end as status
  from measure m
  where m.section = 'result' and m.latest and (one is null or m.agency_id = one));
