-- How far what is loaded reaches, of one agency or of all: the latest years, and the years in between that have no total.
-- parameter agency: agency_id; null: all
-- column scores: latest fiscal year with a score; null: none
-- column documents: latest fiscal year of a document with measures; null: none
-- column missing: fiscal years between the first and the latest without a total, ascending
with scored as (
  select distinct fiscal_year from assessment where total_shown is not null and ($agency is null or agency_id = $agency)),
reach as (select min(fiscal_year) as first, max(fiscal_year) as last from scored)
select (select max(fiscal_year) from score where $agency is null or agency_id = $agency)::integer as scores,
       (select max(fiscal_year) from measure where $agency is null or agency_id = $agency)::integer as documents,
       (select list(year order by year) from (select unnest(range(first::bigint, last::bigint)) as year from reach)
        where year not in (select fiscal_year from scored)) as missing
