-- The agencies to which one agency is compared in a year, never itself: same type and province; fewer than five: same type and
-- region; fewer than five again: the twenty nearest by the total of the year before. `basis` says which (province, region, nearest).
create or replace macro peers(one, in_year) as table (
  with seen as (
    select s.agency_id, a.agency_type = me.agency_type and a.province = me.province as same_province,
           a.agency_type = me.agency_type and a.region = me.region as same_region
    from agency me, assessment s join agency a using (agency_id)
    where me.agency_id = one and s.fiscal_year = in_year and s.total_shown is not null and s.comparable and s.agency_id <> one),
  counted as (select count(*) filter (same_province) as in_province, count(*) filter (same_region) as in_region from seen)
  select agency_id, if(in_province >= 5, 'province', 'region') as basis from seen, counted
  where if(in_province >= 5, same_province, in_region >= 5 and same_region)
  union all
  select agency_id, 'nearest' from (
    select s.agency_id
    from counted, seen s join assessment b using (agency_id), assessment mine
    where in_province < 5 and in_region < 5 and b.fiscal_year = in_year - 1 and b.comparable and b.total_shown is not null
      and mine.agency_id = one and mine.fiscal_year = in_year - 1 and mine.comparable and mine.total_shown is not null
    order by abs(b.total_shown - mine.total_shown), s.agency_id limit 20));
