-- The agency that pages of one agency open on: the one with the most indicator-years, then the latest year, then the lowest id.
-- column agency_id: permanent
select agency_id from score where chosen and try_cast(indicator as integer) is not null
group by agency_id order by count(*) desc, max(fiscal_year) desc, agency_id limit 1
