-- Exact arithmetic on whole numbers: DuckDB's avg and / would turn decimals into doubles.
-- The nearest hundredths of num / den (den > 0, num >= 0), half up.
create temp macro hundredths(num, den) as ((200 * num::hugeint + den) // (2 * den))::bigint;
-- Hundredths as a decimal: a product of decimals is exact, a quotient is not.
create temp macro from_hundredths(n) as (n::decimal(16, 0) * 0.01)::decimal(18, 2);
-- A score in whole ten-thousandths of a point.
create temp macro units(score) as (score * 10000)::bigint;
create temp macro arabic_digits(words) as translate(words, '๐๑๒๓๔๕๖๗๘๙', '0123456789');
-- A printed number, a Buddhist year; null where there is none. The plain case first: a regular expression costs ten times as much.
create temp macro number(words) as if(words is null, null, coalesce(
  try_cast(words as decimal(18, 4)),
  try_cast(nullif(regexp_extract(regexp_replace(arabic_digits(words), '[\s,]', '', 'g'), '^(-?\d+(\.\d+)?)%?$', 1), '') as decimal(18, 4))));
-- An amount of money: nobody plans or spends less than nothing.
create temp macro baht(words) as case when number(words) >= 0 then number(words) end;
-- A score as printed: a decimal comma is one ("88,5"); another comma, a blank inside or an exponent ("1e2") is text.
create temp macro has_decimal_comma(words) as contains(words, ',') and regexp_full_match(arabic_digits(trim(words)), '-?\d{1,3},\d{1,2}%?');
create temp macro points(words) as case
  when has_decimal_comma(words) then number(replace(words, ',', '.'))
  when not regexp_matches(words, '[,eE_]|\d\s+[\d๐-๙]') then number(words) end;
create temp macro be_year(words) as if(words is null, null, coalesce(
  case when try_cast(words as smallint) between 2400 and 2599 then try_cast(words as smallint) end,
  try_cast(nullif(regexp_extract(arabic_digits(words), '^\D*(2[45]\d\d)\D*$', 1), '') as smallint)));
create temp macro host(url) as regexp_replace(lower(regexp_extract(url, '^https?://([^/:?#]+)', 1)), '^www\.', '');
-- A cell that a spreadsheet would have taken for a formula was written with an apostrophe before it (etl/transcribe.py).
create temp macro plain(words) as
  case when starts_with(words, '''') and regexp_matches(words, '^''+[=+\-@\t\r]') then substr(words, 2) else words end;
-- A date, ISO or as a spreadsheet writes it: day first with a Buddhist year (1/10/2567), or with a day above 12.
create temp macro gregorian(y, m, d) as try(make_date(if(y > 2400, y - 543, y), m, d));
create temp macro printed_date(words) as if(words is null, null, coalesce(
  case when try_cast(words as date) < date '2400-01-01' then try_cast(words as date) end,
  case when regexp_matches(words, '^\d{4}-\d{1,2}-\d{1,2}\b') then gregorian(
    regexp_extract(words, '^(\d+)', 1)::integer, regexp_extract(words, '-(\d+)-', 1)::integer, regexp_extract(words, '-\d+-(\d+)', 1)::integer) end,
  case when regexp_matches(words, '^\d{1,2}[/-]\d{1,2}[/-](2[45]\d\d|(19|20)\d\d)\b') and (
      regexp_extract(words, '(\d{4})', 1)::integer > 2400 or regexp_extract(words, '^(\d+)', 1)::integer > 12) then gregorian(
    regexp_extract(words, '(\d{4})', 1)::integer, regexp_extract(words, '[/-](\d+)[/-]', 1)::integer, regexp_extract(words, '^(\d+)', 1)::integer) end));
-- A row of a transcript that needs no second look: a measure whose cells are all what they should be. Anything else is looked at again.
create temp macro is_plain(record, section, position, status, place, pair_position, period_start, period_end, budget_planned, budget_spent) as coalesce(
  record = 'measure' and (section = 'plan' or section = 'result') and try_cast(position as integer) is not null and place is not null and pair_position is null
  and (section = 'plan' or status = 'completed' or status = 'in_progress' or status = 'not_started' or status = 'not_possible' or status = 'unknown')
  and (period_start is null or try_cast(period_start as date) is not null) and (period_end is null or try_cast(period_end as date) is not null)
  and (budget_planned is null or try_cast(budget_planned as decimal(18, 4)) >= 0)
  and (budget_spent is null or try_cast(budget_spent as decimal(18, 4)) >= 0), false);
