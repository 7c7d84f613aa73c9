-- assessment -> peer_group, peer_member, standing: whom each agency is compared with in a year and where it stands among them, prepared because
-- most pages ask for it. Of same type and province; fewer than five: of same type and region; fewer than five again: the twenty nearest by the
-- total of the year before. An agency without a total of the year has peers too, but is nobody's.

create temp table asker as
  select a.agency_id, y.fiscal_year, s.total_shown, a.agency_type, a.province, a.region, b.total_shown as before,
    if(a.agency_type is null or a.province is null, 0, count(s.total_shown) over (partition by y.fiscal_year, a.agency_type, a.province)
      - if(s.total_shown is null, 0, 1)) as in_province,
    if(a.agency_type is null or a.region is null, 0, count(s.total_shown) over (partition by y.fiscal_year, a.agency_type, a.region)
      - if(s.total_shown is null, 0, 1)) as in_region
  from agency a cross join (select distinct fiscal_year from assessment where total_shown is not null and comparable) y
  left join assessment s on s.agency_id = a.agency_id and s.fiscal_year = y.fiscal_year and s.comparable
  left join assessment b on b.agency_id = a.agency_id and b.fiscal_year = y.fiscal_year - 1 and b.comparable;
create temp table contestant as from asker where total_shown is not null;

-- The twenty nearest stand within twenty places above or below in the order of last year's totals: no agency is compared with all.
create temp table placed as
  select *, members - at_or_above + 1 as from_upward, at_or_above + 1 as from_downward
  from (select *, count(total_shown) over (partition by fiscal_year) as members,
               count(total_shown) over (partition by fiscal_year order by before desc) as at_or_above,
               if(total_shown is null, null, row_number() over (partition by fiscal_year, total_shown is null order by before, agency_id)) as upward,
               if(total_shown is null, null, row_number() over (partition by fiscal_year, total_shown is null order by before desc, agency_id)) as downward
        from asker where before is not null);

create temp table neighbour as
  select agency_id, fiscal_year, 'nearest' as basis, total_shown, peer_total, peer
  from (
    select m.agency_id, m.fiscal_year, m.total_shown, p.total_shown as peer_total, p.agency_id as peer, abs(p.before - m.before) as apart
    from placed m join placed p on p.fiscal_year = m.fiscal_year and p.upward between m.from_upward and m.from_upward + 20
    where m.in_province < 5 and m.in_region < 5 and p.agency_id <> m.agency_id
    union all
    select m.agency_id, m.fiscal_year, m.total_shown, p.total_shown, p.agency_id, abs(p.before - m.before)
    from placed m join placed p on p.fiscal_year = m.fiscal_year and p.downward between m.from_downward and m.from_downward + 19
    where m.in_province < 5 and m.in_region < 5)
  qualify row_number() over (partition by agency_id, fiscal_year order by apart, peer) <= 20;

insert into peer_group
  select agency_id, fiscal_year, if(in_province >= 5, 'province', 'region'), concat_ws(' ', agency_type, if(in_province >= 5, province, region))
  from asker where in_province >= 5 or in_region >= 5
  union all
  select distinct agency_id, fiscal_year, basis, agency_id from neighbour
  order by all;
insert into peer_member
  select fiscal_year, peer_group, agency_id
  from (
    select fiscal_year, concat_ws(' ', agency_type, province) as peer_group, agency_id from contestant where agency_type is not null and province is not null
    union all
    select fiscal_year, concat_ws(' ', agency_type, region), agency_id from contestant where agency_type is not null and region is not null)
  semi join (select distinct fiscal_year, peer_group from peer_group) using (fiscal_year, peer_group)
  union all
  select fiscal_year, agency_id, peer from neighbour
  order by all;

-- Peers of a province or region are all others of it: comparing each with each would grow with the square of their number. Places come
-- from one order of all, and the median of all but oneself from the three totals in the middle of that order.
create temp table ordered as
  select agency_id, fiscal_year, basis, agency_type, area, total_shown, in_province, in_region, count(*) over members as members,
    rank() over (members order by total_shown desc) as place,
    row_number() over (members order by total_shown, agency_id) as upward
  from (
    select *, 'province' as basis, province as area from contestant where agency_type is not null and province is not null
    union all
    select *, 'region', region from contestant where agency_type is not null and region is not null)
  window members as (partition by basis, fiscal_year, agency_type, area);

create temp table middle as
  select basis, fiscal_year, agency_type, area, any_value(members) // 2 as half,
    any_value(total_shown) filter (upward = members // 2) as below,
    any_value(total_shown) filter (upward = members // 2 + 1) as amid,
    any_value(total_shown) filter (upward = members // 2 + 2) as above
  from ordered group by all;

insert into standing
  select agency_id, fiscal_year, basis, count(*), 1 + count(*) filter (peer_total > total_shown), round(quantile_cont(peer_total::decimal(12, 6), 0.5), 2)
  from neighbour where total_shown is not null group by agency_id, fiscal_year, basis
  union all
  select agency_id, fiscal_year, basis, members - 1, place,
    case
      when members % 2 = 0 then if(upward > half, below, amid)
      when upward <= half then round((amid + above) * 0.5, 2)
      when upward = half + 1 then round((below + above) * 0.5, 2)
      else round((below + amid) * 0.5, 2) end
  from ordered join middle using (basis, fiscal_year, agency_type, area)
  where if(basis = 'province', in_province >= 5, in_province < 5 and in_region >= 5)
  order by agency_id, fiscal_year;
