-- transcript_line (all rows of the transcripts as text) -> transcript (those that are no plain measures), document, source, findings.

create temp view plain_measure as
  from transcript_line
  where is_plain(record, section, position, status, status_basis, place, pair_position, period_start, period_end, budget_planned, budget_spent);
set preserve_insertion_order = false;  -- row_at says it, and to keep it doubles the time
create temp table transcript as
  from transcript_line
  where not is_plain(record, section, position, status, status_basis, place, pair_position, period_start, period_end, budget_planned, budget_spent)
    and coalesce(*columns(* exclude (file, row_at))) <> '';  -- blank lines are no rows
reset preserve_insertion_order;

-- Dates that are not as the product writes them. A spreadsheet writes every date of a file in one order: one that has one reading only
-- tells which.
create temp table other_date as
  with written as (
    select file, row_at, bound, words, day_first(words) as day_first, month_first(words) as month_first
    from (select file, row_at, unnest(['start', 'end']) as bound, unnest([period_start, period_end]) as words from transcript)
    where words is not null and iso_date(words) is null),
  orders as (
    select file, if(count(distinct day_first is null) = 1, any_value(day_first is null), null) as months_first
    from written where (day_first is null) <> (month_first is null) group by file)
  select row_at, bound, words,
    coalesce(other_iso_date(words), if(months_first, month_first, if(not months_first, day_first, null)), of_two(day_first, month_first, bound)) as day,
    coalesce(months_first is null and day_first <> month_first and day is not null, false) as assumed
  from written left join orders using (file);
update transcript set period_start = o.day::varchar from other_date o where o.row_at = transcript.row_at and bound = 'start' and o.day is not null;
update transcript set period_end = o.day::varchar from other_date o where o.row_at = transcript.row_at and bound = 'end' and o.day is not null;

-- The rows that are looked at; those that a person struck off are passed over.
create temp view transcript_row as
  select t.*, i.file_source_id, i.name || ' row ' || (t.row_at - i.headings_at + 1) as row_place
  from transcript t join input_file i using (file)
  where t.record is distinct from 'struck';

-- One row a document. The same document in two places is loaded once: the first in order of files.
create temp table document as
  select *, row_number() over (partition by source_id order by row_at) = 1 as loaded,
    row_number() over (partition by file, document order by row_at) = 1 as named
  from (
    select file, document, row_at, substr(coalesce(if(regexp_full_match(lower(sha256), '[0-9a-f]{64}'), lower(sha256), null), sha256(document)), 1, 12) as source_id,
      if(regexp_full_match(lower(sha256), '[0-9a-f]{64}'), lower(sha256), null) as sha256, title,
      if(kind in ('plan', 'result', 'plan_and_result', 'action_plan_result', 'score_comparison', 'score_sheet'), kind, 'unknown') as kind,
      if(family in ('ita_measures', 'action_plan'), family, null) as family, agency, agency_type, district, province,
      fiscal_year as year_printed, be_year(fiscal_year) as fiscal_year, if(round in ('six_month', 'annual'), round, null) as round, url,
      sha256 as sha256_printed, kind as kind_printed, family as family_printed, round as round_printed, synthetic as synthetic_printed, coalesce(lower(synthetic) in ('true', '1'), false) as synthetic,
      string_split(agency_printed, ' | ') as agency_printed, place_printed, listed(unsure) as unsure
    from transcript where record = 'source' and document is not null);

insert into source by name
  select source_id, document as file_name, sha256, title, kind, family, fiscal_year, round, url, synthetic, agency_printed, place_printed, unsure
  from document where loaded;

insert into document_agency by name
  select source_id, agency, agency_type, district, province from document where loaded and agency is not null;

insert into finding_draft
  select d.source_id, t.row_place, 'document_repeated', d.document, null, null
  from document d join transcript_row t using (row_at) where not d.loaded
  union all
  select d.source_id, t.row_place, 'year_unreadable', d.year_printed, null, null
  from document d join transcript_row t using (row_at) where d.loaded and d.year_printed is not null and d.fiscal_year is null
  union all
  -- A year that the reader did not find has its finding; one that a person took away has none yet.
  select d.source_id, t.row_place, 'fiscal_year_unknown', null, null, null
  from document d join transcript_row t using (row_at)
  anti join (from transcript where record = 'finding' and rule in ('fiscal_year_unknown', 'unknown_document')) f
    on f.file = d.file and f.document = d.document
  where d.loaded and d.year_printed is null and d.kind not in ('unknown', 'score_comparison', 'score_sheet')
  union all
  select d.source_id, t.row_place, 'source_value_unknown', w.raw, null, map {'column': w.name, 'expected': w.expected}
  from document d join transcript_row t using (row_at), lateral (values
    ('kind', d.kind_printed, d.kind_printed is not distinct from d.kind or d.kind_printed is null,
      'plan, result, plan_and_result, action_plan_result, score_comparison, score_sheet, unknown'),
    ('family', d.family_printed, d.family_printed is not distinct from d.family, 'ita_measures, action_plan'),
    ('round', d.round_printed, d.round_printed is not distinct from d.round, 'six_month, annual'),
    ('sha256', d.sha256_printed, lower(d.sha256_printed) is not distinct from d.sha256, '64 x 0-9 a-f'),
    ('synthetic', d.synthetic_printed, coalesce(lower(d.synthetic_printed) in ('true', 'false', '1', '0'), true), 'true, false')
  ) w(name, raw, is_right, expected) where d.loaded and not w.is_right
  union all
  -- Rows that belong to no document are reported under the transcript itself.
  select file_source_id, row_place, 'record_unknown', record, null, null
  from transcript_row where record is null or record not in ('source', 'measure', 'score', 'finding')
  union all
  select t.file_source_id, t.row_place, 'row_without_document', t.document, null, null
  from transcript_row t anti join document d using (file, document) where t.record in ('source', 'measure', 'score', 'finding');

insert into finding_draft
  select d.source_id, t.row_place, 'date_order_assumed', o.words, o.day::varchar, null
  from other_date o join transcript_row t using (row_at) join document d using (file, document) where o.assumed and d.loaded and d.named;

insert into worded_finding by name
  select d.source_id, coalesce(t.place, t.row_place) as place, coalesce(t.severity, 'info') as severity, coalesce(t.rule, 'note') as rule, t.message,
    t.raw, t.read_as
  from transcript_row t join document d using (file, document)
  where t.record = 'finding' and d.loaded and d.named and t.message is not null;

-- The measures that can be loaded; a row of a document that its file does not name is among them.
create temp view measure_row as
  select * exclude (row_at, file_source_id, row_place) replace (coalesce(place, row_place) as place)
  from transcript_row
  where record = 'measure' and section in ('plan', 'result') and try_cast(position as integer) is not null
  union all by name select * exclude row_at from plain_measure;
