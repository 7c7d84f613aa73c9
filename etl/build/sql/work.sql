-- What a build collects on its way; none of it stays in the database.

-- Names of agencies as printed, each once; named is what they were found to be.
create temp table name(name_id integer, agency varchar, agency_type varchar, district varchar, province varchar);
create temp table named(name_id integer, agency_id varchar, average_of varchar, basis varchar, candidates varchar);
-- The agency that a document is about, as read.
create temp table document_agency(source_id varchar, agency varchar, agency_type varchar, district varchar, province varchar);

-- Printed scores of every input, as text. name_id null: the source's own agency, 0: none is printed. row_at orders the rows of a source.
create temp table printed_score(
  source_id varchar, place varchar, name_id integer, fiscal_year varchar, indicator varchar, printed varchar, max smallint,
  stated_change varchar, url varchar, row_at bigint, unsure varchar[], confirmed varchar[] default []);
-- Scores that the reader found in sheets, before their names are resolved.
create temp table read_row(
  source_id varchar, place varchar, agency varchar, agency_type varchar, district varchar, province varchar, fiscal_year varchar,
  indicator varchar, printed varchar, max smallint, stated_change varchar, url varchar, unsure varchar[]);

-- Findings that have their sentence already: in each language, joined by " | ".
create temp table worded_finding(source_id varchar, place varchar, severity varchar, rule varchar, message varchar, raw varchar, read_as varchar);
-- Findings whose sentence is still to be made (etl/findings.py): the rule and the words that fill it.
create temp table finding_draft(source_id varchar, place varchar, rule varchar, raw varchar, read_as varchar, words map(varchar, varchar));

-- Everything in which a measure is searched for, in small letters. Measures repeat one another: each text is searched once.
create temp macro searched(title, group_name, refs, responsible, steps, result, outcome, suggestion) as
  lower(concat_ws(' ', title, group_name, refs, responsible, steps, result, outcome, suggestion));

-- Figures of more than one agency, from benchmarks.csv and from rows of averages in sheets; several may be of one thing.
create temp table printed_benchmark(
  fiscal_year smallint, scope varchar, metric varchar, value double, how_known varchar, source_url varchar, agencies integer,
  source_id varchar, place varchar, row_at bigint);
