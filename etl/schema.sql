-- Every table and view of the database once; the comments are the data dictionary.
-- Fiscal years are Buddhist-era (2568 = October 2024 to September 2025). Scores are on 0-100 unless a comment says points.
-- Keys are not declared: an index over a million measures costs more than loading them. etl/build.py keeps one row a key, tests/test_build.py proves it.

create table source(
  source_id varchar not null, file_name varchar not null, sha256 varchar, title varchar, kind varchar not null,
  family varchar, agency_id varchar, fiscal_year smallint, round varchar, url varchar, synthetic boolean not null,
  agency_printed varchar[], place_printed varchar);
comment on table source is 'One row a document or score sheet that was loaded';
comment on column source.source_id is 'Key: first 12 hexadecimal digits of sha256 (of the document''s name where a transcript gives no sha256)';
comment on column source.file_name is 'Name of the document or score sheet, without folder';
comment on column source.sha256 is 'SHA-256 of the file''s bytes; null where a transcript gives none';
comment on column source.title is 'Title as printed';
comment on column source.kind is 'plan, result, plan_and_result, action_plan_result, score_comparison, score_sheet, unknown; rules or registry for a file of facts that has findings';
comment on column source.family is 'ita_measures (measures that answer an ITA result), action_plan (the anti-corruption plan by dimensions), or null';
comment on column source.agency_id is 'The agency whose document it is; null for a sheet of several agencies';
comment on column source.fiscal_year is 'Buddhist-era year the document is about';
comment on column source.round is 'six_month, annual or null';
comment on column source.url is 'Where it was published, if known';
comment on column source.synthetic is 'True: made-up data, not a real agency''s';
comment on column source.agency_printed is 'The agency''s name in each way the document prints it';
comment on column source.place_printed is 'District and province as printed';

create table agency(agency_id varchar not null, name varchar not null, agency_type varchar, district varchar, province varchar, region varchar, synthetic boolean not null);
comment on table agency is 'One row an agency: the registry, and agencies met in the data that the registry lacks (id x + 8 hexadecimal digits)';
comment on column agency.agency_id is 'Key: permanent, from the registry data/agencies.csv';
comment on column agency.name is 'Full Thai name';
comment on column agency.agency_type is 'Thai name of the type, such as เทศบาลตำบล';
comment on column agency.district is 'District (อำเภอ) in Thai, without the word';
comment on column agency.province is 'Province in Thai, without the word';
comment on column agency.region is 'Region in Thai, of the province';
comment on column agency.synthetic is 'True: known only from made-up data';

create table agency_alias(agency_id varchar not null, alias varchar not null);
comment on table agency_alias is 'Names under which an agency is found in documents and sheets; its full name is one of them';
comment on column agency_alias.agency_id is 'The agency';
comment on column agency_alias.alias is 'A name as written';

create table province(province_code varchar not null, name_th varchar not null, name_en varchar not null, region varchar not null);
comment on table province is 'The 77 provinces';
comment on column province.province_code is 'Two digits, TIS 1099';
comment on column province.name_th is 'Thai name';
comment on column province.name_en is 'English name';
comment on column province.region is 'Region in Thai';

create table rule_year(
  fiscal_year smallint not null, comparable_with_previous boolean not null, level_scale varchar, note_th varchar, note_en varchar,
  scored boolean not null, segment smallint, certainty varchar, source varchar);
comment on table rule_year is 'One row a fiscal year with a rules file in data/rules';
comment on column rule_year.fiscal_year is 'Buddhist-era year';
comment on column rule_year.comparable_with_previous is 'True: totals of this year may be compared with the year before';
comment on column rule_year.level_scale is 'Name of the scale of levels (letters, five_levels); null: the year has no levels. A year whose scale differs from the year before marks a break on trends';
comment on column rule_year.note_th is 'What changed on the year before, Thai';
comment on column rule_year.note_en is 'What changed on the year before, English';
comment on column rule_year.scored is 'False: another scoring scale (no instruments); its totals stay out of every trend, mean and change';
comment on column rule_year.segment is 'Years with the same number may be compared with each other; null where scored is false';
comment on column rule_year.certainty is 'How the comparability is known: stated, derived, memory';
comment on column rule_year.source is 'Who says so';

