-- Measures without a document, and positions that repeat: found by looking at the transcripts again with their rows' numbers.

create temp table repeated as select measure_id from measure where source_id <> '' group by measure_id having count(*) > 1;
create temp table again as
  select n.* replace (coalesce(o.day::varchar, n.period_start) as period_start, coalesce(p.day::varchar, n.period_end) as period_end),
    d.source_id, i.name || ' row ' || (n.row_at - i.headings_at + 1) as row_place, i.file_source_id, d.document is null as orphan,
    coalesce(d.source_id, '') || '-' || n.section || '-' || try_cast(n.position as integer) as measure_id,
    row_number() over (partition by d.source_id, n.section, try_cast(n.position as integer) order by n.row_at) as nth
  from transcript_line n join input_file i using (file) left join document d using (file, document)
  left join other_date o on o.row_at = n.row_at and o.bound = 'start' left join other_date p on p.row_at = n.row_at and p.bound = 'end'
  where n.record = 'measure' and n.section in ('plan', 'result') and try_cast(n.position as integer) is not null
    and (d.document is null or (d.loaded and d.named))
  qualify orphan or measure_id in (from repeated);

insert into finding_draft
  select file_source_id, row_place, 'row_without_document', document, null, null from again where orphan
  union all
  select source_id, coalesce(place, row_place), 'measure_repeated', measure_id, null, null from again where not orphan and nth > 1;

delete from measure where source_id = '' or measure_id in (from repeated);
create or replace temp view measure_row as
  select * exclude (source_id, row_at, row_place, file_source_id, orphan, measure_id, nth) replace (coalesce(place, row_place) as place)
  from again where not orphan and nth = 1;
