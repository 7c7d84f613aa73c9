-- The indicators of a year, to choose from; of all years where it is null, each under its last name.
-- parameter year: Buddhist year; null: all
-- column indicator: 1-10
-- column name_th: name of the indicator
-- column name_en: name of the indicator
select indicator, name_th, name_en from indicator where $year is null or fiscal_year = $year
qualify row_number() over (partition by indicator order by fiscal_year desc) = 1 order by position, indicator
