-- Which agencies of a group rose and fell most from the year before; only those with both totals, in comparable years.
-- parameter agencies: list of agency_id
-- parameter year: Buddhist year, the later of the two
-- column agency_id: permanent
-- column name: full name
-- column before: total of the year before
-- column after: total of this year
-- column change: points
-- column place_up: 1 the largest rise
-- column place_down: 1 the largest fall
-- column all_agencies: how many agencies have both totals, the same in every row
-- column risen: how many of them rose
-- column fallen: how many of them fell
with moved as (
  select a.agency_id, n.total_shown::double as after, b.total_shown::double as before, (n.total_shown - b.total_shown)::double as change
  from assessment n join assessment b on b.agency_id = n.agency_id and b.fiscal_year = n.fiscal_year - 1
  join agency a on a.agency_id = n.agency_id join rule_year r on r.fiscal_year = n.fiscal_year
  where n.fiscal_year = $year and r.comparable_with_previous and n.comparable and b.comparable and n.total_shown is not null and b.total_shown is not null
    and list_contains($agencies, n.agency_id)),
ranked as (
  select *, row_number() over (order by change desc, agency_id)::integer as place_up, row_number() over (order by change, agency_id)::integer as place_down,
         count(*) over ()::integer as all_agencies, (count(*) filter (change > 0) over ())::integer as risen,
         (count(*) filter (change < 0) over ())::integer as fallen
  from moved)
select r.agency_id, a.name, before, after, change, place_up, place_down, all_agencies, risen, fallen
from ranked r join agency a using (agency_id)
where (place_up <= 5 and change > 0) or (place_down <= 5 and change < 0) or all_agencies <= 10
order by change desc, r.agency_id
