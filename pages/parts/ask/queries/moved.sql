-- Did scores move where measures were completed? For each indicator the mean change of its score in agencies that completed measures
-- aimed at it, against agencies that reported but completed none, with a 95 % interval of the difference (Welch 1947; degrees of freedom
-- by Satterthwaite 1946; the quantile of t by its expansion in the normal one, Abramowitz and Stegun 1964, 26.7.5).
-- parameter year: Buddhist year of the measures
-- parameter span: same (change on the year before) or next (change to the year after)
-- column fiscal_year: Buddhist year of the measures
-- column indicator: 1-10
-- column name_th: name of the indicator
-- column name_en: name of the indicator
-- column agencies_done: agencies that completed at least one measure aimed at the indicator
-- column change_done: their mean change in points of the indicator
-- column agencies_not: agencies that completed none
-- column change_not: their mean change
-- column tide: how the indicator changed in the nation in the mean over the same years; null: not known
-- column own_done: change_done less the tide
-- column own_not: change_not less the tide
-- column enough: true where both groups have 30 agencies or more
-- column difference: change_done - change_not; null where there are too few
-- column low: lower end of the interval
-- column high: upper end of the interval
with side as (
  select i.fiscal_year, i.indicator, i.name_th, i.name_en, i.position, coalesce(d.agencies, 0) as n1, d.mean as m1, d.variance as v1,
         coalesce(o.agencies, 0) as n0, o.mean as m0, o.variance as v0
  from indicator i
  left join moved d on d.fiscal_year = i.fiscal_year and d.indicator = i.indicator and d.span = $span and d.completed
  left join moved o on o.fiscal_year = i.fiscal_year and o.indicator = i.indicator and o.span = $span and not o.completed
  where i.fiscal_year = $year),
spread as (
  select *, n1 >= 30 and n0 >= 30 as enough, v1 / n1 as e1, v0 / n0 as e0 from side),
free as (
  select *, case when enough and e1 + e0 > 0 then (e1 + e0) ** 2 / (e1 ** 2 / (n1 - 1) + e0 ** 2 / (n0 - 1)) end as df, 1.959963985 as z
  from spread),
quantile as (
  select *, z + (z ** 3 + z) / (4 * df) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * df ** 2)
         + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * df ** 3) as t
  from free)
select fiscal_year, indicator, name_th, name_en, n1::integer as agencies_done, round(m1, 2) as change_done,
       n0::integer as agencies_not, round(m0, 2) as change_not,
       t.score::double as tide, round(round(m1, 2) - t.score::double, 2) as own_done, round(round(m0, 2) - t.score::double, 2) as own_not, enough, if(enough, round(m1 - m0, 2), null) as difference,
       if(enough, round(m1 - m0 - t * sqrt(e1 + e0), 2), null) as low, if(enough, round(m1 - m0 + t * sqrt(e1 + e0), 2), null) as high
from quantile q left join tide t on t.to_year = $year + if($span = 'next', 1, 0) and t.from_year = t.to_year - 1 and t.part = q.indicator
where n1 + n0 > 0
order by position
