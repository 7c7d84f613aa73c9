-- The agencies to which one agency is compared in a year, never itself: same type and province; fewer than five: same type and
-- region; fewer than five again: the twenty nearest by the total of the year before. `basis` says which (province, region, nearest).
create or replace macro peers(one, in_year) as table (
  with me as (select * from agency where agency_id = one),
  candidate as (
    select a.agency_id, a.agency_type, a.province, a.region, s.total_shown
    from assessment s join agency a using (agency_id)
    where s.fiscal_year = in_year and s.total_shown is not null and s.comparable and s.agency_id <> one),
  alike as (
    select c.agency_id, c.province = me.province as same_province, c.region = me.region as same_region
    from candidate c, me where c.agency_type = me.agency_type),
  near as (
    select c.agency_id
    from candidate c join assessment b on b.agency_id = c.agency_id and b.fiscal_year = in_year - 1 and b.comparable,
         (select total_shown as mine from assessment where agency_id = one and fiscal_year = in_year - 1 and comparable)
    where b.total_shown is not null and mine is not null
    order by abs(b.total_shown - mine), c.agency_id limit 20),
  counted as (
    select count(*) filter (same_province) as in_province, count(*) filter (same_region) as in_region from alike)
  select agency_id, 'province' as basis from alike, counted where same_province and in_province >= 5
  union all
  select agency_id, 'region' from alike, counted where same_region and in_province < 5 and in_region >= 5
  union all
  select agency_id, 'nearest' from near, counted where in_province < 5 and in_region < 5);
