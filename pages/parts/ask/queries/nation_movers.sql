-- Who rose and who fell most from the year before, ten each way; only agencies with both totals, only where the rules let the two years be
-- compared. Equal changes at the tenth place are all there.
-- parameter year: the later Buddhist year
-- parameter agencies: list of agency_id; null: all that are loaded
-- column agency_id: permanent
-- column agency_name: full name
-- column province: as in the registry
-- column fiscal_year: the later year
-- column before: total of the year before
-- column after: total of the year
-- column change: points
-- column tide: how the nation changed in the mean, printed; null: not known, nothing is split off
-- column own: the change less the tide
-- column drawn: the own change drawn to none by what changes commonly are by chance (James and Stein 1961); null where that is not known
-- column tide_basis: panel (agencies loaded with both years), published; few: not split
-- column tide_agencies: how many agencies it rests on; null: as published
-- column all_agencies: with both totals
-- column risen: how many of them rose
-- column fallen: how many of them fell
-- column typical: the median size of a change, up or down
with moved as (
  select n.agency_id, b.total_shown as before, n.total_shown as after, n.total_shown - b.total_shown as change
  from assessment n join assessment b on b.agency_id = n.agency_id and b.fiscal_year = n.fiscal_year - 1
  join rule_year r on r.fiscal_year = n.fiscal_year
  where n.fiscal_year = $year and r.comparable_with_previous and n.comparable and b.comparable
    and n.total_shown is not null and b.total_shown is not null and ($agencies is null or list_contains($agencies, n.agency_id))),
ranked as (
  select *, rank() over (order by change desc) as up, rank() over (order by change) as down, count(*) over () as n,
         if(count(*) over () >= 30, 1, null) - (count(*) over () - 3) * 2 * (select noise from tide where part = 'TOTAL' and from_year = $year - 1 and to_year = $year) ** 2
           / nullif(regr_sxx(change, change) over (), 0) as left_of_it,
         count(*) filter (change > 0) over () as risen, count(*) filter (change < 0) over () as fallen
  from moved)
select r.agency_id, a.name as agency_name, a.province, $year::smallint as fiscal_year, r.before::double as before, r.after::double as after,
       r.change::double as change,
       t.tide::double as tide, (r.change - t.tide)::double as own, round((r.change - t.tide)::double * greatest(0, r.left_of_it), 2) as drawn, t.basis as tide_basis, t.agencies::integer as tide_agencies, r.n::integer as all_agencies, r.risen::integer as risen, r.fallen::integer as fallen,
       (select middle(abs(change), 0.5) from moved) as typical
from ranked r join agency a using (agency_id) left join tide_of_totals(null) t on t.to_year = $year
where r.up <= 10 and r.change > 0 or r.down <= 10 and r.change < 0
order by r.change desc, a.name collate th, r.agency_id
