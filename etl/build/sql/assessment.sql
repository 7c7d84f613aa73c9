-- score and rules -> instrument_score, assessment, change, findings. All sums are of whole numbers; each figure is rounded once.
-- For a whole nation what etl/known/rules.py states for one agency (Rules.means, total, level_at): a test holds both to each other.
-- Of a year whose weights are unknown nothing is computed.

create temp table indicator_score as
  select s.agency_id, s.fiscal_year, s.indicator, i.instrument, i.position, i.weight_units, i.weight_base, units(s.score) as units, s.score
  from score s join indicator i using (fiscal_year, indicator) where s.chosen and i.weight_units is not null;

create temp table year_size as
  select fiscal_year, count(*) as indicators, any_value(weight_base) as weight_base from indicator group by all;
create temp table instrument_size as
  select fiscal_year, instrument, count(*) as indicators from indicator group by all;

insert into instrument_score
  with computed as (
    select agency_id, fiscal_year, instrument, from_hundredths(hundredths(sum(units), 10000 * count(*))) as computed
    from indicator_score join instrument_size z using (fiscal_year, instrument)
    group by agency_id, fiscal_year, instrument, z.indicators having count(*) = z.indicators),
  published as (
    select agency_id, fiscal_year, indicator as instrument, score from score s semi join instrument i
      on i.fiscal_year = s.fiscal_year and i.instrument = s.indicator where chosen)
  select agency_id, fiscal_year, instrument, c.computed, p.score
  from computed c full join published p using (agency_id, fiscal_year, instrument)
  order by agency_id;

create temp table computed_total as
  select agency_id, fiscal_year, sum(units * weight_units)::bigint as total_units, 10000 * any_value(z.weight_base) as base,
    hundredths(total_units, base) as total_hundredths
  from indicator_score join year_size z using (fiscal_year)
  group by agency_id, fiscal_year, z.indicators having count(*) = z.indicators;

create temp table printed_total as
  select agency_id, fiscal_year, from_hundredths(hundredths(units(score), 10000)) as published_total from score where chosen and indicator = 'TOTAL';

create temp table subject as
  select distinct agency_id, fiscal_year from score union select distinct agency_id, fiscal_year from stated_level;

create temp table shown_total as
  select agency_id, fiscal_year, from_hundredths(total_hundredths)::decimal(5, 2) as total, published_total::decimal(5, 2) as published_total,
    coalesce(published_total, total)::decimal(5, 2) as total_shown
  from subject left join computed_total using (agency_id, fiscal_year) left join printed_total using (agency_id, fiscal_year);

-- The level by rule, where the total and the instruments that are known decide it. An instrument that is not known is at least what the
-- total needs when the others that are not known stand at 100, and their weighted mean is known: a level that holds in the worst case and
-- is the best possible one is decided. 0.01 allows for printed values being rounded.
create temp table ruled_level as
  with instruments as (
    select t.agency_id, t.fiscal_year, t.total_shown, i.weight::double as weight,
      -- Points of 30 or 40 lose a digit: the computed value is the finer one then.
      case when s.published is null or s.published <> round(s.published, 2) then coalesce(s.computed, s.published) else s.published end as value,
      sum(if(value is null, weight, 0)) over w as open_weight, sum(coalesce(value, 0)::double * weight) over w as known_points
    from shown_total t join instrument i using (fiscal_year)
    left join instrument_score s using (agency_id, fiscal_year, instrument)
    where t.total_shown is not null
    window w as (partition by t.agency_id, t.fiscal_year)),
  tried as (
    select agency_id, fiscal_year, l.rank,
      bool_and(coalesce(value >= l.min_instrument, total_shown - 0.01 - known_points - 100 * (open_weight - weight) >= weight * l.min_instrument, true)) as holds,
      bool_and(coalesce(value >= l.min_instrument, total_shown + 0.01 - known_points >= open_weight * (l.min_instrument - 0.005), true)) as is_possible
    from instruments join level l using (fiscal_year)
    where l.min_total is null or total_shown >= l.min_total
    group by all)
  select agency_id, fiscal_year, rank, best, if(rank = best, level, null) as level, level as at_least
  from (select agency_id, fiscal_year, min(rank) filter (holds) as rank, min(rank) filter (is_possible) as best from tried group by all)
  join level using (fiscal_year, rank);

insert into assessment
  with instruments as (
    select agency_id, fiscal_year, max(computed) filter (instrument = 'IIT') as iit, max(computed) filter (instrument = 'EIT') as eit,
      max(computed) filter (instrument = 'OIT') as oit
    from instrument_score group by all)
  select agency_id, fiscal_year, iit, eit, oit, total, r.level, published_total, p.level, total is not null, total_shown,
    case when published_total is not null then 'published' when total is not null then 'computed' end,
    coalesce(p.level, r.level), case when p.level is not null then 'published' when r.level is not null then 'computed' end,
    coalesce(y.scored, false)
  from shown_total
  left join instruments using (agency_id, fiscal_year)
  left join ruled_level r using (agency_id, fiscal_year)
  left join (select agency_id, fiscal_year, level from stated_level where chosen) p using (agency_id, fiscal_year)
  left join rule_year y using (fiscal_year)
  order by agency_id, fiscal_year;