create table instrument(fiscal_year smallint not null, instrument varchar not null, name_th varchar, name_en varchar, weight decimal(5,4) not null, certainty varchar, source varchar);
comment on table instrument is 'Instruments of a fiscal year; the total is the sum of weight x instrument score';
comment on column instrument.fiscal_year is 'Buddhist-era year';
comment on column instrument.instrument is 'IIT, EIT, OIT';
comment on column instrument.name_th is 'Thai name';
comment on column instrument.name_en is 'English name';
comment on column instrument.weight is 'Share of the total, 0-1; the weights of a year add up to 1';
comment on column instrument.certainty is 'How the weight is known: stated, derived, memory';
comment on column instrument.source is 'Who says so';

create table indicator(
  fiscal_year smallint not null, indicator varchar not null, instrument varchar not null, name_th varchar, name_en varchar, weight double not null,
  weight_units bigint not null, weight_base bigint not null, position smallint not null, certainty varchar, source varchar);
comment on table indicator is 'Indicators of a fiscal year; an instrument score is the simple mean of its indicators';
comment on column indicator.fiscal_year is 'Buddhist-era year';
comment on column indicator.indicator is '1-10';
comment on column indicator.instrument is 'The instrument that it belongs to';
comment on column indicator.name_th is 'Official Thai name';
comment on column indicator.name_en is 'Plain English name';
comment on column indicator.weight is 'Points of the total for one point of the indicator; the exact value is weight_units / weight_base';
comment on column indicator.weight_units is 'Exact weight: units of 1 / weight_base';
comment on column indicator.weight_base is 'The same for every year, so that sums across years stay whole numbers';
comment on column indicator.position is 'Order of print, 1 first';
comment on column indicator.certainty is 'How it is known: stated, derived, memory';
comment on column indicator.source is 'Who says so';

create table question(fiscal_year smallint not null, code varchar not null, indicator varchar, name_th varchar, certainty varchar, source varchar);
comment on table question is 'Questions (I, E) and open-data items (O) of a fiscal year. A code means different things in different years';
comment on column question.fiscal_year is 'Buddhist-era year';
comment on column question.code is 'I10, E1, O12';
comment on column question.indicator is 'The indicator that it counts towards; null where no source gives it';
comment on column question.name_th is 'What the item asks for, in Thai, short; null where not known';
comment on column question.certainty is 'How it is known: stated, derived, memory';
comment on column question.source is 'Who says so';

create table level(
  fiscal_year smallint not null, level varchar not null, rank smallint not null, name_th varchar, name_en varchar,
  min_total decimal(5,2), min_instrument decimal(5,2), certainty varchar, source varchar);
comment on table level is 'Levels of a fiscal year, tried in the order of rank: the first whose floors are all reached, compared with values rounded to two decimals';
comment on column level.fiscal_year is 'Buddhist-era year';
comment on column level.level is 'The printed word or letter';
comment on column level.rank is '1 is the best';
comment on column level.name_th is 'Thai name';
comment on column level.name_en is 'English name';
comment on column level.min_total is 'Floor of the total; null: no floor';
comment on column level.min_instrument is 'Floor that each instrument must reach, on 0-100; null: no floor';
comment on column level.certainty is 'How it is known: stated, derived, memory';
comment on column level.source is 'Who says so';

create table score(
  agency_id varchar not null, fiscal_year smallint not null, indicator varchar not null, score decimal(9,4) not null,
  printed varchar, max smallint not null, stated_change decimal(9,4), chosen boolean not null, comparable boolean not null,
  authority smallint not null, source_id varchar not null, place varchar not null, url varchar);
