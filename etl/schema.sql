-- Every table, view and column once. Fiscal years are Buddhist-era. Scores are on 0-100 unless a column says points.

create table source(
  source_id varchar primary key, file_name varchar not null, sha256 varchar, title varchar, kind varchar not null,
  family varchar, agency_id varchar, fiscal_year smallint, round varchar, url varchar, synthetic boolean not null,
  agency_printed varchar[], place_printed varchar);
comment on table source is 'One row a document or score sheet that was loaded';

create table agency(agency_id varchar primary key, name varchar not null, agency_type varchar, district varchar, province varchar, region varchar);
create table agency_alias(agency_id varchar not null, alias varchar not null);
create table province(province_code varchar primary key, name_th varchar not null, name_en varchar not null, region varchar not null);

create table instrument(fiscal_year smallint, instrument varchar, name_th varchar, name_en varchar, weight decimal(5,4));
create table indicator(fiscal_year smallint, indicator varchar, instrument varchar, name_th varchar, name_en varchar, weight double);
create table question(fiscal_year smallint, code varchar, indicator varchar);
create table level(fiscal_year smallint, level varchar, rank smallint, name_th varchar, name_en varchar, min_total decimal(5,2), min_instrument decimal(5,2));
create table rule_year(fiscal_year smallint primary key, comparable_with_previous boolean, level_scale varchar, note_th varchar, note_en varchar);

create table score(
  agency_id varchar not null, fiscal_year smallint not null, indicator varchar not null, score decimal(9,4),
  printed varchar, max smallint, stated_change decimal(9,4), chosen boolean not null, source_id varchar not null, place varchar not null);
create table stated_level(agency_id varchar, fiscal_year smallint, level varchar, printed varchar, source_id varchar not null, place varchar not null);

-- iit, eit, oit, total: computed, rounded half up once to two decimals; null where an indicator is missing.
-- level: by the year's rule from the total shown where it can be decided, else null.
-- total_shown: the published total, else the computed one; total_basis says which (published, computed).
create table assessment(
  agency_id varchar, fiscal_year smallint, iit decimal(5,2), eit decimal(5,2), oit decimal(5,2), total decimal(5,2), level varchar,
  published_total decimal(5,2), published_level varchar, complete boolean,
  total_shown decimal(5,2), total_basis varchar, level_shown varchar, level_basis varchar);

create table measure(
  measure_id varchar primary key, agency_id varchar, fiscal_year smallint, source_id varchar not null, section varchar not null,
  position integer not null, group_kind varchar, group_number varchar, group_name varchar, number varchar, title varchar,
  responsible varchar[], period_text varchar, period_start date, period_end date,
  budget_planned decimal(18,2), budget_spent decimal(18,2), status varchar, status_basis varchar, place varchar not null,
  evidence varchar, steps varchar, result varchar, outcome varchar, suggestion varchar, refs varchar[],
  latest boolean not null); -- latest: the document counts (latest round of its agency, year and family)
create table measure_indicator(measure_id varchar not null, indicator varchar not null, ref varchar, basis varchar not null);
create table measure_pair(plan_id varchar not null, result_id varchar not null, similarity double not null);
create table benchmark(fiscal_year smallint, scope varchar, metric varchar, value double, how_known varchar, source_url varchar);
create table finding(source_id varchar not null, place varchar not null, severity varchar, rule varchar, message_th varchar, message_en varchar, raw varchar, read_as varchar);
