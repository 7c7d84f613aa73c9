-- How many agencies stand at each level, by year, best first; those whose level the data do not decide are counted too.
-- parameter agencies: list of agency_id; null: all that are loaded
-- parameter until: last Buddhist year to show; null: all
-- column fiscal_year: Buddhist year
-- column level_scale: letters or five_levels
-- column rank: 1 the best; null: not decided
-- column level_th: name of the level; null: not decided
-- column level_en: name of the level
-- column agencies: at it
-- column all_agencies: of the year, with a total or a level
-- column share: percent of all_agencies, printed
with shown as (
  select s.fiscal_year, l.rank, l.name_th, l.name_en
  from assessment s left join level l on l.fiscal_year = s.fiscal_year and l.level = s.level_shown
  where s.comparable and (s.total_shown is not null or s.level_shown is not null)
    and ($agencies is null or list_contains($agencies, s.agency_id)) and ($until is null or s.fiscal_year <= $until)),
grouped as (select fiscal_year, rank, name_th, name_en, count(*) as n from shown group by all),
counted as (select *, sum(n) over (partition by fiscal_year)::bigint as whole from grouped)
select c.fiscal_year, r.level_scale, c.rank, c.name_th as level_th, c.name_en as level_en, c.n::integer as agencies,
       c.whole::integer as all_agencies, printed((100 * c.n)::decimal(18, 6) / c.whole) as share
from counted c join rule_year r using (fiscal_year)
order by c.fiscal_year, c.rank nulls last
