-- The middle of each province: the total or one indicator in a year, over the agencies whose scores are loaded.
-- parameter agency: agency_id, whose province is marked
-- parameter year: Buddhist year
-- parameter indicator: TOTAL or 1-10; null: TOTAL
-- column province_code: TIS 1099
-- column name_th: name of the province
-- column name_en: name of the province
-- column region: in Thai
-- column fiscal_year: Buddhist year
-- column indicator: TOTAL or 1-10
-- column agencies: with this score
-- column median: of them; null where none is loaded
-- column national_median: of all agencies
-- column all_agencies: with this score, their province known or not
-- column mine: true for the province of the agency
with scores as (
  select s.score, a.province from totals_and_scores($year) s join agency a using (agency_id)
  where s.indicator = coalesce($indicator, 'TOTAL')),
by_province as (select province, count(*) as n, middle(score, 0.5) as mid from scores where province is not null group by province)
select p.province_code, p.name_th, p.name_en, p.region, $year::smallint as fiscal_year, coalesce($indicator, 'TOTAL') as indicator,
       coalesce(b.n, 0)::integer as agencies, b.mid as median, (select middle(score, 0.5) from scores) as national_median,
       (select count(*) from scores)::integer as all_agencies,
       p.name_th is not distinct from (select province from agency where agency_id = $agency) as mine
from province p left join by_province b on b.province = p.name_th
where exists (from scores)
order by p.name_th collate th
