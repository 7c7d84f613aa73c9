-- measure, measure_pair, score -> what the page of measures needs ready: a nation of a million measures is not counted anew at every look.

-- Results and plans that count, each status with how it is known.
create temp view counted_measure as
  select m.*, m.document_family as family,
    case when m.status = 'completed' and m.status_basis = 'inferred' then 'completed_inferred'
         when m.status = 'completed' then 'completed_stated' else m.status end as part
  from measure m where m.latest and m.fiscal_year is not null;
create temp macro parts(part, wanted) as (count(*) filter (part = wanted))::integer;
create temp macro added(part, n, wanted) as coalesce(sum(n) filter (part = wanted), 0)::integer;

insert into completion
  select agency_id, fiscal_year, family,
    parts(part, 'completed_stated'), parts(part, 'completed_inferred'), parts(part, 'in_progress'), parts(part, 'not_started'),
    parts(part, 'not_possible'), parts(part, 'unknown'),
    (count(*) filter (section = 'plan'))::integer,
    (count(plan_id))::integer,
    (count(distinct source_id) filter (section = 'result'))::integer,
    min(source_id) filter (section = 'result'), arg_min(place, row(source_id, position)) filter (section = 'result'),
    (count(*) filter (section = 'result' and not list_has_all(confirmed, unsure)))::integer
  from counted_measure left join (select distinct plan_id from measure_pair) on plan_id = measure_id and section = 'plan'
  group by agency_id, fiscal_year, family
  order by agency_id, fiscal_year;  -- a page asks for one agency: sorted, it reads one row group

insert into aimed
  select agency_id, fiscal_year, indicator, count(*)::integer, (count(*) filter (status = 'completed'))::integer
  from measure left join (select distinct measure_id, indicator from measure_indicator) using (measure_id)
  where section = 'result' and latest and agency_id is not null and fiscal_year is not null
  group by agency_id, fiscal_year, indicator
  order by agency_id, fiscal_year;

insert into national_completion
  with told as (
    select fiscal_year, family, group_kind, group_number, group_name, agency_id, part, count(*) as n
    from counted_measure where section = 'result' group by all)
  select 'group', fiscal_year, family, group_kind, group_number, arg_max(group_name, row(n, group_name)),
    added(part, n, 'completed_stated'), added(part, n, 'completed_inferred'), added(part, n, 'in_progress'), added(part, n, 'not_started'),
    added(part, n, 'not_possible'), added(part, n, 'unknown'), count(distinct agency_id)::integer
  from told group by fiscal_year, family, group_kind, group_number;
-- A measure of several units counts once in each. Equal lists of units are taken apart once.
insert into national_completion
  with listed as (
    select fiscal_year, family, responsible, agency_id, part, count(*) as n
    from counted_measure where section = 'result' group by all),
  told as (
    select * exclude responsible, unnest(if(len(coalesce(responsible, [])) = 0, [null], list_distinct(responsible))) as unit from listed)
  select 'unit', fiscal_year, family, 'none', unit, null,
    added(part, n, 'completed_stated'), added(part, n, 'completed_inferred'), added(part, n, 'in_progress'), added(part, n, 'not_started'),
    added(part, n, 'not_possible'), added(part, n, 'unknown'), count(distinct agency_id)::integer
  from told group by fiscal_year, family, unit
  qualify unit is null or row_number() over (partition by fiscal_year, family, unit is null order by sum(n) desc, unit) <= 50;

-- Agencies that reported in a year: those that completed a measure aimed at an indicator, and those that did not; how its score moved
-- in that year and in the next. Only between years that may be compared. Sums are of whole ten-thousandths: sums of doubles would differ
-- from build to build.
insert into moved
  with reporter as (select distinct agency_id, fiscal_year from completion where documents > 0 and agency_id is not null),
  done as (select agency_id, fiscal_year, indicator from aimed where completed > 0 and indicator is not null),
  scored as (
    select s.agency_id, s.fiscal_year, s.indicator, s.score, r.segment
    from score s join rule_year r using (fiscal_year) join indicator i using (fiscal_year, indicator)
    where s.chosen and s.comparable and r.segment is not null),
  step as (
    select b.agency_id, b.fiscal_year as to_year, b.indicator, ((b.score - a.score) * 10000)::bigint as change
    from scored a join scored b on a.agency_id = b.agency_id and a.indicator = b.indicator and a.fiscal_year + 1 = b.fiscal_year
      and a.segment = b.segment)
  select r.fiscal_year, span, s.indicator, d.agency_id is not null, count(*)::integer,
    sum(s.change) / (count(*) * 10000.0), (sum(s.change * s.change) - sum(s.change) ** 2 / count(*)) / nullif((count(*) - 1) * 1e8, 0)
  from reporter r cross join (values ('same', 0), ('next', 1)) v(span, later)
  join step s on s.agency_id = r.agency_id and s.to_year = r.fiscal_year + later
  left join done d on d.agency_id = r.agency_id and d.fiscal_year = r.fiscal_year and d.indicator = s.indicator
  group by all;

-- Titles that stand letter by letter (spaces aside) in several agencies or years.
insert into repeated_title
  select replace(title, ' ', ''), min(title), count(*)::integer, count(distinct agency_id)::integer, count(distinct fiscal_year)::integer,
    min(fiscal_year), max(fiscal_year)
  from counted_measure where length(title) >= 12 and agency_id is not null
  group by replace(title, ' ', '')
  having count(distinct agency_id) > 1 or count(distinct fiscal_year) > 1;

-- Reports of five measures or more where every row has the same period and the same units.
insert into uniform_report
  select source_id, section, agency_id, fiscal_year, count(*)::integer, min(period_text), min(responsible), arg_min(place, position)
  from counted_measure group by source_id, section, agency_id, fiscal_year
  having count(*) >= 5 and count(period_text) = count(*) and count(responsible) = count(*)
    and min(replace(period_text, ' ', '')) = max(replace(period_text, ' ', '')) and min(responsible) = max(responsible);

insert into measure_text
  select text_id, min(searched(title, group_name, array_to_string(refs, ' | '), array_to_string(responsible, ' | '), steps, result, outcome, suggestion))
  from measure group by text_id;
