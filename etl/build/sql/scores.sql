-- printed_score, with its names resolved -> score, stated_level, benchmark, findings.

create temp table read_score as
  select p.source_id, p.place, p.name_id, p.row_at, p.printed, p.max, p.stated_change, p.unsure, p.confirmed, p.indicator as printed_indicator, p.fiscal_year as printed_year,
    coalesce(p.url, s.url) as url, be_year(p.fiscal_year) as year, points(p.printed) as value,
    a.indicator,
    case when p.name_id is null then s.agency_id else n.agency_id end as agency_id, n.average_of,
    s.agency_id as source_agency, s.fiscal_year as source_year
  from printed_score p
  join source s using (source_id)
  left join named n using (name_id)
  left join indicator_name a on a.name = p.indicator
  where n.basis is distinct from 'none';
insert into finding_draft
  select source_id, min_by(place, row(row_at, place)), 'score_row_ignored', agency, null, null
  from printed_score join named using (name_id) join name using (name_id) where basis = 'none' group by source_id, name_id, agency;

-- Numbers that are all at most 1 were exported without their percent format (etl/scores/fractions.py says it of what is read): of a whole
-- sheet, of an indicator or of an agency's year within it. Nothing but 0 and 1 are no scores.
create temp table small_score as
  select source_id, place, printed, value, max, row_at, name_id, year, indicator from read_score
  where value is not null and source_id in (select source_id from read_score where value > 0 and value <= 1);
create temp table fraction as
  select source_id, indicator, name_id, year, grouping(indicator) as of_agency, grouping(name_id) as of_indicator,
    arg_min(place, row(row_at, place)) as place, arg_min(printed, row(row_at, place)) as printed, arg_min(value, row(row_at, place)) as value, count(*) as n,
    bool_and(value in (0, 1)) as no_score
  from small_score
  group by grouping sets ((source_id), (source_id, year, indicator), (source_id, year, name_id))
  having bool_and(max is null) and min(value) >= 0 and max(value) between 0.0001 and 1 and (n >= 3 or (of_agency = 1 and of_indicator = 1));
delete from fraction f where of_agency + of_indicator < 2 and source_id in (select source_id from fraction where of_agency + of_indicator = 2);
create temp table in_fractions as
  select s.source_id, s.place, s.row_at, bool_or(no_score) as no_score
  from small_score s join fraction f on f.source_id = s.source_id and (of_agency + of_indicator = 2
    or (s.year is not distinct from f.year and case of_agency when 0 then s.indicator = f.indicator else s.name_id is not distinct from f.name_id end))
  group by all;
update read_score set value = if(f.no_score, null, read_score.value * 100), printed = if(f.no_score, null, printed)
from in_fractions f where f.source_id = read_score.source_id and f.place = read_score.place and f.row_at = read_score.row_at and read_score.value is not null;
insert into finding_draft
  select source_id, place, if(no_score, 'score_not_above_one', 'score_fractions'), printed,
    if(no_score, null, (value * 100)::decimal(9, 2)::varchar), map {'count': n::varchar}
  from fraction;

-- Names that the registry lacks, or has in another spelling: once a source, where they first stand. Where the document's own name may be
-- several, its reading has said so.
insert into finding_draft
  select source_id, arg_min(place, row_at), 'agency_' || basis, agency, any_value(coalesce(candidates, a.name)), null
  from (
    select source_id, name_id, 'title' as place, -1 as row_at from printed_name join named using (name_id) where basis <> 'ambiguous'
    union all select source_id, name_id, place, row_at from printed_score)
  join named using (name_id) join name using (name_id) join agency a using (agency_id)
  where basis in ('added', 'ambiguous', 'changed', 'distance') group by source_id, basis, agency, name_id;

