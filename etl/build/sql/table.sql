-- What every page asks of its agency, and the table of a province of every agency and year: years with data; measures that stand in another
-- agency too, and the nearest example.

insert into copied
  select m.agency_id, m.fiscal_year, count(*)::integer
  from counted_measure m join repeated_title r on r.text = replace(m.title, ' ', '')
  where length(m.title) >= 12 and r.agencies > 1 and m.agency_id is not null and m.fiscal_year is not null
  group by all order by all;

-- The nearest example of an agency in a year: of the same type and region, at the same level the year before and within two points of its
-- total now, at a better level this year; of equals the one of the same province.
insert into nearest_example
  with level_of as (
    select s.agency_id, s.fiscal_year, s.total_shown, l.rank, a.agency_type, a.region, a.province
    from assessment s join level l on l.fiscal_year = s.fiscal_year and l.level = s.level_shown join agency a using (agency_id)
    where s.comparable and s.total_shown is not null),
  climbed as (
    select n.agency_id, n.fiscal_year, n.agency_type, n.region, n.province, b.total_shown as before, x.rank
    from level_of n join assessment b on b.agency_id = n.agency_id and b.fiscal_year = n.fiscal_year - 1
    join level x on x.fiscal_year = n.fiscal_year and x.level = b.level_shown
    where b.total_shown is not null and n.rank < x.rank)
  select m.agency_id, m.fiscal_year, c.agency_id
  from level_of m join climbed c using (fiscal_year, agency_type, region, rank)
  where c.before between m.total_shown - 2 and m.total_shown + 2 and c.agency_id <> m.agency_id
  qualify row_number() over (
    partition by m.agency_id, m.fiscal_year order by abs(c.before - m.total_shown), c.province is distinct from m.province, c.agency_id) = 1
  order by m.agency_id, m.fiscal_year;

insert into reach
  with told as (
    select agency_id, fiscal_year, 'score' as what from score group by all
    union all select agency_id, fiscal_year, 'measure' from measure group by all
    union all select agency_id, fiscal_year, 'total' from assessment where total_shown is not null
    union all select agency_id, fiscal_year, 'shown' from assessment
    union all select agency_id, fiscal_year, 'shown' from completion),
  of_each_and_of_all as (from told where agency_id is not null union all select null, fiscal_year, what from told)
  select agency_id, list_sort(list(distinct fiscal_year) filter (what = 'shown')), max(fiscal_year) filter (what = 'score'),
    max(fiscal_year) filter (what = 'measure'),
    list_filter(range(min(fiscal_year) filter (what = 'total'), max(fiscal_year) filter (what = 'total')),
      lambda year: not list_contains(list(distinct fiscal_year) filter (what = 'total'), year))
  from of_each_and_of_all group by agency_id order by agency_id;
