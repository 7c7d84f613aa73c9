-- transcript (rows of the transcripts as text: the first of each file, and all but the plain measures) -> document, source, findings.

create temp table transcript_start as
  select file, min(row_at) as first_row, i.source_id as file_source_id, i.name from transcript join input_file i using (file) group by all;

create temp view transcript_row as
  select t.*, s.file_source_id, s.name || ' row ' || (t.row_at - s.first_row + 2) as row_place from transcript t join transcript_start s using (file);

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
      string_split(agency_printed, ' | ') as agency_printed, place_printed
    from transcript where record = 'source' and document is not null);

insert into source
  select source_id, document, sha256, title, kind, family, null, fiscal_year, round, url, synthetic, agency_printed, place_printed
  from document where loaded;

insert into document_agency
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

insert into worded_finding by name
  select d.source_id, coalesce(t.place, t.row_place) as place, coalesce(t.severity, 'info') as severity, coalesce(t.rule, 'note') as rule, t.message,
    t.raw, t.read_as
  from transcript_row t join document d using (file, document)
  where t.record = 'finding' and d.loaded and d.named and t.message is not null;