-- Computed and published: compared in the units of print. What its reading has compared already (etl/scores/checks.py) is said once.
create temp view compared as
  select distinct source_id, place from worded_finding where rule in ('score_instrument_differs', 'score_total_differs', 'score_level_differs');
insert into finding_draft
  select s.source_id, s.place, 'computed_differs', s.printed, (c.computed * s.max * 0.01)::decimal(9, 2)::varchar,
    map {'year': s.fiscal_year::varchar, 'indicator': s.indicator, 'difference': (abs(c.computed - s.score) * s.max * 0.01)::decimal(9, 2)::varchar}
  from score s join (
      select agency_id, fiscal_year, instrument as indicator, computed from instrument_score
      union all select agency_id, fiscal_year, 'TOTAL', total from assessment) c using (agency_id, fiscal_year, indicator)
  anti join compared d on d.source_id = s.source_id and d.place = s.place
  where s.chosen and c.computed is not null and abs(c.computed - s.score) * s.max > 0.01 * 100
  union all
  select s.source_id, s.place, 'level_differs', s.printed, r.at_least, map {'year': s.fiscal_year::varchar, 'total': t.total_shown::varchar}
  from stated_level s join level l using (fiscal_year, level)
  join ruled_level r using (agency_id, fiscal_year) join shown_total t using (agency_id, fiscal_year)
  anti join compared d on d.source_id = s.source_id and d.place = s.place
  where s.chosen and l.rank not between r.best and r.rank;

-- Why the total moved. Of two years with weights w0, w1 and scores s0, s1 an indicator contributes w0 (s1 - s0); changed weights
-- contribute the sum of (w1 - w0) s1. An indicator that only one of the years has keeps its score and changes its weight to or from 0.
create temp table year_pair as
  select agency_id, lag(fiscal_year) over w as from_year, fiscal_year as to_year,
    total_hundredths - lag(total_hundredths) over w as printed_change, base
  from computed_total join rule_year using (fiscal_year)
  window w as (partition by agency_id, segment order by fiscal_year);

create temp table part as
  with indicators as (
    select p.agency_id, p.from_year, p.to_year, coalesce(a.indicator, b.indicator) as part, coalesce(b.position, a.position) as position,
      a.score as from_score, b.score as to_score, coalesce(a.weight_units, 0) as w0, coalesce(b.weight_units, 0) as w1,
      coalesce(a.units, b.units) as s0, coalesce(b.units, a.units) as s1
    from year_pair p
    join (select distinct fiscal_year as from_year, indicator from indicator) j using (from_year)
    left join indicator_score a on a.agency_id = p.agency_id and a.fiscal_year = p.from_year and a.indicator = j.indicator
    left join indicator_score b on b.agency_id = p.agency_id and b.fiscal_year = p.to_year and b.indicator = j.indicator
    where p.from_year is not null
    union all
    select p.agency_id, p.from_year, p.to_year, b.indicator, b.position, null, b.score, 0, b.weight_units, b.units, b.units
    from year_pair p join indicator_score b on b.agency_id = p.agency_id and b.fiscal_year = p.to_year
    anti join indicator i on i.fiscal_year = p.from_year and i.indicator = b.indicator
    where p.from_year is not null)
  select agency_id, from_year, to_year, part, position, from_score, to_score, w0 * (s1 - s0) as contribution from indicators where w0 > 0
  union all
  select agency_id, from_year, to_year, 'WEIGHTS', 1000, null, null, sum((w1 - w0) * s1)::bigint
  from indicators group by agency_id, from_year, to_year having bool_or(w1 <> w0);

insert into change
  with hundredth as (
    select *, any_value(base) over () // 100 as unit from part join (select any_value(base) as base from computed_total) on true),
  floored as (
    select h.*, p.printed_change,
      -- Whole division rounds towards zero; a floor is wanted.
      contribution // unit - if(contribution % unit < 0, 1, 0) as whole,
      contribution - (contribution // unit - if(contribution % unit < 0, 1, 0)) * unit as remainder
    from hundredth h join year_pair p using (agency_id, from_year, to_year))
  select agency_id, from_year, to_year, part, from_score, to_score, contribution, base, (contribution::decimal(28, 0) / base)::decimal(18, 10),
    from_hundredths(whole + if(row_number() over largest <= printed_change - sum(whole) over pair, 1, 0))
  from floored
  window pair as (partition by agency_id, from_year, to_year),
    largest as (partition by agency_id, from_year, to_year order by remainder desc, position)
  order by agency_id, to_year;
