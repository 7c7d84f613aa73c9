-- Whether all that is loaded is made up.
-- column made_up: true where every document and sheet is marked so
select coalesce(bool_and(synthetic) filter (kind not in ('rules', 'registry')), false) as made_up from source
