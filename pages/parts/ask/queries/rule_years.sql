-- The fiscal years whose rules are loaded, ascending.
-- column fiscal_year: Buddhist year
-- column comparable: false where its totals cannot be compared with the year before
select fiscal_year, coalesce(comparable_with_previous, true) as comparable from rule_year order by fiscal_year