-- The scale of printed instruments where the sheet does not tell: 0-100, or points of the total (30, 30, 40). Rows vote by arithmetic:
-- an instrument is the mean of its indicators, so those that are printed bound it; without them the total is its sum or weighted sum.
create temp table instrument_scale as
  with printed as (
    select r.source_id, r.year, coalesce(r.agency_id, r.average_of) as agency, i.instrument, i.weight::double as weight, r.value::double as value
    from read_score r join instrument i on i.fiscal_year = r.year and i.instrument = r.indicator
    where r.max is null and r.value is not null and i.weight is not null),
  bounds as (
    select r.source_id, r.year, coalesce(r.agency_id, r.average_of) as agency, i.instrument, sum(r.value)::double as known, count(*) as members
    from read_score r join indicator i on i.fiscal_year = r.year and i.indicator = r.indicator
    where r.value between 0 and 100 and r.source_id in (select source_id from printed) group by all),
  size as (select fiscal_year as year, instrument, count(*) as members from indicator group by all),
  totals as (
    select source_id, year, coalesce(agency_id, average_of) as agency, any_value(value)::double as total
    from read_score where indicator = 'TOTAL' and value is not null and source_id in (select source_id from printed) group by all),
  sums as (
    select source_id, year, agency, abs(any_value(total) - sum(value)) < 0.05 as adds_up, abs(any_value(total) - sum(weight * value)) < 0.05 as weighs_up
    from printed join totals using (source_id, year, agency) group by all),
  votes as (
    select p.source_id, p.year, p.instrument, p.weight,
      coalesce(b.known, 0) / z.members as low, (coalesce(b.known, 0) + 100 * (z.members - coalesce(b.members, 0))) / z.members as high,
      p.value between low - 0.02 and high + 0.02 as on_100,
      p.value <= 100 * p.weight and p.value / p.weight between low - 0.02 / p.weight and high + 0.02 / p.weight as in_points,
      case when in_points and not on_100 then 1 when on_100 and not in_points then -1
        when t.adds_up and not t.weighs_up then 1 when t.weighs_up and not t.adds_up then -1 else 0 end as vote
    from printed p join size z using (year, instrument)
    left join bounds b using (source_id, year, agency, instrument)
    left join sums t using (source_id, year, agency))
  select source_id, year, instrument, case when sum(sum(vote)) over (partition by source_id, year) > 0 then round(100 * weight)::smallint else 100 end as max
  from votes group by source_id, year, instrument, weight;

create temp table scaled_score as
  select r.*, coalesce(r.max, c.max, 100)::smallint as out_of,
    case
      when r.printed is null or trim(r.printed) in ('', '-', '–', '—') then 'none'
      when r.year is null then 'year_unreadable'
      when r.indicator is null then 'indicator_unknown'
      when y.scored and r.indicator not in ('TOTAL', 'LEVEL') and i.indicator is null and t.instrument is null then 'indicator_unknown'
      when r.agency_id is null and r.average_of is null then 'score_without_agency'
      when r.indicator = 'LEVEL' then 'level'
      when r.value is null then 'score_not_a_number'
      when r.value < 0 or r.value > coalesce(r.max, c.max, 100) then 'score_out_of_scale'
      -- Where the weights are unknown: points are a part of the total, and no part of three is more than half of it.
      when r.indicator in ('IIT', 'EIT', 'OIT') and coalesce(r.max, c.max) is null and r.value <= 50 then 'scale_unknown'
      when r.average_of is not null then 'average'
      else 'score' end as fate
  from read_score r
  left join instrument_scale c on c.source_id = r.source_id and c.year = r.year and c.instrument = r.indicator
  left join rule_year y on y.fiscal_year = r.year
  left join indicator i on i.fiscal_year = r.year and i.indicator = r.indicator
  left join instrument t on t.fiscal_year = r.year and t.instrument = r.indicator;

insert into finding_draft
  select source_id, place, fate, case fate when 'year_unreadable' then printed_year when 'indicator_unknown' then printed_indicator else printed end, null,
    map {'year': coalesce(year::varchar, '–'), 'highest': out_of::varchar, 'indicator': coalesce(indicator, '–')}
  from scaled_score where fate not in ('none', 'level', 'average', 'score')
  union all
  select source_id, place, 'score_decimal_comma', printed, trim(replace(printed, ',', '.')), null
  from scaled_score where fate in ('score', 'average') and has_decimal_comma(printed)
  union all
  select source_id, min(place), 'instruments_in_points', null, null, map {'year': year::varchar}
  from scaled_score where max is null and out_of <> 100 and fate in ('score', 'average') group by source_id, year
  union all
  select source_id, min(place), 'year_not_comparable', year::varchar, null, map {'year': year::varchar}
  from scaled_score where fate in ('score', 'level') and year in (select fiscal_year from rule_year where not scored) group by source_id, year
  union all
  select source_id, min(place), 'year_without_rules', year::varchar, null, map {'year': year::varchar}
  from scaled_score where fate in ('score', 'level', 'average') and year not in (select fiscal_year from rule_year) group by source_id, year;

insert into printed_benchmark by name
  select year as fiscal_year, 'province ' || average_of as scope,
    case indicator when 'TOTAL' then 'mean_total' else if(indicator similar to '\d+', 'mean_indicator_', 'mean_') || lower(indicator) end as metric,
    value::double * 100 / out_of as value, if(out_of = 100, 'stated', 'derived: ' || printed || ' / ' || out_of || ' x 100') as how_known, url as source_url,
    source_id, place, row_at
  from scaled_score where fate = 'average';

