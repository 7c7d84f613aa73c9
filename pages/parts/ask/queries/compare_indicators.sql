-- The indicators of a year, to choose from.
-- parameter year: Buddhist year
-- column indicator: 1-10
-- column name_th: name of the indicator
-- column name_en: name of the indicator
select indicator, name_th, name_en from indicator where fiscal_year = $year order by position
