-- In a group of agencies and one year: in how many of them each indicator is the weakest. Equal lowest scores count for each of them.
-- In the order of the shares drawn towards those of all agencies, the more the fewer the group has (pseudo-Bayes: Fienberg and Holland 1973),
-- so that chance does not head the list of a small group. Groups under five agencies are left out.
-- parameter agency: agency_id, whose group it is and which counts in it; null: none
-- parameter year: Buddhist year
-- parameter scope: peers, province or nation; null: the agencies of the list
-- parameter agencies: list of agency_id
-- column fiscal_year: Buddhist year
-- column indicator: 1-10
-- column name_th: name of the indicator
-- column name_en: name of the indicator
-- column weakest: agencies in which it is the weakest
-- column agencies: agencies of the group with every indicator
-- column drawn: percent of the weakest places that are the indicator's, drawn
-- column mine: true where it is the weakest of this agency
with members as (
  select agency_id from peers($agency, $year) where $scope = 'peers'
  union all select agency_id from agency where $scope = 'nation' or $scope = 'province' and province = (
    select province from agency where agency_id = $agency)
  union all select unnest($agencies::varchar[]) where $scope is null
  union select $agency),
scores as materialized (
  select s.agency_id, s.indicator, s.score
  from score s semi join (from indicator where fiscal_year = $year) i using (indicator) where s.fiscal_year = $year and s.chosen),
lowest as materialized (
  select agency_id, min(score) as score, agency_id in (select agency_id from members) as inside from scores group by agency_id
  having count(*) = (select count(*) from indicator where fiscal_year = $year)),
weak as (
  select s.indicator, count(*) as everywhere, count(*) filter (l.inside) as inside, bool_or(s.agency_id = $agency) as mine
  from scores s join lowest l using (agency_id, score) group by s.indicator),
counted as (
  select i.indicator, coalesce(w.inside, 0) as weakest, (select count(*) from lowest where inside) as agencies,
         coalesce(w.everywhere, 0) / (sum(w.everywhere) over ()) as usual, sum(w.inside) over () as places, coalesce(w.mine, false) as mine
  from indicator i left join weak w using (indicator) where i.fiscal_year = $year),
drawn as (
  select *, (places ** 2 - sum(weakest ** 2) over ()) / nullif(sum((weakest - places * usual) ** 2) over (), 0) as weight from counted where agencies >= 5)
select i.fiscal_year, i.indicator, i.name_th, i.name_en, c.weakest::integer as weakest, c.agencies::integer as agencies,
       round(100 * coalesce((c.weakest + c.weight * c.usual) / (c.places + c.weight), c.usual), 2) as drawn, c.mine
from drawn c join indicator i on i.indicator = c.indicator and i.fiscal_year = $year
order by round(coalesce((c.weakest + c.weight * c.usual) / (c.places + c.weight), c.usual), 9) desc, i.position
