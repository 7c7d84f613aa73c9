-- measure -> measure_pair for equal texts of two tables; open_measure: what is left for etl/pairing.py.

-- A plan and a result table that count, in different documents, or in one whose reading paired nothing.
create temp table table_pair as
  with side as (
    select distinct agency_id, fiscal_year, family, section, source_id
    from (select distinct source_id, section from measure where latest) join source using (source_id)
    where agency_id is not null and fiscal_year is not null)
  select p.source_id as plan_source, r.source_id as result_source, row_number() over (order by p.source_id, r.source_id) as tables
  from side p join side r on p.agency_id = r.agency_id and p.fiscal_year = r.fiscal_year and p.family is not distinct from r.family
  where p.section = 'plan' and r.section = 'result'
    and p.source_id not in (select distinct m.source_id from measure m semi join measure_pair on plan_id = m.measure_id);

create temp table to_pair as
  with side as (
    select plan_source as source_id, 'plan' as section, tables from table_pair
    union all select result_source, 'result', tables from table_pair)
  select tables, section, position, measure_id, coalesce(group_number, group_name) as heading, title, steps,
    nullif(lower(regexp_replace(title, '[\s.,:;()\[\]/"-]+', '', 'g')), '') as text
  from measure join side using (source_id, section);

-- Equal texts pair in their group first, then anywhere; repeated ones in their order.
create temp table equal_pair as
  with numbered as (
    select *, row_number() over (partition by tables, section, text, heading order by position) as nth from to_pair where text is not null)
  select p.measure_id as plan_id, r.measure_id as result_id
  from numbered p join numbered r using (tables, text, nth)
  where p.section = 'plan' and r.section = 'result' and p.heading is not distinct from r.heading;
insert into equal_pair
  with numbered as (
    select *, row_number() over (partition by tables, section, text order by position) as nth
    from to_pair where text is not null and measure_id not in (select plan_id from equal_pair union all select result_id from equal_pair))
  select p.measure_id, r.measure_id
  from numbered p join numbered r using (tables, text, nth) where p.section = 'plan' and r.section = 'result';

-- Tables that may count in different grain are paired as a whole by etl/pairing.py.
create temp table whole as
  select tables from (
    select tables, count(*) filter (section = 'plan') as plans, count(*) filter (section = 'result') as results, count(plan_id) as equal_texts
    from to_pair left join equal_pair on plan_id = measure_id group by tables)
  where greatest(plans, results) >= 1.5 * least(plans, results) and equal_texts < 0.5 * least(plans, results);
delete from equal_pair where plan_id in (select measure_id from to_pair where tables in (from whole));

insert into measure_pair select plan_id, result_id, 1, 'text' from equal_pair order by plan_id;

create temp table open_measure as
  select * from to_pair
  where tables in (from whole)
    or measure_id not in (select plan_id from equal_pair union all select result_id from equal_pair);
