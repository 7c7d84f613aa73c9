-- The pass mark of each year by its rules: the total, and the score of an instrument or indicator, from which an agency is held to pass. An
-- instrument's is the lowest floor that a passing level sets for instruments; where none does, that of the total. A year without rules has none.
create or replace macro pass_marks() as table (
  select fiscal_year, min(min_total)::double as total, coalesce(min(min_instrument), min(min_total))::double as instrument
  from level where passes group by fiscal_year having min(min_total) is not null);
