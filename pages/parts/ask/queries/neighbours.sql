-- One agency and the ten local governments nearest to it on the map, whether anything of them is loaded or not. Provincial administrative
-- organizations, which are everywhere in their province, have neighbours of their kind only and are nobody else's. Where the register
-- lacks the place of the agency itself, the middle of the others of its district stands for it; empty where that is not known either.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- column agency_id: permanent
-- column agency_name: full name
-- column agency_type: as in the registry
-- column district: as in the registry
-- column province: as in the registry
-- column lat: degrees
-- column lon: degrees
-- column km: kilometres from the agency; 0 for itself
-- column nearness: 1 the nearest; 0 for the agency itself
-- column fiscal_year: Buddhist year
-- column total: of the year; null where it is not loaded
-- column mine: true for the agency
-- column approximate: true where the middle of the district stands for its place
with place as (
  select *, agency_type is not distinct from 'องค์การบริหารส่วนจังหวัด' as of_province from local_government where lat is not null and lon is not null),
me as (
  select o.*, o.agency_type is not distinct from 'องค์การบริหารส่วนจังหวัด' as of_province, coalesce(l.lat, d.lat) as lat, coalesce(l.lon, d.lon) as lon,
         l.lat is null or l.lon is null as approximate
  from (
    select agency_id, name, agency_type, district, province from agency where agency_id = $agency
    union select agency_id, name, agency_type, district, province from local_government
    where agency_id = $agency and agency_id not in (select agency_id from agency)) o
  left join local_government l using (agency_id)
  left join (select province, district, avg(lat) as lat, avg(lon) as lon from place where not of_province group by all) d
    on d.province = o.province and d.district = o.district),
near as (
  select agency_id, name, agency_type, district, province, lat, lon, 0 as km, true as mine, approximate from me where lat is not null
  union all (
    select p.agency_id, p.name, p.agency_type, p.district, p.province, p.lat, p.lon, kilometres(p.lat, p.lon, me.lat, me.lon) as km, false, false
    from place p, me
    where me.lat is not null and p.of_province = me.of_province and p.agency_id <> me.agency_id
    order by km, p.agency_id limit 10))
select n.agency_id, n.name as agency_name, n.agency_type, n.district, n.province, n.lat, n.lon, round(n.km, 1) as km,
       (row_number() over (order by not n.mine, n.km, n.agency_id) - 1)::integer as nearness, $year::smallint as fiscal_year,
       s.total_shown::double as total, n.mine, n.approximate
from near n left join assessment s on s.agency_id = n.agency_id and s.fiscal_year = $year and s.comparable
order by nearness