-- What a source states goes before what is derived from one; of others the first. Where they differ, each of the rest is said.
create temp table chosen_benchmark as
  select *, first_value(columns(['value', 'how_known', 'place'])) over figure as 'chosen_\0', row_number() over figure as choice
  from printed_benchmark
  window figure as (partition by fiscal_year, scope, metric order by not starts_with(coalesce(how_known, 'stated'), 'stated'), source_id, row_at);
insert into benchmark by name
  select fiscal_year, scope, metric, value, how_known, source_url, agencies from chosen_benchmark where choice = 1
  order by fiscal_year, scope, metric;
insert into finding_draft
  select source_id, place, 'benchmark_differs', round(value, 2)::varchar, round(chosen_value, 2)::varchar,
    map {'year': fiscal_year::varchar, 'metric': metric, 'scope': scope, 'how': coalesce(how_known, '–'),
         'chosen_how': coalesce(chosen_how_known, '–'), 'first': chosen_place}
  from chosen_benchmark where choice > 1 and value <> chosen_value;

-- Who says so: NACC before the agency itself before press and others; then the source that speaks of the latest year; then what
-- is stated on 0-100 before what is derived from points; then order.
create temp table publication as
  select source_id, url, any_value(source_agency) as source_agency, coalesce(any_value(source_year), max(year)) as newness, host(url) as host,
    coalesce(host similar to '(.*\.)?nacc\.go\.th', false) as is_nacc
  from scaled_score where fate in ('score', 'level') group by source_id, url;
create temp table own_site as
  select p.source_id, p.url, w.agency_id from publication p join web_domain w on p.host = w.web_domain or ends_with(p.host, '.' || w.web_domain);
create temp view candidate as
  select s.*, case when p.is_nacc then 1 when p.source_agency = s.agency_id or o.agency_id is not null then 2 else 3 end::smallint as authority, p.newness
  from scaled_score s
  join publication p on p.source_id = s.source_id and p.url is not distinct from s.url
  left join own_site o on o.source_id = s.source_id and o.url is not distinct from s.url and o.agency_id = s.agency_id
  where s.fate in ('score', 'level');

-- Most scores have one source: only contested ones are ranked.
create temp table contested as
  select agency_id, year, indicator from scaled_score where fate in ('score', 'level') group by all having count(*) > 1;
create temp table ranked as
  select *, row_number() over (partition by agency_id, year, indicator order by authority, newness desc, out_of <> 100, source_id, row_at) as choice
  from candidate semi join contested using (agency_id, year, indicator)
  -- The same value twice in one source is one score.
  qualify row_number() over (partition by agency_id, year, indicator, source_id, url, printed, out_of order by row_at) = 1;

insert into score by name
  select agency_id, year as fiscal_year, c.indicator, case out_of when 100 then value else value * 100 / out_of end as score, printed, out_of as max,
    number(stated_change) as stated_change, choice = 1 as chosen, coalesce(y.scored, false) as comparable, authority, source_id, place, url, unsure, confirmed
  from (
    select * from ranked where fate = 'score'
    union all by name
    select *, 1 as choice from candidate anti join contested using (agency_id, year, indicator) where fate = 'score') c
  left join rule_year y on y.fiscal_year = c.year
  order by agency_id;  -- a page asks for one agency: sorted, it reads one row group

-- A printed level is the year's where its first words name one: "A", "ผ่าน (AA)", "ระดับ A".
insert into stated_level by name
  select agency_id, year as fiscal_year, l.level, printed, choice = 1 as chosen, authority, source_id, place, url
  from (
    select * from ranked where fate = 'level'
    union all by name
    select *, 1 as choice from candidate anti join contested using (agency_id, year, indicator) where fate = 'level') c
  left join level l on l.fiscal_year = c.year
    and lower(trim(regexp_replace(regexp_replace(printed, '\(.*', ''), '^ระดับ', ''))) in (lower(l.level), lower(l.name_th), lower(l.name_en));

insert into finding_draft
  select t.source_id, t.place, if(t.source_id = b.source_id and t.url is not distinct from b.url, 'score_repeated', 'sources_differ'),
    t.printed, b.printed,
    map {'year': t.year::varchar, 'indicator': t.indicator, 'agency': a.name, 'file': o.file_name, 'first': b.place}
  from ranked t join ranked b on b.agency_id = t.agency_id and b.year = t.year and b.indicator = t.indicator and b.choice = 1
  join source o on o.source_id = b.source_id join agency a on a.agency_id = t.agency_id
  where t.choice > 1 and case t.fate when 'level' then t.printed <> b.printed else t.value * b.out_of <> b.value * t.out_of end
  union all
  select source_id, place, 'level_unknown', printed, null, map {'year': fiscal_year::varchar}
  from stated_level where level is null and fiscal_year in (select fiscal_year from rule_year where level_scale is not null);
