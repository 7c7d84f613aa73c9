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
-- A cell that a spreadsheet would have taken for a formula was written with an apostrophe before it (etl/transcripts/file.py).
create temp macro plain(words) as
  case when starts_with(words, '''') and regexp_matches(words, '^''+[=+\-@\t\r]') then substr(words, 2) else words end;
-- The status that a cell names: its code, or the word of it that a person types (etl/build/schema.sql, measure.status).
create temp macro status_words() as map {'แล้วเสร็จ': 'completed', 'อยู่ระหว่างดำเนินการ': 'in_progress', 'ยังไม่ดำเนินการ': 'not_started',
  'ดำเนินการไม่ได้': 'not_possible', 'ไม่ทราบผล': 'unknown'};
create temp macro status_code(words) as case
  when words in ('completed', 'in_progress', 'not_started', 'not_possible', 'unknown') then words  -- as the product writes it: no map is asked
  else if(list_contains(map_values(status_words()), trim(words)), trim(words), status_words()[trim(words)]) end;
create temp macro status_choices() as array_to_string(map_keys(status_words()) || map_values(status_words()), ', ');
-- What a status rests on; 'none' where nothing is known of it. A decided status that does not say so is not stated by the report: inferred.
create temp macro status_rest(code, basis) as case
  when trim(basis) in ('mark', 'phrase', 'percent', 'inferred') then trim(basis)
  when code in ('completed', 'in_progress', 'not_started', 'not_possible') then 'inferred' else 'none' end;
-- A day as the product writes it: the plain case, without a regular expression.
create temp macro iso_date(words) as
  case when words between '1900-01-01' and '2099-12-31' and words like '____-__-__' then try_cast(words as date) end;
create temp macro gregorian(y, m, d) as try(make_date(if(y::integer >= 2400, y::integer - 543, y::integer), m::integer, d::integer));
create temp macro is_bound(a_day, bound) as if(bound = 'end', a_day = last_day(a_day), day(a_day) = 1);
-- Of two readings of one date the one that begins a month, as a period does, or ends one; null where that tells nothing.
create temp macro of_two(day_first, month_first, bound) as case
  when day_first is null or month_first is null or day_first = month_first then coalesce(day_first, month_first)
  when is_bound(day_first, bound) <> is_bound(month_first, bound) then if(is_bound(day_first, bound), day_first, month_first) end;
create temp macro slashed(words, part) as
  nullif(regexp_extract(trim(words), '^(\d{1,2})[/-](\d{1,2})[/-]((?:19|2[045])\d\d)(?:[ T]0?0:00(?::00)?)?$', part), '');
-- The two readings of a date with slashes. A Buddhist year stands only after day and month, a Gregorian one also after month and day; the
-- rule is that of etl/transcripts/columns.py.
create temp macro day_first(words) as gregorian(slashed(words, 3), slashed(words, 2), slashed(words, 1));
create temp macro month_first(words) as if(slashed(words, 3)::integer >= 2400, null, gregorian(slashed(words, 3), slashed(words, 1), slashed(words, 2)));
-- A day as ISO in another dress: with a Buddhist year, one digit or midnight.
create temp macro other_iso_date(words) as gregorian(
  nullif(regexp_extract(trim(words), '^((?:19|2[045])\d\d)-(\d{1,2})-(\d{1,2})(?:[ T]0?0:00(?::00)?)?$', 1), ''),
  nullif(regexp_extract(trim(words), '^\d{4}-(\d{1,2})-', 1), ''), nullif(regexp_extract(trim(words), '^\d{4}-\d{1,2}-(\d{1,2})', 1), ''));
-- A row of a transcript that needs no second look: a measure whose cells are all what they should be. Anything else is looked at again.
create temp macro is_plain(record, section, position, status, status_basis, place, pair_position, period_start, period_end, budget_planned, budget_spent) as coalesce(
  record = 'measure' and (section = 'plan' or section = 'result') and try_cast(position as integer) is not null and place is not null and pair_position is null
  and (section = 'plan' or status = 'completed' or status = 'in_progress' or status = 'not_started' or status = 'not_possible' or status = 'unknown')
  and (section = 'plan' or status_basis = 'mark' or status_basis = 'phrase' or status_basis = 'percent' or status_basis = 'inferred'
    or (status = 'unknown' and status_basis = 'none'))
  and (period_start is null or iso_date(period_start) is not null) and (period_end is null or iso_date(period_end) is not null)
  and (budget_planned is null or try_cast(budget_planned as decimal(18, 4)) >= 0)
  and (budget_spent is null or try_cast(budget_spent as decimal(18, 4)) >= 0), false);
-- The sentence of a message in one of its languages, by the number of the language.
create temp macro said(message, nth) as coalesce(string_split(message, ' | ')[nth], string_split(message, ' | ')[1]);
-- A list of a transcript: its items are joined by " | ".
create temp macro listed(words) as coalesce(string_split(words, ' | '), []::varchar[]);
