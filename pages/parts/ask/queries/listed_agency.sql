-- A local government of the register by its permanent id, also one of which nothing is loaded.
-- parameter agency: agency_id
-- column agency_id: permanent
-- column name: full name
-- column district: as in the register
-- column province: as in the register
select agency_id, name, district, province from local_government where agency_id = $agency
