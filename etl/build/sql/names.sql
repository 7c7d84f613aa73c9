-- name and named -> the agencies of sources, printed_score of transcripts and of sheets that the reader read, findings.

create temp table printed_name as
  select d.*, n.name_id from document_agency d join name n
    on n.agency = d.agency and n.agency_type is not distinct from d.agency_type
    and n.district is not distinct from d.district and n.province is not distinct from d.province;

update source set agency_id = named.agency_id
from printed_name join named using (name_id) where printed_name.source_id = source.source_id;

insert into printed_score
  select d.source_id, coalesce(t.place, t.row_place), n.name_id, coalesce(t.fiscal_year, d.year_printed), t.indicator, t.score,
    number(t.max)::smallint, t.stated_change, coalesce(t.url, d.url), t.row_at
  from transcript_row t join document d using (file, document)
  left join name n on n.agency = t.agency and n.agency_type is not distinct from t.agency_type
    and n.district is not distinct from t.district and n.province is not distinct from t.province
  where t.record = 'score' and d.loaded and d.named;

insert into printed_score
  select r.source_id, r.place, n.name_id, r.fiscal_year, r.indicator, r.printed, r.max, r.stated_change, r.url, r.rowid
  from read_row r
  left join name n on n.agency = r.agency and n.agency_type is not distinct from r.agency_type
    and n.district is not distinct from r.district and n.province is not distinct from r.province;
