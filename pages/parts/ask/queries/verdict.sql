-- Where one agency stands in one year: total, level by that year's rule and what holds the next one back, the year before, the nation
-- and the peers. One row; none where the year has no total.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- column fiscal_year: Buddhist year
-- column comparable: false where the year used another scale, without levels
-- column total: total shown, 0-100
-- column total_basis: published or computed
-- column level_th: name of its level; null where it cannot be decided
-- column level_en: name of its level
-- column level_basis: published or computed
-- column levels_unknown: true where no source confirms the levels of the year
-- column level_stated: level as printed where the year's levels are not known; null: none is loaded
-- column next_th: name of the next better level; null at the best and where there is none
-- column next_en: name of the next better level
-- column next_total: total that the next level needs; null: no floor
-- column next_instrument: what it needs of every instrument; null: no condition
-- column iit: instrument score, as published or else computed
-- column eit: instrument score, as published or else computed
-- column oit: instrument score, as published or else computed
-- column before_year: the year before, where it is comparable and has a total
-- column before_total: its total
-- column tide: how the nation changed in the mean on the year before, in printed points; null: not known, nothing is split off
-- column own: the change less the tide; both add up to the printed change
-- column tide_basis: panel (agencies loaded with both years), published; few: not split
-- column tide_agencies: how many loaded agencies have both years
-- column national: mean total of all agencies in the country, as published
-- column peers: number of peers with a total in that year
-- column peers_basis: province, region or nearest: how they were found
-- column peers_rank: place among the peers and itself, 1 the best; equal totals share a place
-- column peers_median: median total of the peers
-- column unconfirmed: its scores of the year that were not read surely from a scan and that nobody has confirmed
-- column source_id: source of the total, or of its first indicator where it is computed
-- column place: where it stands there
with one as (select * from assessment where agency_id = $agency and fiscal_year = $year and total_shown is not null),
reached as (select l.* from level l, one where l.fiscal_year = $year and l.level = one.level_shown),
next as (select l.* from level l, reached s where l.fiscal_year = $year and l.rank = s.rank - 1),
-- Published in points of 30 or 40 an instrument loses a digit: the computed one is finer then.
instruments as (
  select max(score) filter (instrument = 'IIT') as iit, max(score) filter (instrument = 'EIT') as eit,
         max(score) filter (instrument = 'OIT') as oit
  from (select instrument, coalesce(if(published = round(published, 2), published, null), computed, published)::double as score
        from instrument_score where agency_id = $agency and fiscal_year = $year)),
places as (
  select arg_min(source_id, indicator <> 'TOTAL') as source_id, arg_min(place, indicator <> 'TOTAL') as place,
         (count(*) filter (not list_has_all(confirmed, unsure)))::integer as unconfirmed
  from score where agency_id = $agency and chosen and fiscal_year = $year)
select one.fiscal_year, one.comparable, one.total_shown::double as total, one.total_basis, s.name_th as level_th, s.name_en as level_en,
       one.level_basis, coalesce(list_contains(r.unknown, 'levels'), false) as levels_unknown,
       if(list_contains(r.unknown, 'levels'), g.printed, null) as level_stated, n.name_th as next_th, n.name_en as next_en, n.min_total::double as next_total,
       n.min_instrument::double as next_instrument, p.iit, p.eit, p.oit,
       b.fiscal_year as before_year, b.total_shown::double as before_total,
       t.score::double as tide, (one.total_shown - b.total_shown - t.score)::double as own, t.basis as tide_basis, t.agencies::integer as tide_agencies, m.value as national,
       coalesce(o.peers, 0)::integer as peers, o.peers_basis, coalesce(o.place, 1)::integer as peers_rank, o.median::double as peers_median,
       w.unconfirmed, w.source_id, w.place
from one
left join reached s on true
left join next n on true
left join instruments p on true
left join rule_year r on r.fiscal_year = one.fiscal_year
left join assessment b on b.agency_id = $agency and b.fiscal_year = one.fiscal_year - 1 and b.total_shown is not null and b.comparable
  and one.comparable and r.comparable_with_previous
left join tide t on t.part = 'TOTAL' and t.from_year = b.fiscal_year and t.to_year = one.fiscal_year
left join benchmark m on m.fiscal_year = one.fiscal_year and m.metric = 'mean_total' and m.scope = 'all agencies' and one.comparable
left join standing o on o.agency_id = $agency and o.fiscal_year = one.fiscal_year
left join places w on true
left join stated_level g on g.agency_id = one.agency_id and g.fiscal_year = one.fiscal_year and g.chosen
