-- One document or sheet by its id.
-- parameter source_id: its id
-- column source_id: first 12 hex of its sha256
-- column file_name: of the file
-- column title: of the document
-- column kind: plan, result, score_sheet, ...
-- column fiscal_year: Buddhist year
-- column url: where it was published
-- column synthetic: true for made-up data
select source_id, file_name, title, kind, fiscal_year, url, synthetic from source where source_id = $source_id
