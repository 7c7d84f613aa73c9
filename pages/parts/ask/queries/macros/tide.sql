-- How others moved between two years: the tide. `others`: a list of agencies, of which five with both years must be loaded; null: the nation,
-- as the build prepared it (etl/build/sql/tide.sql). What is not known is null, and `basis` few or few_peers. Macros stay small: planning costs more than running.
create or replace macro whole_below(a, b) as a // b - if(a % b < 0, 1, 0);  -- // rounds towards zero
create or replace macro from_hundredths(n) as (n::decimal(16, 0) * 0.01)::decimal(18, 2);
-- Of the total (TOTAL) in each year on the year before, in printed points.
create or replace macro tide_of_totals(others) as table (
  select to_year, agencies, basis, score as tide from tide where part = 'TOTAL' and from_year = to_year - 1 and others is null
  union all
  select to_year, n, if(n >= 5, 'peers', 'few_peers'), if(n >= 5, from_hundredths(whole_below(2 * units + 100 * n, 200 * n)), null)
  from (
    select n.fiscal_year as to_year, count(*) as n, sum(((n.total_shown - b.total_shown) * 10000)::bigint) as units
    from assessment n join assessment b on b.agency_id = n.agency_id and b.fiscal_year = n.fiscal_year - 1
    where list_contains(others, n.agency_id) and n.comparable and b.comparable and n.total_shown is not null and b.total_shown is not null
    group by all));
-- Of the score of one indicator in each year on the year before.
create or replace macro tide_of_indicator(which, others) as table (
  select to_year, agencies, basis, score as tide from tide where part = which and from_year = to_year - 1 and others is null
  union all
  select to_year, n, if(n >= 5, 'peers', 'few_peers'), if(n >= 5, from_hundredths(whole_below(2 * units + 100 * n, 200 * n)), null)
  from (
    select to_year, count(*) as n, sum(((to_score - from_score) * 10000)::bigint) as units
    from change where list_contains(others, agency_id) and part = which and from_year = to_year - 1 group by all));
-- Of what each part gave to the total between two years, and of the total, among those listed (the nation stands in change_line): the parts
-- add up to it by the largest remainder.
create or replace macro tide_of_peers(before, after, others) as table (
  with sums as (
    select part, count(*) as n, sum(contribution_units) as units, any_value(contribution_base) * count(*) as whole,
           whole_below(100 * sum(contribution_units), whole) as below
    from change where list_contains(others, agency_id) and from_year = before and to_year = after group by part),
  ranked as (
    select part, n, below, row_number() over (order by 100 * units - below * whole desc, try_cast(part as integer)) as place,
           sum(below) over () as all_below, whole_below(200 * sum(units) over () + whole, 2 * whole) as target
    from sums where n >= 5)
  select part, n as agencies, 'peers' as basis, from_hundredths(below + if(place <= target - all_below, 1, 0)) as tide from ranked
  union all
  select 'TOTAL', max(n), 'peers', from_hundredths(max(target)) from ranked having count(*) > 0
  union all
  select 'TOTAL', coalesce((select max(n) from sums), 0), 'few_peers', null where others is not null and not exists (from ranked));
