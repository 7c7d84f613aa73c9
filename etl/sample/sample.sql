-- A made-up nation: tables agency, report_year and their scores and measures. Every draw is a hash of the seed and of what it is for,
-- so the same seed gives the same nation whatever the number of threads. Tables given: place (province, region, code, districts),
-- syllable, year_rule (fiscal_year, mean), rule_indicator, template, rule_code, setting (agencies, seed).

-- A number in [0, 1) for a purpose.
create temp macro draw(purpose, a, b, c) as
  (hash(purpose, a, b, c, (select seed from setting)) >> 11)::double / 9007199254740992.0;
-- A positive number whose mean is 1: the sum of two exponentials.
create temp macro spread(purpose, a, b, c) as
  -(ln(1 - draw(purpose, a, b, c)) + ln(1 - draw(purpose || '2', a, b, c))) / 2;

-- Five types in the shares of 2563 (5 June: 76, 30, 190, 2,242 and 5,312 of 7,850), one agency of the first type a province.
create table kind as
  with share(kind, agency_type, share) as (values
    (1, 'องค์การบริหารส่วนจังหวัด', 76), (2, 'เทศบาลนคร', 30), (3, 'เทศบาลเมือง', 190), (4, 'เทศบาลตำบล', 2242), (5, 'องค์การบริหารส่วนตำบล', 5312))
  select kind, agency_type, ceil(agencies * sum(share) over (order by kind) / 7850.0) as upto,
    coalesce(ceil(agencies * sum(share) over (order by kind rows between unbounded preceding and 1 preceding) / 7850.0), 0) as after
  from share, setting;

create table agency as
  with numbered as (
    select n.n, k.agency_type, k.kind, n.n - k.after - 1 as nth, (select count(*) from place) as places
    from (select unnest(range(1, agencies + 1)) as n from setting) n join kind k on n.n > k.after and n.n <= k.upto),
  placed as (
    select n, agency_type, kind, nth, p.* from numbered join place p on p.at = if(kind = 1, nth % places, (nth * 7 + floor(places * draw('place', n, 0, 0)))::bigint % places))
  select 's' || lpad(n::varchar, 5, '0') as agency_id, n, kind,
    agency_type || 'สมมุติ' || if(kind = 1 and nth < (select count(*) from place), province,
      s1.syllable || s2.syllable || ' ' || n) as name,
    agency_type, if(kind = 1, districts[1], districts[1 + floor(len(districts) * draw('district', n, 0, 0))::integer]) as district,
    province, region, code
  from placed
  join syllable s1 on s1.at = floor((select count(*) from syllable) * draw('first', n, 0, 0))
  join syllable s2 on s2.at = floor((select count(*) from syllable) * draw('second', n, 0, 0))
  order by n;

-- Some agencies lack a year; a few miss one indicator of it.
create table report_year as
  select agency_id, n, fiscal_year, mean, code, name, agency_type, district, province
  from agency, year_rule where draw('missing', n, fiscal_year, 0) >= 0.03;

create table score as
  select r.agency_id, r.n, r.fiscal_year, i.indicator, i.position,
    greatest(0, least(100, round(100 - (100 - mean) * hard
      * (0.55 * spread('agency', r.n, 0, 0) + 0.2 * spread('habit', r.n, i.position, 0) + 0.25 * spread('year', r.n, fiscal_year, i.position)), 2)))
      ::decimal(5, 2) as score
  from report_year r join rule_indicator i using (fiscal_year)
  where draw('gap', r.n, fiscal_year, i.position) >= 0.0004;

-- Ten plan measures a report. An agency copies most of its plan from year to year.
create table plan as
  with slot as (
    select r.*, s.slot, if(draw('copied', n, fiscal_year, s.slot) < 0.7, 0, fiscal_year) as edition
    from report_year r, (select unnest(range(1, 11)) as slot) s)
  select s.* exclude edition, t.indicator, i.name_th as indicator_name,
    t.title || if(draw('worded', n, edition, slot) < 0.4, ' ของหน่วยงาน', '') as title, draw('unit', n, slot, 0) as unit_draw,
    draw('period', n, slot, edition) as period_draw, draw('budget', n, slot, edition) as budget_draw
  from slot s
  join template t on t.at = floor((select count(*) from template) * (slot - 1 + draw('title', n, edition, slot)) / 10)
  join rule_indicator i on i.fiscal_year = s.fiscal_year and i.indicator = t.indicator;

