-- measure, measure_pair, score -> what the page of measures needs ready: a nation of a million measures is not counted anew at every look.

-- Results and plans that count, each status with how it is known.
create temp table counted_measure as
  select m.*, s.family,
    case when m.status = 'completed' and m.status_basis = 'inferred' then 'completed_inferred'
         when m.status = 'completed' then 'completed_stated' else m.status end as part
  from measure m join source s using (source_id) where m.latest and m.fiscal_year is not null;
create temp macro parts(part, wanted) as (count(*) filter (part = wanted))::integer;

insert into completion
  select agency_id, fiscal_year, family,
    parts(part, 'completed_stated'), parts(part, 'completed_inferred'), parts(part, 'in_progress'), parts(part, 'not_started'),
    parts(part, 'not_possible'), parts(part, 'unknown'),
    (count(*) filter (section = 'plan'))::integer,
    (count(*) filter (section = 'plan' and measure_id in (select plan_id from measure_pair)))::integer,
    (count(distinct source_id) filter (section = 'result'))::integer,
    min(source_id) filter (section = 'result'), arg_min(place, position) filter (section = 'result')
  from counted_measure group by agency_id, fiscal_year, family;

insert into national_completion
  with result as (select * from counted_measure where section = 'result'),
  told as (
    select 'group' as breakdown, group_kind as kind, group_number as part_name, group_name as words, * from result
    union all
    -- A measure of several units counts once in each.
    select 'unit', 'none', unnest(if(len(coalesce(responsible, [])) = 0, [null], list_distinct(responsible))), null, * from result)
  select breakdown, fiscal_year, family, kind, part_name, mode(words),
    parts(part, 'completed_stated'), parts(part, 'completed_inferred'), parts(part, 'in_progress'), parts(part, 'not_started'),
    parts(part, 'not_possible'), parts(part, 'unknown'), count(distinct agency_id)::integer
  from told group by breakdown, fiscal_year, family, kind, part_name
  qualify breakdown = 'group' or part_name is null or row_number() over (partition by breakdown, fiscal_year, family order by count(*) desc, part_name) <= 50;

-- Agencies that reported in a year: those that completed a measure aimed at an indicator, and those that did not; how its score moved
-- in that year and in the next. Only between years that may be compared.
insert into moved
  with reporter as (select distinct agency_id, fiscal_year from counted_measure where section = 'result' and agency_id is not null),
  done as (
    select distinct m.agency_id, m.fiscal_year, i.indicator
    from counted_measure m join measure_indicator i using (measure_id) where m.section = 'result' and m.status = 'completed'),
  scored as (
    select s.agency_id, s.fiscal_year, s.indicator, s.score, r.segment
    from score s join rule_year r using (fiscal_year) join indicator i using (fiscal_year, indicator)
    where s.chosen and s.comparable and r.segment is not null),
  step as (
    select b.agency_id, b.fiscal_year as to_year, b.indicator, (b.score - a.score)::double as change
    from scored a join scored b on a.agency_id = b.agency_id and a.indicator = b.indicator and a.fiscal_year + 1 = b.fiscal_year
      and a.segment = b.segment)
  select r.fiscal_year, span, s.indicator, d.agency_id is not null, count(*)::integer, avg(s.change), var_samp(s.change)
  from reporter r cross join (values ('same', 0), ('next', 1)) v(span, later)
  join step s on s.agency_id = r.agency_id and s.to_year = r.fiscal_year + later
  left join done d on d.agency_id = r.agency_id and d.fiscal_year = r.fiscal_year and d.indicator = s.indicator
  group by all;

-- Titles that stand letter by letter (spaces aside) in several agencies or years.
insert into repeated_title
  select replace(title, ' ', ''), any_value(title), count(*)::integer, count(distinct agency_id)::integer, count(distinct fiscal_year)::integer,
    min(fiscal_year), max(fiscal_year)
  from counted_measure where length(title) >= 12 and agency_id is not null
  group by replace(title, ' ', '')
  having count(distinct agency_id) > 1 or count(distinct fiscal_year) > 1;

-- Reports of five measures or more where every row has the same period and the same units.
insert into uniform_report
  select source_id, section, agency_id, fiscal_year, count(*)::integer, any_value(period_text), any_value(responsible), arg_min(place, position)
  from counted_measure group by source_id, section, agency_id, fiscal_year
  having count(*) >= 5 and count(period_text) = count(*) and count(responsible) = count(*)
    and count(distinct replace(period_text, ' ', '')) = 1 and count(distinct responsible) = 1;
