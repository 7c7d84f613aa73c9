-- The checks that found something, the most frequent first.
-- column rule: which check
-- column severity: the gravest of its findings
-- column findings: how many
select rule, min_by(severity, case severity when 'error' then 1 when 'warning' then 2 else 3 end) as severity, count(*)::integer as findings
from finding group by rule order by findings desc, rule
