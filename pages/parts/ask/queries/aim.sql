-- Was the work of a year aimed where the year before lost points? A row an indicator: points of the total lost the year before, the
-- measures of this year that name it by code, item or heading, and what its score then did.
-- None where the weights of the year before are not known.
-- parameter agency: agency_id
-- parameter year: Buddhist year of the measures
-- column fiscal_year: Buddhist year of the measures
-- column indicator: 1-10
-- column instrument: IIT, EIT or OIT
-- column name_th: name of the indicator
-- column name_en: name of the indicator
-- column lost: points of the total lost the year before: weight x (100 - score)
-- column lost_instrument: lost points of its instrument, rounded once
-- column lost_total: lost points of all indicators, rounded once
-- column measures: reported measures that name the indicator
-- column completed: completed ones of them
-- column all_measures: reported measures of the year
-- column all_completed: completed ones of them
-- column unplaced: reported measures that name no indicator
-- column before: score of the year before
-- column after: score of this year; null where it has none
-- column change: of the score, after less before
-- column points: what its change gave to the total, printed; null where it cannot be taken apart
with lost as (
  select *, sum(weight * (100 - score)) over (partition by instrument) as instrument_points, sum(weight * (100 - score)) over () as total_points,
         count(*) over () as n
  from indicator_scores($agency) where fiscal_year = $year - 1),
work as (from aimed where agency_id = $agency and fiscal_year = $year),
whole as (
  select sum(completed_stated + completed_inferred + in_progress + not_started + not_possible + unknown) as n,
         sum(completed_stated + completed_inferred) as completed,
         (select coalesce(sum(measures), 0) from work where indicator is null) as unplaced
  from completion where agency_id = $agency and fiscal_year = $year)
select $year::smallint as fiscal_year, l.indicator, l.instrument, l.name_th, l.name_en, printed(l.weight * (100 - l.score)) as lost,
       printed(l.instrument_points) as lost_instrument, printed(l.total_points) as lost_total,
       coalesce(a.measures, 0)::integer as measures, coalesce(a.completed, 0)::integer as completed,
       w.n::integer as all_measures, w.completed::integer as all_completed, w.unplaced::integer as unplaced,
       l.score::double as before, s.score::double as after, (s.score - l.score)::double as change, c.printed::double as points
from lost l cross join whole w
left join work a using (indicator)
left join score s on s.agency_id = $agency and s.fiscal_year = $year and s.indicator = l.indicator and s.chosen
left join change c on c.agency_id = $agency and c.to_year = $year and c.from_year = $year - 1 and c.part = l.indicator
where w.n > 0 and l.total_points is not null and l.n = (select count(*) from indicator where fiscal_year = $year - 1)
order by indicator::integer