comment on table score is 'One row a printed score: every agency, year, indicator and source';
comment on column score.agency_id is 'The agency';
comment on column score.fiscal_year is 'Buddhist-era year of the score';
comment on column score.indicator is '1-10, IIT, EIT, OIT, TOTAL';
comment on column score.score is 'On 0-100: printed / max x 100';
comment on column score.printed is 'As printed';
comment on column score.max is 'What the printed value is out of: 100, or an instrument''s points (30, 40)';
comment on column score.stated_change is 'Change on the year before as printed beside the score';
comment on column score.chosen is 'True for one row of each agency, year and indicator: the best authority, then the newer source';
comment on column score.comparable is 'False: the year used another scale or has no rules; never in a trend, mean or change';
comment on column score.authority is '1 NACC, 2 the agency''s own report or site, 3 press and others';
comment on column score.source_id is 'The document or sheet';
comment on column score.place is 'Where in it';
comment on column score.url is 'Where the value was published, if the sheet says so';

create table stated_level(
  agency_id varchar not null, fiscal_year smallint not null, level varchar, printed varchar, chosen boolean not null,
  authority smallint not null, source_id varchar not null, place varchar not null, url varchar);
comment on table stated_level is 'One row a printed level';
comment on column stated_level.agency_id is 'The agency';
comment on column stated_level.fiscal_year is 'Buddhist-era year of the level';
comment on column stated_level.level is 'The level of that year that the printed word names; null: none of that year''s';
comment on column stated_level.printed is 'As printed';
comment on column stated_level.chosen is 'True for one row of each agency and year';
comment on column stated_level.authority is '1 NACC, 2 the agency''s own report or site, 3 press and others';
comment on column stated_level.source_id is 'The document or sheet';
comment on column stated_level.place is 'Where in it';
comment on column stated_level.url is 'Where it was published, if the sheet says so';

create table instrument_score(
  agency_id varchar not null, fiscal_year smallint not null, instrument varchar not null, computed decimal(5,2), published decimal(9,4));
comment on table instrument_score is 'Instruments of an agency and year, computed and published side by side';
comment on column instrument_score.agency_id is 'The agency';
comment on column instrument_score.fiscal_year is 'Buddhist-era year';
comment on column instrument_score.instrument is 'IIT, EIT, OIT';
comment on column instrument_score.computed is 'Mean of its indicators, rounded half up once; null where one is missing';
comment on column instrument_score.published is 'As published, on 0-100; null where not published';

create table assessment(
  agency_id varchar not null, fiscal_year smallint not null, iit decimal(5,2), eit decimal(5,2), oit decimal(5,2), total decimal(5,2), level varchar,
  published_total decimal(5,2), published_level varchar, complete boolean not null,
  total_shown decimal(5,2), total_basis varchar, level_shown varchar, level_basis varchar, comparable boolean not null);
comment on table assessment is 'One row an agency and year: computed and published values side by side';
comment on column assessment.agency_id is 'The agency';
comment on column assessment.fiscal_year is 'Buddhist-era year';
comment on column assessment.iit is 'Computed: mean of its indicators, rounded half up once to two decimals; null where one is missing';
comment on column assessment.eit is 'As iit';
comment on column assessment.oit is 'As iit';
comment on column assessment.total is 'Computed from the unrounded instruments, rounded half up once; null unless complete';
comment on column assessment.level is 'By the year''s rule from the total shown and its instruments; null where these do not decide it';
comment on column assessment.published_total is 'The chosen published total';
comment on column assessment.published_level is 'The chosen published level, as the year names it';
comment on column assessment.complete is 'True: every indicator of the year is there';
comment on column assessment.total_shown is 'The published total, else the computed one';
comment on column assessment.total_basis is 'published, computed; null: no total';
comment on column assessment.level_shown is 'The published level, else level';
comment on column assessment.level_basis is 'published, computed; null: no level';
comment on column assessment.comparable is 'False: the year used another scale or has no rules; never in a trend, mean or change';

create table change(
  agency_id varchar not null, from_year smallint not null, to_year smallint not null, part varchar not null,
  from_score decimal(9,4), to_score decimal(9,4), contribution_units bigint not null, contribution_base bigint not null,
  contribution decimal(18,10) not null, printed decimal(6,2) not null);
