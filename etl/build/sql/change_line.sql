-- change, assessment, score, tide -> change_line: what moved a total, in the rows that the waterfall shows, beside how the nation moved.

insert into change_line
  with pair as (select distinct agency_id, from_year, to_year from change),
  line as (
    select c.agency_id, c.from_year, c.to_year, coalesce(i.position, 1000) as position, if(c.part = 'WEIGHTS', 'weights', 'part') as kind, c.part,
      i.name_th, i.name_en, c.from_score as before, c.to_score as after, c.printed as points, c.printed as change, s.source_id, s.place
    from change c
    left join indicator i on i.fiscal_year = c.to_year and i.indicator = c.part
    left join score s on s.agency_id = c.agency_id and s.fiscal_year = c.to_year and s.indicator = c.part and s.chosen
    union all by name
    select p.*, 0 as position, 'start' as kind, a.total as points
    from pair p join assessment a on a.agency_id = p.agency_id and a.fiscal_year = p.from_year
    union all by name
    select p.*, 9999 as position, 'end' as kind, 'TOTAL' as part, n.total as points, n.total - b.total as change
    from pair p join assessment n on n.agency_id = p.agency_id and n.fiscal_year = p.to_year
    join assessment b on b.agency_id = p.agency_id and b.fiscal_year = p.from_year)
  select l.agency_id, l.from_year, l.to_year, l.position, l.kind, l.part, l.name_th, l.name_en, l.before, l.after, l.points, l.change,
    t.points, t.points_basis, t.points_agencies, l.source_id, l.place
  from line l left join tide t on t.from_year = l.from_year and t.to_year = l.to_year and t.part = l.part
  order by l.agency_id, l.to_year;
