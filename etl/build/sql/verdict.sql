-- assessment, standing, tide and rules -> verdict: what the overview says of an agency and year first.

insert into verdict by name
  with instruments as (
    -- Published in points of 30 or 40 an instrument loses a digit: the computed one is finer then.
    select agency_id, fiscal_year, max(score) filter (instrument = 'IIT') as iit, max(score) filter (instrument = 'EIT') as eit,
      max(score) filter (instrument = 'OIT') as oit
    from (select agency_id, fiscal_year, instrument, coalesce(if(published = round(published, 2), published, null), computed, published) as score
          from instrument_score)
    group by agency_id, fiscal_year),
  places as (
    select agency_id, fiscal_year, arg_min(row(source_id, place), row(indicator <> 'TOTAL', try_cast(indicator as integer))) as at_first,
      count(*) filter (not list_has_all(confirmed, unsure)) as unconfirmed
    from score where chosen group by agency_id, fiscal_year)
  select a.agency_id, a.fiscal_year, a.comparable, a.total_shown as total, a.total_basis, s.name_th as level_th, s.name_en as level_en, a.level_basis,
    coalesce(list_contains(r.unknown, 'levels'), false) as levels_unknown, if(levels_unknown, g.printed, null) as level_stated,
    n.name_th as next_th, n.name_en as next_en, n.min_total as next_total, n.min_instrument as next_instrument, i.iit, i.eit, i.oit,
    b.fiscal_year as before_year, b.total_shown as before_total, t.score as tide, a.total_shown - b.total_shown - t.score as own,
    t.basis as tide_basis, t.agencies as tide_agencies, m.value as national, coalesce(o.peers, 0) as peers, o.peers_basis,
    coalesce(o.place, 1) as peers_rank, o.median as peers_median, p.unconfirmed, p.at_first[1] as source_id, p.at_first[2] as place
  from assessment a
  left join level s on s.fiscal_year = a.fiscal_year and s.level = a.level_shown
  left join level n on n.fiscal_year = a.fiscal_year and n.rank = s.rank - 1
  left join instruments i on i.agency_id = a.agency_id and i.fiscal_year = a.fiscal_year
  left join rule_year r on r.fiscal_year = a.fiscal_year
  left join assessment b on b.agency_id = a.agency_id and b.fiscal_year = a.fiscal_year - 1 and b.total_shown is not null and b.comparable
    and a.comparable and r.comparable_with_previous
  left join tide t on t.part = 'TOTAL' and t.from_year = b.fiscal_year and t.to_year = a.fiscal_year
  left join benchmark m on m.fiscal_year = a.fiscal_year and m.metric = 'mean_total' and m.scope = 'all agencies' and a.comparable
  left join standing o on o.agency_id = a.agency_id and o.fiscal_year = a.fiscal_year
  left join places p on p.agency_id = a.agency_id and p.fiscal_year = a.fiscal_year
  left join (from stated_level where chosen) g on g.agency_id = a.agency_id and g.fiscal_year = a.fiscal_year
  where a.total_shown is not null
  order by a.agency_id, a.fiscal_year;