comment on table change is 'The change of the computed total between two neighbouring computed, comparable years of an agency, in parts; only computed totals are taken apart';
comment on column change.agency_id is 'The agency';
comment on column change.from_year is 'The earlier year';
comment on column change.to_year is 'The later year';
comment on column change.part is 'An indicator, or WEIGHTS: the effect of changed weights (a row only where they changed)';
comment on column change.from_score is 'Score in from_year; null for WEIGHTS or an indicator that year did not have';
comment on column change.to_score is 'Score in to_year; null for WEIGHTS or an indicator that year does not have';
comment on column change.contribution_units is 'Exact contribution in points of the total: contribution_units / contribution_base';
comment on column change.contribution_base is 'The same for every row';
comment on column change.contribution is 'contribution_units / contribution_base to ten decimals';
comment on column change.printed is 'Two decimals by largest remainder: the parts of a pair add up to the difference of its printed totals';

create table measure(
  measure_id varchar not null, agency_id varchar, fiscal_year smallint, source_id varchar not null, section varchar not null,
  position integer not null, group_kind varchar, group_number varchar, group_name varchar, number varchar, title varchar,
  responsible varchar[], period_text varchar, period_start date, period_end date,
  budget_planned decimal(18,2), budget_spent decimal(18,2), status varchar, status_basis varchar, place varchar not null,
  evidence varchar, steps varchar, result varchar, outcome varchar, suggestion varchar, refs varchar[],
  latest boolean not null, text_id ubigint not null);
comment on table measure is 'One row a measure of a plan or a result table';
comment on column measure.measure_id is 'Key: source_id-section-position';
comment on column measure.agency_id is 'The document''s agency; null where it is not known';
comment on column measure.fiscal_year is 'The document''s Buddhist-era year';
comment on column measure.source_id is 'The document';
comment on column measure.section is 'plan, result';
comment on column measure.position is 'Order in the document within the section, 1 first; identifies the measure';
comment on column measure.group_kind is 'What it stands under: indicator, dimension, none';
comment on column measure.group_number is 'Number of the heading, Arabic digits';
comment on column measure.group_name is 'Words of the heading';
comment on column measure.number is 'As printed, Arabic digits; may repeat or be missing';
comment on column measure.title is 'What is to be done';
comment on column measure.responsible is 'Units in charge; a measure counts once in each';
comment on column measure.period_text is 'Period as printed';
comment on column measure.period_start is 'First day (Gregorian)';
comment on column measure.period_end is 'Last day (Gregorian)';
comment on column measure.budget_planned is 'Baht; 0 where the report says no budget is used, null where it says nothing';
comment on column measure.budget_spent is 'Baht; as budget_planned';
comment on column measure.status is 'completed, in_progress, not_started, not_possible, unknown; null for a plan row';
comment on column measure.status_basis is 'What decided it: mark, phrase, percent, inferred (from result text), none';
comment on column measure.place is 'Where in the document';
comment on column measure.evidence is 'The short phrase that decided the status';
comment on column measure.steps is 'Steps; null in the shipped transcripts';
comment on column measure.result is 'Result; null in the shipped transcripts';
comment on column measure.outcome is 'Outcome; null in the shipped transcripts';
comment on column measure.suggestion is 'Suggestion; null in the shipped transcripts';
comment on column measure.refs is 'Codes of questions and items that it names: I10, E1, O12';
comment on column measure.latest is 'True: it counts (of the documents for its agency, year, family and section, the latest round)';
comment on column measure.text_id is 'Its words in measure_text';

create table measure_text(text_id ubigint not null, search varchar not null);
comment on table measure_text is 'The words in which measures are searched for, each text once';
comment on column measure_text.text_id is 'Key: hash of the words';
comment on column measure_text.search is 'Title, heading, codes, units and, where they are at hand, steps, result, outcome and suggestion, in small letters';

create table measure_indicator(measure_id varchar not null, indicator varchar not null, ref varchar, basis varchar not null);
comment on table measure_indicator is 'Indicators that a measure says it is aimed at; never guessed from its wording';
comment on column measure_indicator.measure_id is 'The measure';
comment on column measure_indicator.indicator is 'The indicator, by the rules of the measure''s year';
comment on column measure_indicator.ref is 'The code or heading number that says so';
comment on column measure_indicator.basis is 'code (a question or item code in the measure), item (an open-data item or sub-indicator in its heading), heading (an indicator''s heading)';

