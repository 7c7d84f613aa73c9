-- One document by its id: whose it is, to go to the pages of its agency.
-- parameter source_id: its id
-- column source_id: first 12 hex of its sha256
-- column file_name: of the file
-- column agency_id: permanent; null: not known
-- column fiscal_year: Buddhist year; null: not known
select source_id, file_name, agency_id, fiscal_year from source where source_id = $source_id
