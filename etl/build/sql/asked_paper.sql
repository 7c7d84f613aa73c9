-- rule_year, paper, question, score, measure -> asked_paper: the papers of every year of which something is loaded.

insert into asked_paper
  with asked(position, task, months) as (
    values (1, 'measures', null), (2, 'action_plan', null), (3, 'action_report_6', 6), (4, 'action_report_12', 12), (5, 'report', 12)),
  told as (
    select fiscal_year from rule_year union select fiscal_year from score union select fiscal_year from measure where fiscal_year is not null)
  select y.fiscal_year, a.position, a.task, p.code, q.name_th, if(a.months is null, null, make_date(y.fiscal_year - 544, 10, 1)),
    case a.months when 6 then make_date(y.fiscal_year - 543, 3, 31) when 12 then make_date(y.fiscal_year - 543, 9, 30) end, p.due
  from told y cross join asked a
  left join paper p on p.fiscal_year = y.fiscal_year and p.paper = a.task
  left join question q on q.fiscal_year = y.fiscal_year and q.code = p.code
  -- not every year asks for the six months' report
  where p.code is not null or a.task <> 'action_report_6' or not exists (select 1 from paper o where o.fiscal_year = y.fiscal_year)
  order by y.fiscal_year, a.position;