create table measure_pair(plan_id varchar not null, result_id varchar not null, similarity double not null, basis varchar not null);
comment on table measure_pair is 'Which result measure reports on which plan measure: by what they say, not by number';
comment on column measure_pair.plan_id is 'The plan measure';
comment on column measure_pair.result_id is 'The result measure';
comment on column measure_pair.similarity is '0-1; 1: equal texts';
comment on column measure_pair.basis is 'document (paired when the document was read), text (equal or alike across documents), group (the two tables count in different grain)';

create table completion(
  agency_id varchar, fiscal_year smallint not null, family varchar, completed_stated integer not null, completed_inferred integer not null,
  in_progress integer not null, not_started integer not null, not_possible integer not null, unknown integer not null,
  plans integer not null, plans_paired integer not null, documents integer not null, source_id varchar, place varchar);
comment on table completion is 'One row an agency, year and family: the measures of the documents that count. The two families are never added up';
comment on column completion.agency_id is 'The agency; null where it is not known';
comment on column completion.fiscal_year is 'Buddhist-era year';
comment on column completion.family is 'ita_measures, action_plan or null';
comment on column completion.completed_stated is 'Results completed by a mark, a phrase or a percentage';
comment on column completion.completed_inferred is 'Results completed, understood from their text';
comment on column completion.in_progress is 'Results';
comment on column completion.not_started is 'Results';
comment on column completion.not_possible is 'Results';
comment on column completion.unknown is 'Results whose report decides nothing; not in the rate';
comment on column completion.plans is 'Plan measures';
comment on column completion.plans_paired is 'Plan measures with a paired result';
comment on column completion.documents is 'Reports of results';
comment on column completion.source_id is 'A report of results; null where there is only a plan';
comment on column completion.place is 'Where its results begin';

create table aimed(
  agency_id varchar not null, fiscal_year smallint not null, indicator varchar, measures integer not null, completed integer not null);
comment on table aimed is 'Reported measures that count by the indicator that they are aimed at; a measure aimed at several counts once in each';
comment on column aimed.agency_id is 'The agency';
comment on column aimed.fiscal_year is 'Buddhist-era year';
comment on column aimed.indicator is '1-10; null: measures that name no indicator';
comment on column aimed.measures is 'Results';
comment on column aimed.completed is 'Completed ones of them';

create table standing(
  agency_id varchar not null, fiscal_year smallint not null, peers_basis varchar not null, peers integer not null, place integer not null,
  median decimal(5, 2) not null);
comment on table standing is 'Where an agency stands among its peers of a year; no row: it has none';
comment on column standing.agency_id is 'The agency';
comment on column standing.fiscal_year is 'Buddhist-era year';
comment on column standing.peers_basis is 'How the peers were found: province, region, nearest';
comment on column standing.peers is 'Peers with a total in that year';
comment on column standing.place is 'Place among the peers and itself, 1 the best; equal totals share a place';
comment on column standing.median is 'Median total of the peers, points';

create table national_completion(
  breakdown varchar not null, fiscal_year smallint not null, family varchar, kind varchar, part_name varchar, words varchar,
  completed_stated integer not null, completed_inferred integer not null, in_progress integer not null, not_started integer not null,
  not_possible integer not null, unknown integer not null, agencies integer not null);
comment on table national_completion is 'Results of all agencies by heading of the report, or by responsible unit (the 50 busiest); a measure of several units counts once in each';
comment on column national_completion.breakdown is 'group, unit';
comment on column national_completion.fiscal_year is 'Buddhist-era year';
comment on column national_completion.family is 'ita_measures, action_plan or null';
comment on column national_completion.kind is 'indicator, dimension, none';
comment on column national_completion.part_name is 'Number of the heading, or the unit; null: none';
comment on column national_completion.words is 'The commonest words of the heading';
comment on column national_completion.completed_stated is 'As in completion';
comment on column national_completion.completed_inferred is 'As in completion';
comment on column national_completion.in_progress is 'As in completion';
comment on column national_completion.not_started is 'As in completion';
comment on column national_completion.not_possible is 'As in completion';
comment on column national_completion.unknown is 'As in completion';
comment on column national_completion.agencies is 'Agencies that have such results';

