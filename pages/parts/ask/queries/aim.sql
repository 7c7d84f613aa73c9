-- Was the work of a year aimed where the year before lost points? A row an indicator: points of the total lost the year before, the
-- measures of this year that name it by code, item or heading, and what its score then did.
-- None where the weights of the year before are not known.
-- parameter agency: agency_id
-- parameter year: Buddhist year of the measures
-- column fiscal_year: Buddhist year of the measures
-- column indicator: 1-10
-- column instrument: IIT, EIT or OIT
-- column name_th: name of the indicator
-- column name_en: name of the indicator
-- column lost: points of the total lost the year before: weight x (100 - score)
-- column lost_instrument: lost points of its instrument, rounded once
-- column lost_total: lost points of all indicators, rounded once
-- column measures: reported measures that name the indicator
-- column completed: completed ones of them
-- column all_measures: reported measures of the year
-- column all_completed: completed ones of them
-- column unplaced: reported measures that name no indicator
-- column before: score of the year before
-- column after: score of this year; null where it has none
-- column change: of the score, after less before
-- column points: what its change gave to the total, printed; null where it cannot be taken apart
select fiscal_year, indicator, instrument, name_th, name_en, lost, lost_instrument, lost_total, measures, completed, all_measures, all_completed,
       unplaced, before::double as before, after::double as after, (after - before)::double as change, points::double as points
from aim_line where agency_id = $agency and fiscal_year = $year
order by indicator::integer
