-- score, peer_group, peer_member, usual_move -> score_line: the scores of an agency with what the page of weak indicators says beside each,
-- prepared because the papers of a year ask for it at every look.

create temp table ruled_score as
  select s.agency_id, s.fiscal_year, s.indicator, s.score, s.source_id, s.place
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
  select t.*, count(*) filter (whole) over (partition by agency_id) as years, g.peer_group, o.agency_id is not null as is_member, u.noise
  from told t
  left join peer_group g using (agency_id, fiscal_year)
  left join peer_member o using (agency_id, fiscal_year, peer_group)
  left join usual_move u using (agency_id);

create temp table lowest as
  select agency_id, indicator, count(*) filter (whole and score <= third) as times
  from ruled_score join scored_year using (agency_id, fiscal_year) group by all;

insert into score_line
  select s.agency_id, s.fiscal_year, s.indicator, s.score, y.whole, coalesce(m.members - if(y.is_member, 1, 0), 0) as peers,
    round(case
      when peers = 0 then null
      when not y.is_member then if(m.members % 2 = 1, m.amid, (m.below + m.amid) * 0.5)
      when m.members % 2 = 0 then if(s.score <= m.below, m.amid, m.below)
      when s.score <= m.below then (m.amid + m.above) * 0.5
      when s.score <= m.amid then (m.below + m.above) * 0.5
      else (m.below + m.amid) * 0.5 end::decimal(12, 6), 2)::double,
    l.times, y.years, y.noise, s.source_id, s.place
  from ruled_score s join scored_year y using (agency_id, fiscal_year) join lowest l using (agency_id, indicator)
  left join group_middle m on m.fiscal_year = s.fiscal_year and m.peer_group = y.peer_group and m.indicator = s.indicator
  order by s.agency_id, s.fiscal_year;
