-- Whom to learn from on one indicator: agencies of like kind that stood within five points of this one's score in a year gone by, rose beyond
-- the tide by more than noise, and had not lost half of it a year later. The tide: its distance from the middle of all that are loaded with
-- both years, in their spread, stays as it was. Noise: how far others fell to where it came from, the same move backwards in time; p from the
-- share of falls as large, their upper tenth as exponential (for a new value: Lomax); Benjamini and Hochberg 1995, 5 %. First the agency itself.
-- parameter agency: agency_id
-- parameter year: Buddhist year; nothing later counts
-- parameter indicator: 1-10
-- column agency_id: permanent
-- column agency_name: full name
-- column province: as in the registry
-- column fiscal_year: the year to which it rose; of the agency itself the year asked for
-- column indicator: 1-10
-- column name_th: name of the indicator
-- column name_en: name of the indicator
-- column before: score of the year before; of the agency itself its score
-- column tide: how far it would have moved with the others
-- column own: what it rose beyond that
-- column after: score of the year
-- column later: score a year later; null: not loaded, or after the year asked for
-- column done: completed measures of the year before and of the year that are aimed at the indicator; they come first
-- column mine: true for the agency itself
-- column kin: size (type, region and size class), region (type and region) or type: the narrowest with thirty agencies and years
-- column alike: agencies and years of that kind that stood there and have the year after
-- column fell: falls to where they came from, which show the noise
-- column enough: true where both are thirty or more
-- column risen: agencies that rose and kept it; the first five are listed
-- column first_year: the first year in which one stood there
-- column last_year: the last one
-- column source_id: where the later score comes from
-- column place: where it stands there
with me as materialized (
  select a.agency_id, a.name, a.agency_type, a.province, a.region, l.size, s.score
  from agency a left join local_government l using (agency_id) join score s using (agency_id)
  where a.agency_id = $agency and s.fiscal_year = $year and s.indicator = $indicator and s.chosen and s.comparable),
moved as materialized (
  select agency_id, fiscal_year, before, after, held, after - held as own from moved_score where indicator = $indicator and fiscal_year <= $year),
stood as (select m.* from moved m, me where abs(m.before - me.score) <= 5),
falls as (
  select m.fiscal_year, m.held - m.after as depth
  from moved m join (select fiscal_year, min(held) as low, max(held) as high from stood group by all) s using (fiscal_year)
  where m.after between s.low and s.high),
unit as (select fiscal_year, median(abs(depth)) as unit from falls group by all having count(*) >= 20 and unit > 0),
depths as (select depth / unit as depth from falls join unit using (fiscal_year)),
bend as (select count(*) as n, quantile_cont(depth, 0.9) as bend from depths),
tail as (select any_value(n) as n, any_value(bend) as bend, count(*) as k, avg(depth - bend) as mean from depths, bend where depth > bend),
like_me as (
  select s.*, s.own / u.unit as height, a.name, a.province, a.region = me.region as in_region, a.region = me.region and l.size = me.size as in_size
  from stood s join unit u using (fiscal_year) join agency a using (agency_id) left join local_government l using (agency_id), me
  where s.agency_id <> me.agency_id and a.agency_type = me.agency_type),
kin as materialized (
  select case when count(*) filter (in_size) >= 30 then 'size' when count(*) filter (in_region) >= 30 then 'region' else 'type' end as kin from like_me),
alike as materialized (
  select l.*, count(*) over () as n
  from like_me l, kin where case kin when 'size' then in_size when 'region' then in_region else true end),
tried as (
  select a.*, t.n as fell, if(a.height > t.bend, (t.k + 1) / (t.n + 1) * (1 + (a.height - t.bend) / (t.k * t.mean)) ** -t.k, 1) as p
  from alike a, tail t where a.n >= 30 and t.n >= 30 and t.mean > 0),
ranked as (select *, row_number() over (order by p, agency_id, fiscal_year) as place_of_p from tried),
passed as (
  select r.*, x.after as later
  from ranked r left join moved x on x.agency_id = r.agency_id and x.fiscal_year = r.fiscal_year + 1
  where r.place_of_p <= (select max(place_of_p) from ranked where p <= 0.05 * place_of_p / n) and coalesce(x.own >= -r.own / 2, true)
  qualify row_number() over (partition by r.agency_id order by r.p) = 1),
found as (
  select p.*, count(*) over () as risen, (
    select coalesce(sum(completed), 0) from aimed a
    where a.agency_id = p.agency_id and a.fiscal_year between p.fiscal_year - 1 and p.fiscal_year and a.indicator = $indicator) as done
  from passed p),
listed as (
  select agency_id, name, province, fiscal_year, before, held - before as tide, own, after, later, done, false as mine, risen, p,
         row_number() over (order by done = 0, p, agency_id) as line from found
  union all by name
  select agency_id, name, province, $year as fiscal_year, score as before, true as mine, 0 as line from me),
said as (
  select (select kin from kin) as kin, count(*) as alike, coalesce((select n from bend), 0) as fell, min(fiscal_year) - 1 as first_year, max(fiscal_year) - 1 as last_year from alike)
select l.agency_id, l.name as agency_name, l.province, l.fiscal_year::smallint as fiscal_year, $indicator as indicator, i.name_th, i.name_en,
       l.before::double as before, printed(l.tide) as tide, printed(l.after - l.before - printed(l.tide)::decimal(9, 2)) as own, l.after::double as after,
       l.later::double as later, l.done::integer as done, l.mine, s.kin, s.alike::integer as alike, s.fell::integer as fell,
       s.alike >= 30 and s.fell >= 30 as enough, coalesce((select any_value(risen) from listed), 0)::integer as risen,
       s.first_year::smallint as first_year, s.last_year::smallint as last_year, e.source_id, e.place
from listed l join indicator i on i.fiscal_year = $year and i.indicator = $indicator
left join score e on e.agency_id = l.agency_id and e.fiscal_year = l.fiscal_year and e.indicator = $indicator and e.chosen, said s
where l.line <= 5
order by l.line