create table moved(
  fiscal_year smallint not null, span varchar not null, indicator varchar not null, completed boolean not null,
  agencies integer not null, mean double not null, variance double);
comment on table moved is 'How the score of an indicator moved in agencies that completed measures aimed at it and in those that did not, of agencies with a report';
comment on column moved.fiscal_year is 'Buddhist-era year of the measures';
comment on column moved.span is 'same (the change on the year before) or next (the change to the year after)';
comment on column moved.indicator is '1-10';
comment on column moved.completed is 'True: at least one completed measure that year is aimed at the indicator';
comment on column moved.agencies is 'Agencies with both scores';
comment on column moved.mean is 'Mean change in points of the indicator';
comment on column moved.variance is 'Sample variance of the changes; null for one agency';

create table repeated_title(
  text varchar not null, title varchar not null, measures integer not null, agencies integer not null, years integer not null,
  first_year smallint not null, last_year smallint not null);
comment on table repeated_title is 'Titles of twelve letters or more that stand the same, spaces aside, in several agencies or years';
comment on column repeated_title.text is 'The title without spaces';
comment on column repeated_title.title is 'The title as it stands in one of them';
comment on column repeated_title.measures is 'Measures, of plans and results';
comment on column repeated_title.agencies is 'Agencies';
comment on column repeated_title.years is 'Fiscal years';
comment on column repeated_title.first_year is 'Buddhist-era year';
comment on column repeated_title.last_year is 'Buddhist-era year';

create table uniform_report(
  source_id varchar not null, section varchar not null, agency_id varchar, fiscal_year smallint not null, measures integer not null,
  period_text varchar not null, responsible varchar[] not null, place varchar not null);
comment on table uniform_report is 'Plans and results of five measures or more where every row has the same period and the same units';
comment on column uniform_report.source_id is 'The document';
comment on column uniform_report.section is 'plan, result';
comment on column uniform_report.agency_id is 'The agency';
comment on column uniform_report.fiscal_year is 'Buddhist-era year';
comment on column uniform_report.measures is 'Its measures';
comment on column uniform_report.period_text is 'The period of every one';
comment on column uniform_report.responsible is 'The units of every one';
comment on column uniform_report.place is 'Where they begin';

create table benchmark(fiscal_year smallint not null, scope varchar not null, metric varchar not null, value double not null, how_known varchar, source_url varchar, agencies integer);
comment on table benchmark is 'Published means and shares of many agencies, and province averages found among the scores';
comment on column benchmark.fiscal_year is 'Buddhist-era year';
comment on column benchmark.scope is 'all agencies, local governments, or province and its Thai name';
comment on column benchmark.metric is 'mean_total, mean_indicator_3, mean_iit, n_total_85_or_more, share_total_85_or_more, share_passed';
comment on column benchmark.value is 'Points for a mean, percent for a share, agencies for a number';
comment on column benchmark.how_known is 'stated, or derived with its sum';
comment on column benchmark.source_url is 'Who says so';
comment on column benchmark.agencies is 'Number of agencies in the scope, if given';

create table finding(source_id varchar not null, place varchar not null, severity varchar not null, rule varchar not null, message_th varchar not null, message_en varchar not null, raw varchar, read_as varchar);
comment on table finding is 'One row a thing that a reader of the data should know: an oddity, a correction, a contradiction, a value not loaded';
comment on column finding.source_id is 'The document or sheet';
comment on column finding.place is 'Where in it';
comment on column finding.severity is 'error, warning, info';
comment on column finding.rule is 'Which check';
comment on column finding.message_th is 'Sentence in Thai';
comment on column finding.message_en is 'Sentence in English';
comment on column finding.raw is 'What was printed';
comment on column finding.read_as is 'What it was read as';

create table build_input(path varchar not null, bytes bigint not null, sha256 varchar not null);
comment on table build_input is 'Files that this database was made from; it is out of date when one was added, changed or removed';
comment on column build_input.path is 'Path below the data folder, or etl/ and the name for the builder''s own files';
comment on column build_input.bytes is 'Size';
comment on column build_input.sha256 is 'SHA-256 of the file''s bytes';
