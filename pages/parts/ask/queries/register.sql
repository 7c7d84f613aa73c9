-- Local governments and other agencies by a part of their name, those with data first: at most 50 of all that fit.
-- parameter q: letters of the name, type abbreviated or not; null or empty: all
-- column agency_id: permanent
-- column agency_name: full name
-- column agency_type: as in the registry
-- column district: as in the registry
-- column province: as in the registry
-- column has_data: true where scores or measures are loaded
-- column found: how many fit, also those that have no room
with loaded as (
  select agency_id from assessment union select agency_id from completion where agency_id is not null
  union select agency_id from measure where agency_id is not null),
listed as (
  select agency_id, name, agency_type, district, province from local_government
  union all select agency_id, name, agency_type, district, province from agency where agency_id not in (select agency_id from local_government)),
sought as (
  select case
    when s similar to '(อบต|อบจ|ทต|ทม|ทน)[.].*' then
      map {'อบต': 'องค์การบริหารส่วนตำบล', 'อบจ': 'องค์การบริหารส่วนจังหวัด', 'ทต': 'เทศบาลตำบล', 'ทม': 'เทศบาลเมือง', 'ทน': 'เทศบาลนคร'}[split_part(s, '.', 1)]
      || split_part(s, '.', 2)
    else s end as words
  from (select lower(replace(coalesce($q, ''), ' ', '')) as s))
select l.agency_id, l.name as agency_name, l.agency_type, l.district, l.province, d.agency_id is not null as has_data, count(*) over ()::integer as found
from sought, listed l left join loaded d using (agency_id)
where contains(lower(replace(l.name, ' ', '')), sought.words)
order by has_data desc, case when starts_with(replace(l.name, coalesce(l.agency_type, ''), ''), sought.words) then 0 else 1 end,
  l.name collate th, l.province collate th, l.district collate th, l.agency_id
limit 50
