-- How one agency's total and instruments went from its first to its last year, beside the nation and its peers of each year.
-- Years between without data are rows of nulls, so that a line breaks there. Years of another scale stay out.
-- parameter agency: agency_id
-- parameter until: last Buddhist year to show; null: all
-- parameter others: list of agency_id whose mean change is the tide; null: the nation
-- column fiscal_year: Buddhist year
-- column total: total shown, 0-100
-- column total_basis: published or computed
-- column level: name of the level in that year, as printed
-- column iit: instrument score, 0-100
-- column eit: instrument score, 0-100
-- column oit: instrument score, 0-100
-- column national: mean total of all agencies in the country, as published
-- column peers: number of peers with a total in that year; they are those of the last year
-- column peers_median: their median total
-- column peers_low: lower end of their middle half
-- column peers_high: upper end of their middle half
-- column comparable: false where the year is not comparable with the year before
-- column new_levels: true where the scale of levels is known to differ from the year before
-- column mark: total from which an agency has passed by that year's rules; null: they say none
-- column floors: levels of the year, best first: structs of name_th, name_en, min_total
-- column tide: how the others changed in the mean on the year before, in printed points; null: not known, nothing is split off
-- column own: the change less the tide; both add up to the printed change
-- column tide_basis: peers, panel (agencies loaded with both years), published; few or few_peers: too few, not split
-- column tide_agencies: how many agencies it rests on; null: as published
-- column source_id: source of the total, or of its first indicator where it is computed
-- column place: where it stands there
with mine as (select * from assessment where agency_id = $agency and comparable and ($until is null or fiscal_year <= $until)),
span as (select min(fiscal_year) as first, max(fiscal_year) as last from mine where total_shown is not null),
years as (select unnest(range(first, last + 1))::smallint as fiscal_year from span where first is not null),
others as (
  select s.fiscal_year, count(*) as n, middle(s.total_shown, 0.5) as mid, middle(s.total_shown, 0.25) as low, middle(s.total_shown, 0.75) as high
  from assessment s, span
  where s.agency_id in (select agency_id from peers($agency, (select last from span))) and s.comparable and s.total_shown is not null
    and s.fiscal_year between first and last
  group by s.fiscal_year),
scales as (
  select fiscal_year, list({name_th: name_th, name_en: name_en, min_total: min_total::double} order by rank) as floors
  from level group by fiscal_year),
places as (
  select fiscal_year, arg_min(row(source_id, place), row(indicator <> 'TOTAL', try_cast(indicator as integer))) as at_first
  from score where agency_id = $agency and chosen group by fiscal_year)
select y.fiscal_year, a.total_shown::double as total, a.total_basis, a.level_shown as level,
       a.iit::double as iit, a.eit::double as eit, a.oit::double as oit, b.value as national,
       coalesce(o.n, 0)::integer as peers, o.mid as peers_median, o.low as peers_low, o.high as peers_high,
       coalesce(r.comparable_with_previous, true) as comparable,
       coalesce(r.level_scale <> p.level_scale, false) as new_levels,
       k.total as mark, f.floors,
       t.tide::double as tide, (a.total_shown - e.total_shown - t.tide)::double as own, t.basis as tide_basis, t.agencies::integer as tide_agencies,
       w.at_first[1] as source_id, w.at_first[2] as place
from years y
left join mine a on a.fiscal_year = y.fiscal_year
left join mine e on e.fiscal_year = y.fiscal_year - 1
left join tide_of_totals($others) t on t.to_year = y.fiscal_year and a.total_shown is not null and e.total_shown is not null
left join benchmark b on b.fiscal_year = y.fiscal_year and b.metric = 'mean_total' and b.scope = 'all agencies'
left join others o on o.fiscal_year = y.fiscal_year
left join rule_year r on r.fiscal_year = y.fiscal_year
left join rule_year p on p.fiscal_year = y.fiscal_year - 1
left join pass_marks() k on k.fiscal_year = y.fiscal_year
left join scales f on f.fiscal_year = y.fiscal_year
left join places w on w.fiscal_year = y.fiscal_year
order by y.fiscal_year