-- What was reported: most of it, some in other words, and something new.
create table result as
  with told as (
    select *, draw('fate', n, fiscal_year, slot) as fate from plan),
  rows as (
    select * exclude fate, case when fate < 0.18 then 'ดำเนินการ' || title || 'ประจำปีงบประมาณ พ.ศ. ' || fiscal_year else title end as said
    from told where fate >= 0.07
    union all by name
    select p.* exclude (title, slot, indicator, indicator_name), t.title || ' (เพิ่มเติมระหว่างปี)' as title, t.title || ' (เพิ่มเติมระหว่างปี)' as said, slot + 10 as slot,
      t.indicator, i.name_th as indicator_name
    from plan p
    join template t on t.at = floor((select count(*) from template) * draw('new', n, p.fiscal_year, slot))
    join rule_indicator i on i.fiscal_year = p.fiscal_year and i.indicator = t.indicator
    where draw('added', n, p.fiscal_year, slot) < 0.07)
  select * exclude (title, said), said as title, row_number() over (partition by n, fiscal_year order by slot) as position,
    draw('status', n, fiscal_year, slot) as status_draw, draw('basis', n, fiscal_year, slot) as basis_draw
  from rows;

-- The rows of the transcripts: a plan and an annual report on it, two documents an agency and year. half and line order them.
create view made_document as
  select code, n, half, 0 as line, 'source' as record, 'สมมุติ-' || fiscal_year || '-' || lpad(n::varchar, 5, '0') || '-' || half || '.txt' as document,
    if(half = 'plan', 'มาตรการส่งเสริมคุณธรรมและความโปร่งใส', 'รายงานผลการดำเนินการตามมาตรการ')
      || ' ปีงบประมาณ พ.ศ. ' || fiscal_year || ' ' || name || ' (ข้อมูลสมมุติ)' as title,
    half as kind, 'ita_measures' as family, name as agency, name as agency_printed, agency_type, district, province,
    'อำเภอ' || district || ' จังหวัด' || province as place_printed, fiscal_year, if(half = 'result', 'annual', null) as round, 'true' as synthetic
  from report_year, (values ('plan'), ('result')) h(half);

create view made_measure as
  with row as (
    select * exclude slot, 'plan' as half, slot, slot as position, null::double as status_draw, null::double as basis_draw from plan
    union all by name
    select *, 'result' as half from result),
  drawn as (
    select *, 1 + floor(4 * draw('quarter', n, slot, 0))::integer as quarter, (1 + floor(300 * (budget_draw - 0.3)))::integer as thousands,
      make_date(fiscal_year - 544, 10, 1) as year_start
    from row)
  select d.code, d.n, half, position as line, 'measure' as record, 'สมมุติ-' || d.fiscal_year || '-' || lpad(d.n::varchar, 5, '0') || '-' || half || '.txt' as document,
    title, half as section, position, 'indicator' as group_kind, d.indicator as group_number, indicator_name as group_name, position as number,
    case when unit_draw < 0.05 then null when unit_draw < 0.35 then 'สำนักปลัด' when unit_draw < 0.55 then 'กองคลัง' when unit_draw < 0.7 then 'กองช่าง'
      when unit_draw < 0.8 then 'กองการศึกษา' when unit_draw < 0.9 then 'ทุกสำนัก/กอง' else 'สำนักปลัด | กองคลัง' end as responsible,
    case when period_draw < 0.1 then null when period_draw < 0.4 then 'ตลอดปีงบประมาณ' else 'ไตรมาสที่ ' || quarter end as period_text,
    case when period_draw < 0.1 then null when period_draw < 0.4 then year_start
      else year_start + to_months(3 * (quarter - 1)) end::date as period_start,
    case when period_draw < 0.1 then null when period_draw < 0.4 then year_start + interval 1 year - interval 1 day
      else year_start + to_months(3 * quarter) - interval 1 day end::date as period_end,
    case when budget_draw < 0.3 then 0 when budget_draw < 0.45 then 1000 * thousands end as budget_planned,
    case when half = 'plan' then null when budget_draw < 0.3 then 0 when budget_draw < 0.45 then 900 * thousands end as budget_spent,
    case when half = 'plan' then null when status_draw < 0.75 then 'completed' when status_draw < 0.83 then 'in_progress'
      when status_draw < 0.87 then 'not_started' when status_draw < 0.88 then 'not_possible' else 'unknown' end as status,
    case when half = 'plan' then null when status_draw >= 0.88 then 'none' when status_draw >= 0.75 then 'phrase'
      when basis_draw < 0.3 then 'mark' when basis_draw < 0.6 then 'phrase' else 'inferred' end as status_basis,
    case when half = 'plan' or status_draw >= 0.88 then null when status_draw >= 0.87 then 'ไม่สามารถดำเนินการได้'
      when status_draw >= 0.83 then 'ยังไม่ได้ดำเนินการ' when status_draw >= 0.75 then 'อยู่ระหว่างดำเนินการ' when basis_draw < 0.3 then '/'
      when basis_draw < 0.6 then 'ดำเนินการแล้วเสร็จ' else 'มีการดำเนินการ' end as evidence,
    if(draw('code', d.n, slot, 0) < 0.5, codes[1 + floor(len(codes) * draw('which', d.n, slot, 0))::integer], null) as refs,
    'line ' || (position * 3 + 7) as place, d.fiscal_year as made_year
  from drawn d left join rule_code c on c.fiscal_year = d.fiscal_year and c.indicator = d.indicator;
