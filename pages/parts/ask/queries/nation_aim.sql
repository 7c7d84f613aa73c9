-- Was the work of many agencies aimed where the year before lost points? For each indicator the points of the total that they lost on average,
-- this year's reported measures that name it (by code, item or heading), and what its score then did on average.
-- parameter year: Buddhist year of the measures
-- parameter agencies: list of agency_id; null: all that are loaded
-- column fiscal_year: Buddhist year of the measures
-- column indicator: 1-10
-- column name_th: name of the indicator
-- column name_en: name of the indicator
-- column agencies: agencies with every indicator in both years and a report; only they count
-- column lost: points of the total lost the year before, mean
-- column measures: reported measures of these agencies that name the indicator
-- column completed: completed ones of them
-- column all_measures: reported measures of these agencies, the same in every row
-- column before: score of the year before, mean
-- column after: score of this year, mean
-- column change: after less before
-- column points: what its change gave to the total, mean
with whole as (
  select n.agency_id
  from assessment n join assessment b on b.agency_id = n.agency_id and b.fiscal_year = n.fiscal_year - 1
  join rule_year r on r.fiscal_year = n.fiscal_year
  where n.fiscal_year = $year and n.complete and b.complete and r.comparable_with_previous
    and ($agencies is null or list_contains($agencies, n.agency_id))
    and n.agency_id in (select agency_id from completion where fiscal_year = $year and documents > 0)),
work as (
  select indicator, sum(measures) as measures, sum(completed) as completed
  from aimed semi join whole using (agency_id) where fiscal_year = $year group by indicator),
done as (
  select sum(completed_stated + completed_inferred + in_progress + not_started + not_possible + unknown) as n
  from completion semi join whole using (agency_id) where fiscal_year = $year)
select $year::smallint as fiscal_year, i.indicator, i.name_th, i.name_en, count(*)::integer as agencies,
       printed(avg(i.weight * (100 - b.score))) as lost, coalesce(any_value(w.measures), 0)::integer as measures,
       coalesce(any_value(w.completed), 0)::integer as completed, (select n from done)::integer as all_measures,
       printed(avg(b.score)) as before, printed(avg(n.score)) as after,
       round(printed(avg(n.score)) - printed(avg(b.score)), 2) as change, printed(avg(i.weight * (n.score - b.score))) as points
from whole g
join score b on b.agency_id = g.agency_id and b.fiscal_year = $year - 1 and b.chosen
join indicator i on i.fiscal_year = b.fiscal_year and i.indicator = b.indicator
join score n on n.agency_id = g.agency_id and n.fiscal_year = $year and n.indicator = b.indicator and n.chosen
left join work w on w.indicator = i.indicator
group by i.indicator, i.name_th, i.name_en, i.position
order by i.position
