-- score_line, aimed, completion, change -> aim_line: what a year lost, beside the measures that the next one aimed at it.

insert into aim_line
  with lost as (
    select agency_id, fiscal_year + 1 as fiscal_year, indicator, instrument, name_th, name_en, score, weight::decimal(9, 6) * (100 - score) as points
    from score_line where whole),
  of_instrument as (select agency_id, fiscal_year, instrument, sum(points) as points from lost group by all),
  of_all as (select agency_id, fiscal_year, sum(points) as points from of_instrument group by all),
  unplaced as (select agency_id, fiscal_year, sum(measures) as measures from aimed where indicator is null group by all),
  reported as (
    select agency_id, fiscal_year, sum(completed_stated + completed_inferred + in_progress + not_started + not_possible + unknown) as n,
      sum(completed_stated + completed_inferred) as completed
    from completion group by all having n > 0)
  select l.agency_id, l.fiscal_year, l.indicator, l.instrument, l.name_th, l.name_en, round(l.points::decimal(18, 6), 2)::double, round(p.points::decimal(18, 6), 2)::double, round(w.points::decimal(18, 6), 2)::double,
    coalesce(a.measures, 0), coalesce(a.completed, 0), r.n, r.completed, coalesce(u.measures, 0), l.score, s.score, c.printed
  from lost l
  join of_all w on w.agency_id = l.agency_id and w.fiscal_year = l.fiscal_year and w.points is not null
  join reported r on r.agency_id = l.agency_id and r.fiscal_year = l.fiscal_year
  join of_instrument p on p.agency_id = l.agency_id and p.fiscal_year = l.fiscal_year and p.instrument = l.instrument
  left join aimed a on a.agency_id = l.agency_id and a.fiscal_year = l.fiscal_year and a.indicator = l.indicator
  left join unplaced u on u.agency_id = l.agency_id and u.fiscal_year = l.fiscal_year
  left join score s on s.agency_id = l.agency_id and s.fiscal_year = l.fiscal_year and s.indicator = l.indicator and s.chosen
  left join change c on c.agency_id = l.agency_id and c.to_year = l.fiscal_year and c.from_year = l.fiscal_year - 1 and c.part = l.indicator
  order by l.agency_id, l.fiscal_year;
