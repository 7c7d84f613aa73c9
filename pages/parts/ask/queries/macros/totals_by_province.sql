-- The middle of each province: the total or one indicator in a year, over the agencies whose scores are loaded; no rows where none are.
create or replace macro totals_by_province(one, in_year, which) as table (
  with scores as (
    select s.score, a.province from totals_and_scores(in_year) s join agency a using (agency_id)
    where s.indicator = coalesce(which, 'TOTAL')),
  by_province as (select province, count(*) as n, middle(score, 0.5) as mid from scores where province is not null group by province)
  select p.province_code, p.name_th, p.name_en, p.region, in_year::smallint as fiscal_year, coalesce(which, 'TOTAL') as indicator,
         coalesce(b.n, 0)::integer as agencies, b.mid as median, (select middle(score, 0.5) from scores) as national_median,
         (select count(*) from scores)::integer as all_agencies,
         p.name_th is not distinct from (select province from agency where agency_id = one) as mine
  from province p left join by_province b on b.province = p.name_th
  where exists (from scores));
