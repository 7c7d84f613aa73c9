-- What no source confirms of the rules of a year; no row where all is confirmed.
-- parameter year: Buddhist year
-- column part: weights, levels, questions
select unnest(unknown) as part from rule_year where fiscal_year = $year
