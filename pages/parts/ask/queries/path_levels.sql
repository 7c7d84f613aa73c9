-- The levels of a year, best first, and what each needs.
-- parameter year: Buddhist year
-- column fiscal_year: Buddhist year
-- column level: as printed; its id in the URL is its rank
-- column rank: 1 the best
-- column name_th: of the level
-- column name_en: of the level
-- column min_total: total that it needs; null: no floor
-- column min_instrument: what it needs of every instrument; null: no condition
select fiscal_year, level, rank, name_th, name_en, min_total::double as min_total, min_instrument::double as min_instrument
from level where fiscal_year = $year order by rank
