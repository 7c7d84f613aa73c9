-- name and named -> the agencies of sources, printed_score of transcripts and of sheets that the reader read, findings.

create temp table printed_name as
  select d.*, n.name_id from document_agency d join name n
    on n.agency = d.agency and n.agency_type is not distinct from d.agency_type
    and n.district is not distinct from d.district and n.province is not distinct from d.province;

update source set agency_id = named.agency_id
from printed_name join named using (name_id) where printed_name.source_id = source.source_id;

insert into printed_score by name
  select d.source_id, coalesce(t.place, t.row_place) as place, n.name_id, coalesce(t.fiscal_year, d.year_printed) as fiscal_year, t.indicator,
    t.score as printed, try_cast(number(t.max) as smallint) as max, t.stated_change, coalesce(t.url, d.url) as url, t.row_at, listed(t.unsure) as unsure,
    listed(t.confirmed) as confirmed
  from transcript_row t join document d using (file, document)
  left join name n on n.agency = t.agency and n.agency_type is not distinct from t.agency_type
    and n.district is not distinct from t.district and n.province is not distinct from t.province
  where t.record = 'score' and d.loaded and d.named;

insert into printed_score by name
  select r.source_id, r.place, n.name_id, r.fiscal_year, r.indicator, r.printed, r.max, r.stated_change, r.url, r.rowid as row_at, r.unsure
  from read_row r
  left join name n on n.agency = r.agency and n.agency_type is not distinct from r.agency_type
    and n.district is not distinct from r.district and n.province is not distinct from r.province;

insert into printed_score by name select *, []::varchar[] as unsure from sheet_score;
