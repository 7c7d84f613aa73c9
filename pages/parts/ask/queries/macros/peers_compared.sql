-- The agencies that one agency is compared with in a year, never itself: those listed, or where no list is given its automatic peers.
create or replace macro compared(one, in_year, others) as table (
  select distinct agency_id from (select unnest(others::varchar[]) as agency_id) where agency_id is distinct from one
  union
  select agency_id from peers(one, in_year) where others is null);
