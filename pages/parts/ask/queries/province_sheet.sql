-- The agencies of a province, a district or a group on one sheet, those that need most first: the worst level, then the most points short
-- of the floors of the next level, then what is missing.
-- parameter agencies: list of agency_id
-- parameter year: Buddhist year
-- column agency_id: permanent
-- column agency_name: full name
-- column agency_type: as in the registry
-- column district: as in the registry
-- column fiscal_year: Buddhist year
-- column total: total shown; null: none is loaded
-- column total_basis: published or computed
-- column level_th: name of its level; null where it cannot be decided
-- column level_en: name of its level
-- column next_th: name of the next better level; null at the best and where there is none
-- column next_en: name of the next better level
-- column iit: instrument score, as published or else computed
-- column eit: instrument score, as published or else computed
-- column oit: instrument score, as published or else computed
-- column short_total: points that the total lacks of the floor of the next level; 0: none; null: not known, or at the best
-- column short_iit: points that IIT lacks of its floor
-- column short_eit: points that EIT lacks of its floor
-- column short_oit: points that OIT lacks of its floor
-- column change: of the total on the year before; null where it has none
-- column tide: how the nation changed in the mean; null: not known, nothing is split off
-- column own: the change less the tide
-- column plans: measures of its plan of the year that are loaded
-- column results: measures of its report of the year that are loaded
-- column copied: measures of the year worded as in another agency
-- column uniform: true where every measure of a document has the same period and units
-- column example_id: the nearest example: of the same type and region, within two points and at the same level the year before, at a better one now
-- column example_name: its full name; null: there is none
-- column example_before: its total the year before
-- column example_total: its total now
-- column source_id: source of the total, or of its first indicator where it is computed
-- column place: where it stands there
with member as (select * from agency where list_contains($agencies, agency_id)),
shown as (
  select s.agency_id, s.total_shown, s.total_basis, l.rank, l.name_th, l.name_en
  from assessment s left join level l on l.fiscal_year = s.fiscal_year and l.level = s.level_shown
  where s.fiscal_year = $year and s.comparable and s.total_shown is not null),
instruments as (
  select agency_id, max(score) filter (instrument = 'IIT') as iit, max(score) filter (instrument = 'EIT') as eit,
         max(score) filter (instrument = 'OIT') as oit
  from (select agency_id, instrument, coalesce(if(published = round(published, 2), published, null), computed, published) as score
        from instrument_score semi join member using (agency_id) where fiscal_year = $year)
  group by agency_id),
work as (
  select agency_id, sum(plans) as plans, sum(completed_stated + completed_inferred + in_progress + not_started + not_possible + unknown) as results
  from completion semi join member using (agency_id) where fiscal_year = $year group by agency_id),
places as (
  select agency_id, arg_min(source_id, indicator <> 'TOTAL') as source_id, arg_min(place, indicator <> 'TOTAL') as place
  from score semi join member using (agency_id) where chosen and fiscal_year = $year group by agency_id),
whole as (
  select m.*, s.total_shown, s.total_basis, s.rank, s.name_th, s.name_en, x.name_th as next_th, x.name_en as next_en, i.iit, i.eit, i.oit,
         shortfall(x.min_total - s.total_shown) as short_total, shortfall(x.min_instrument - i.iit) as short_iit,
         shortfall(x.min_instrument - i.eit) as short_eit, shortfall(x.min_instrument - i.oit) as short_oit
  from member m left join shown s using (agency_id) left join instruments i using (agency_id)
  left join level x on x.fiscal_year = $year and x.rank = s.rank - 1)
select w.agency_id, w.name as agency_name, w.agency_type, w.district, $year::smallint as fiscal_year, w.total_shown::double as total, w.total_basis,
       w.name_th as level_th, w.name_en as level_en, w.next_th, w.next_en, w.iit::double as iit, w.eit::double as eit, w.oit::double as oit,
       w.short_total::double as short_total, w.short_iit::double as short_iit, w.short_eit::double as short_eit, w.short_oit::double as short_oit,
       (w.total_shown - b.total_shown)::double as change, t.score::double as tide, (w.total_shown - b.total_shown - t.score)::double as own,
       coalesce(k.plans, 0)::integer as plans, coalesce(k.results, 0)::integer as results, coalesce(c.measures, 0)::integer as copied,
       w.agency_id in (select agency_id from uniform_report where fiscal_year = $year) as uniform,
       e.example_id, o.name as example_name, f.total_shown::double as example_before, g.total_shown::double as example_total, p.source_id, p.place
from whole w
left join rule_year r on r.fiscal_year = $year
left join assessment b on b.agency_id = w.agency_id and b.fiscal_year = $year - 1 and b.comparable and r.comparable_with_previous
left join tide t on t.part = 'TOTAL' and t.from_year = $year - 1 and t.to_year = $year and w.total_shown is not null and b.total_shown is not null
left join work k on k.agency_id = w.agency_id left join copied c on c.agency_id = w.agency_id and c.fiscal_year = $year
left join nearest_example e on e.agency_id = w.agency_id and e.fiscal_year = $year left join agency o on o.agency_id = e.example_id
left join assessment f on f.agency_id = e.example_id and f.fiscal_year = $year - 1 left join assessment g on g.agency_id = e.example_id and g.fiscal_year = $year
 left join places p on p.agency_id = w.agency_id
order by w.total_shown is null, w.rank desc nulls last,
         coalesce(w.short_total, 0) + coalesce(w.short_iit, 0) + coalesce(w.short_eit, 0) + coalesce(w.short_oit, 0) desc,
         (coalesce(k.plans, 0) = 0)::integer + (coalesce(k.results, 0) = 0)::integer desc, w.name collate th, w.agency_id
