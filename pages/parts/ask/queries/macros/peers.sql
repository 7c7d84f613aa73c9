-- The agencies to which one agency is compared in a year, never itself, as the build found them (etl/build/sql/standing.sql): same type and
-- province; fewer than five: same type and region; fewer than five again: the twenty nearest by the total of the year before. `basis` says which.
create or replace macro peers(one, in_year) as table (
  select p.agency_id, g.basis from peer_group g join peer_member p on p.fiscal_year = in_year and p.peer_group = g.peer_group
  where g.agency_id = one and g.fiscal_year = in_year and p.agency_id <> one);
