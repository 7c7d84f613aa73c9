-- score, indicator, level, peer_group, peer_member, usual_move -> score_line: the indicators of an agency with what pages say beside each,
-- prepared because nearly every page asks for them: to plan a join costs a page more than to read its rows.

create temp table ruled_score as
  select s.agency_id, s.fiscal_year, s.indicator, s.score, s.printed, s.source_id, s.place
  from score s semi join indicator using (fiscal_year, indicator) where s.chosen;

-- The score in the middle of a group without the agency itself comes from the three in the middle of the whole group, as equal scores may
-- stand for each other: comparing each with each would grow with the square of their number.
create temp table group_middle as
  select fiscal_year, peer_group, indicator, len(scores) as members, members // 2 as half, scores[half] as below, scores[half + 1] as amid,
    scores[half + 2] as above
  from (
    select m.fiscal_year, m.peer_group, s.indicator, list(s.score order by s.score) as scores
    from peer_member m join ruled_score s using (agency_id, fiscal_year) group by all);

create temp table scored_year as
  with asked as (select fiscal_year, count(*) as indicators from indicator group by fiscal_year),
  told as (
    select agency_id, fiscal_year, count(*) = any_value(indicators) as whole, min(score, 3)[-1] as third  -- the third lowest: equal scores share a place
    from ruled_score join asked using (fiscal_year) group by agency_id, fiscal_year)
  select t.*, g.peer_group, o.agency_id is not null as is_member
  from told t
  left join peer_group g using (agency_id, fiscal_year)
  left join peer_member o using (agency_id, fiscal_year, peer_group);

-- Every year from the first to the last, so that a line breaks where no source gives a score.
create temp table scored_agency as
  select agency_id, min(fiscal_year) as first, max(fiscal_year) as last, (count(*) filter (whole))::integer as years, any_value(u.noise) as noise
  from scored_year left join usual_move u using (agency_id) group by agency_id;

create temp table lowest as
  select agency_id, indicator, count(*) filter (whole and score <= third) as times
  from ruled_score join scored_year using (agency_id, fiscal_year) group by all;

insert into score_line
  with mark as (
    -- An instrument's is the lowest floor that a passing level sets for instruments; where none does, that of the total.
    select fiscal_year, coalesce(min(min_instrument), min(min_total))::double as mark
    from level where passes group by fiscal_year having min(min_total) is not null)
  select a.agency_id, i.fiscal_year, i.indicator, i.position, i.instrument, i.name_th, i.name_en, i.weight, k.mark, s.score, s.printed,
    b.score as before, coalesce(y.whole, false), if(s.score is null, 0, coalesce(m.members - if(y.is_member, 1, 0), 0)) as peers,
    round(case
      when peers = 0 then null
      when not y.is_member then if(m.members % 2 = 1, m.amid, (m.below + m.amid) * 0.5)
      when m.members % 2 = 0 then if(s.score <= m.below, m.amid, m.below)
      when s.score <= m.below then (m.amid + m.above) * 0.5
      when s.score <= m.amid then (m.below + m.above) * 0.5
      else (m.below + m.amid) * 0.5 end::decimal(12, 6), 2)::double,
    coalesce(l.times, 0), a.years, a.noise, s.source_id, s.place
  from scored_agency a join indicator i on i.fiscal_year between a.first and a.last
  left join mark k using (fiscal_year)
  left join scored_year y on y.agency_id = a.agency_id and y.fiscal_year = i.fiscal_year
  left join ruled_score s on s.agency_id = a.agency_id and s.fiscal_year = i.fiscal_year and s.indicator = i.indicator
  left join ruled_score b on b.agency_id = a.agency_id and b.fiscal_year = i.fiscal_year - 1 and b.indicator = i.indicator
  left join lowest l on l.agency_id = a.agency_id and l.indicator = i.indicator
  left join group_middle m on m.fiscal_year = i.fiscal_year and m.peer_group = y.peer_group and m.indicator = i.indicator
  order by a.agency_id, i.fiscal_year;
