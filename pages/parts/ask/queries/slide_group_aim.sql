-- Work against need in a group of agencies, by indicator: points of the total that they lost last year on average, this year's reported
-- measures that name the indicator (by code, item or heading), and what its part of the total then did on average.
-- parameter agencies: list of agency_id
-- parameter year: Buddhist year of the measures
-- column indicator: 1-10
-- column name_th: name of the indicator
-- column name_en: name of the indicator
-- column agencies: agencies with every indicator in both years; only they count
-- column lost: points of the total lost the year before, mean
-- column measures: reported measures of these agencies that name the indicator
-- column points: what its change gave to the total, mean
-- column all_measures: reported measures of these agencies, the same in every row
with whole as (
  select n.agency_id from assessment n join assessment b on b.agency_id = n.agency_id and b.fiscal_year = n.fiscal_year - 1
  join rule_year r on r.fiscal_year = n.fiscal_year
  where n.fiscal_year = $year and n.complete and b.complete and r.comparable_with_previous and list_contains($agencies, n.agency_id)),
done as (
  select measure_id from measure m semi join whole using (agency_id)
  where m.fiscal_year = $year and m.section = 'result' and m.latest),
aimed as (select indicator, count(distinct measure_id) as n from measure_indicator semi join done using (measure_id) group by indicator)
select i.indicator, i.name_th, i.name_en, count(*)::integer as agencies, printed(avg(i.weight * (100 - b.score))) as lost,
       coalesce(any_value(a.n), 0)::integer as measures, printed(avg(i.weight * (n.score - b.score))) as points,
       (select count(*) from done)::integer as all_measures
from whole w
join score b on b.agency_id = w.agency_id and b.fiscal_year = $year - 1 and b.chosen
join indicator i on i.fiscal_year = b.fiscal_year and i.indicator = b.indicator
join score n on n.agency_id = w.agency_id and n.fiscal_year = $year and n.indicator = b.indicator and n.chosen
left join aimed a on a.indicator = i.indicator
group by i.indicator, i.name_th, i.name_en
having (select count(*) from done) > 0
order by i.indicator::integer
