-- measure and transcript -> which measures count, measure_indicator, measure_pair (as printed), findings.

-- Which document counts for an agency, year, family and section: the latest round; of equals the fuller one.
create temp table counted as
  select source_id, section, first_value(source_id) over best as counts, counts = source_id as latest
  from (
    select source_id, section, count(*) as rows from measure group by all)
  join source using (source_id)
  window best as (
    partition by coalesce(agency_id, source_id), coalesce(fiscal_year::varchar, source_id), family, section
    order by case round when 'annual' then 0 when 'six_month' then 2 else 1 end, rows desc, source_id);
update measure set latest = false
from counted c where c.source_id = measure.source_id and c.section = measure.section and not c.latest;

-- Wrong cells. A row without section or position is not loaded; any other cell is left empty.
create temp table wrong_measure as
  select d.source_id, t.* from transcript_row t join document d using (file, document) where t.record = 'measure' and d.loaded and d.named;
insert into finding_draft
  select source_id, row_place, 'section_unknown', section, null, null from wrong_measure where section is null or section not in ('plan', 'result')
  union all
  select source_id, row_place, 'position_unreadable', position, null, null from wrong_measure where try_cast(position as integer) is null
  union all
  select source_id, row_place, 'status_not_known', status, 'unknown', map {'expected': status_choices()} from wrong_measure
  where section = 'result' and status_code(status) is null
  union all
  select source_id, row_place, 'status_basis_not_known', status_basis, status_rest(status_code(status), status_basis), null from wrong_measure
  where section = 'result' and trim(status_basis) is distinct from status_rest(status_code(status), status_basis)
    and not (status_basis is null and status_rest(status_code(status), status_basis) = 'none')
  union all
  select source_id, row_place, 'date_unreadable', period_start, null, null from wrong_measure where period_start is not null and iso_date(period_start) is null
  union all
  select source_id, row_place, 'date_unreadable', period_end, null, null from wrong_measure where period_end is not null and iso_date(period_end) is null
  union all
  select source_id, row_place, if(number(printed) is null, 'budget_unreadable', 'budget_negative'), printed, null, null
  from (select *, unnest([budget_planned, budget_spent]) as printed from wrong_measure) where printed is not null and baht(printed) is null;

insert into finding_draft
  select c.source_id, c.section, 'document_superseded', s.title, null, map {'section': c.section, 'file': w.file_name}
  from counted c join source s using (source_id) join source w on w.source_id = c.counts where not c.latest;

-- What a measure is aimed at: by the codes that it names, by an item in its heading, by its heading. Never by its wording.
create temp table measure_code as
  select measure_id, source_id, place, fiscal_year, unnest(list_distinct(refs)) as code from measure where refs is not null;
insert into finding_draft
  select c.source_id, c.place, 'code_unknown', c.code, null, map {'year': c.fiscal_year::varchar}
  from measure_code c semi join rule_year using (fiscal_year) anti join question q on q.fiscal_year = c.fiscal_year and q.code = c.code
  left join (select distinct fiscal_year, left(code, 1) as letter from question) k on k.fiscal_year = c.fiscal_year and k.letter = left(c.code, 1)
  -- Where a year's questions are unknown only the letters that it lists say what is none.
  where c.fiscal_year in (select fiscal_year from rule_year where scored and (k.letter is not null or not list_contains(unknown, 'questions')));
insert into measure_indicator
  select c.measure_id, q.indicator, c.code, 'code'
  from measure_code c join question q on q.fiscal_year = c.fiscal_year and q.code = c.code
  where q.indicator is not null
  order by c.measure_id;  -- a page asks for the measures of one document: sorted, it reads one row group

-- Headings repeat over many measures: each is looked up once.
create temp table heading as
  select distinct fiscal_year, group_number, group_name from measure where group_kind = 'indicator';
create temp table heading_indicator as
  -- "9" or the indicator's name: its heading. "9.2" or "O12": an item below it.
  select h.fiscal_year, h.group_number, h.group_name, i.indicator, coalesce(h.group_number, i.indicator) as ref, 'heading' as basis
  from heading h join indicator i on i.fiscal_year = h.fiscal_year
    and (arabic_digits(h.group_number) = i.indicator
      or (h.group_number is null and replace(h.group_name, ' ', '') = replace(i.name_th, ' ', '')))
  union
  select h.fiscal_year, h.group_number, h.group_name, i.indicator, h.group_number, 'item'
  from heading h join indicator i on i.fiscal_year = h.fiscal_year and regexp_extract(arabic_digits(h.group_number), '^(\d+)\.\d', 1) = i.indicator
  union
  select h.fiscal_year, h.group_number, h.group_name, q.indicator, q.code, 'item'
  from (select *, unnest(regexp_extract_all(upper(arabic_digits(concat_ws(' ', group_number, group_name))), '\bO\d{1,2}\b')) as item from heading) h
  join question q on q.fiscal_year = h.fiscal_year and (q.code = h.item or 'O' || ltrim(substr(h.item, 2), '0') = q.code)
  where q.indicator is not null;
insert into measure_indicator
  select m.measure_id, h.indicator, h.ref, h.basis
  from measure m join heading_indicator h
    on m.fiscal_year = h.fiscal_year and m.group_number is not distinct from h.group_number and m.group_name is not distinct from h.group_name
  where m.group_kind = 'indicator'
  order by m.measure_id;

-- Pairs found when the document was read.
-- A plan measure may have several results, joined by " | ".
create temp table printed_pair as
  select source_id, place, source_id || '-plan-' || position as plan_id,
    source_id || '-result-' || coalesce(try_cast(pair_position as integer)::varchar, pair_position) as result_id,
    coalesce(try_cast(pair_similarity as double), 1) as similarity
  from (
    select d.source_id, coalesce(t.place, t.row_place) as place, try_cast(t.position as integer) as position,
      unnest(string_split(t.pair_position, ' | ')) as pair_position, unnest(string_split(t.pair_similarity, ' | ')) as pair_similarity
    from transcript_row t join document d using (file, document)
    where t.record = 'measure' and t.section = 'plan' and t.pair_position is not null and d.loaded and d.named);
insert into measure_pair
  select distinct plan_id, result_id, similarity, 'document' from printed_pair
  semi join measure p on p.measure_id = plan_id semi join measure r on r.measure_id = result_id;
insert into finding_draft
  select source_id, place, 'pair_unknown', result_id, null, null from printed_pair anti join measure r on r.measure_id = result_id;
