-- change, assessment, benchmark -> tide: how the nation moved from one year to another. Agencies that are loaded stand for it where they are
-- thirty and half of all; else the means that were published for all agencies; else it is not known. Sums are of whole numbers, rounded once.

create temp macro whole_below(a, b) as a // b - if(a % b < 0, 1, 0);  -- // rounds towards zero
create temp macro signed_hundredths(num, den) as whole_below(200 * num::hugeint + den, 2 * den::hugeint);  -- half up, also below zero

create temp table moved_together as
  select from_year, to_year, part, count(*) as agencies, sum(units(to_score) - units(from_score)) as score_units,
    sum(contribution_units) as contribution_units, any_value(contribution_base) as base,
    if(count(*) >= 30, 1.4826 * mad((to_score - from_score)::double) / sqrt(2), null) as noise
  from change group by all
  union all
  select b.fiscal_year, n.fiscal_year, 'TOTAL', count(*), sum(units(n.total_shown) - units(b.total_shown)), null, null,
    if(count(*) >= 30, 1.4826 * mad((n.total_shown - b.total_shown)::double) / sqrt(2), null)
  from assessment n join assessment b on b.agency_id = n.agency_id and b.fiscal_year = n.fiscal_year - 1
  join rule_year r on r.fiscal_year = n.fiscal_year
  where r.comparable_with_previous and n.comparable and b.comparable and n.total_shown is not null and b.total_shown is not null
  group by all;

create temp table panel as
  with size as (
    select y.fiscal_year, coalesce(max(b.agencies), (select count(*) from agency)) as nation
    from rule_year y left join benchmark b on b.fiscal_year = y.fiscal_year and b.scope = 'all agencies' and b.metric = 'mean_total'
    group by all)
  select from_year, to_year, part, agencies, noise, agencies >= 30 and 2 * agencies >= nation as enough,
    signed_hundredths(score_units, 100 * 100 * agencies) as score_hundredths, contribution_units, base::hugeint * agencies as whole,
    whole_below(100 * contribution_units, whole) as below, 100 * contribution_units - below * whole as rest
  from moved_together join size on size.fiscal_year = to_year;

-- What the parts gave to the total adds up to its change: that of the totals shown where they are of the same agencies.
create temp table parts_of_panel as
  with aim as (
    select p.from_year, p.to_year, sum(p.below) as below, count(*) as parts,
      signed_hundredths(sum(p.contribution_units), any_value(p.whole)) as computed,
      any_value(t.score_hundredths) filter (t.agencies = p.agencies) as shown
    from panel p left join panel t on t.from_year = p.from_year and t.to_year = p.to_year and t.part = 'TOTAL'
    where p.part <> 'TOTAL' group by all),
  aimed as (
    select *, if(abs(shown - computed) <= 1 and shown - below between 0 and parts, shown, computed) as target from aim),
  split as (
    select p.from_year, p.to_year, part, p.agencies, p.enough,
      p.below + if(row_number() over (partition by p.from_year, p.to_year order by p.rest desc, try_cast(part as integer)) <= target - a.below, 1, 0)
        as hundredths
    from panel p join aimed a using (from_year, to_year) where part <> 'TOTAL')
  from split
  union all by name
  select from_year, to_year, 'TOTAL' as part, agencies, enough, target as hundredths
  from aimed join (select distinct from_year, to_year, agencies, enough from panel where part <> 'TOTAL') using (from_year, to_year);

create temp table published_pair as
  select b.fiscal_year as from_year, n.fiscal_year as to_year, if(n.metric = 'mean_total', 'TOTAL', replace(n.metric, 'mean_indicator_', '')) as part,
    round(100 * (n.value - b.value))::bigint as hundredths
  from benchmark n join benchmark b using (scope, metric)
  join rule_year y on y.fiscal_year = n.fiscal_year join rule_year x on x.fiscal_year = b.fiscal_year
  where scope = 'all agencies' and (metric = 'mean_total' or metric like 'mean_indicator_%') and b.fiscal_year < n.fiscal_year and x.segment = y.segment;

create temp table asked as
  select from_year, to_year, part from panel
  union select from_year, to_year, 'TOTAL' from panel
  union select from_year, to_year, part from published_pair where to_year = from_year + 1;

insert into tide
  select from_year, to_year, part,
    case when s.enough then 'panel' when o.hundredths is not null then 'published' else 'few' end as score_basis,
    coalesce(s.agencies, 0),
    from_hundredths(case when s.enough then s.score_hundredths else o.hundredths end), s.noise,
    case when c.enough then 'panel' when part = 'TOTAL' and o.hundredths is not null then 'published' else 'few' end,
    coalesce(c.agencies, 0),
    from_hundredths(case when c.enough then c.hundredths when part = 'TOTAL' then o.hundredths end)
  from asked
  left join panel s using (from_year, to_year, part)
  left join parts_of_panel c using (from_year, to_year, part)
  left join published_pair o using (from_year, to_year, part)
  order by to_year, from_year, part;
