-- measure_row -> measure. A row of a document that its file does not name comes without a source.

-- How many rows a CSV has is not known before it is read: left alone, the planner would keep a million of them in memory to look up
-- the few documents, instead of the other way round.
set disabled_optimizers = 'join_order,build_side_probe_side';
insert into measure
  select coalesce(d.source_id, '') || '-' || t.section || '-' || t.position::integer, s.agency_id, s.fiscal_year, coalesce(d.source_id, ''), t.section,
    t.position::integer, coalesce(t.group_kind, 'none'), t.group_number, plain(t.group_name), plain(t.number), plain(t.title),
    string_split(plain(t.responsible), ' | '), plain(t.period_text), printed_date(t.period_start, 'start'), printed_date(t.period_end, 'end'),
    baht(t.budget_planned), baht(t.budget_spent),
    case when t.section = 'plan' then null else coalesce(status_code(t.status), 'unknown') end,
    case when t.section = 'plan' then null else status_rest(status_code(t.status), t.status_basis) end,
    t.place, plain(t.evidence), plain(t.steps), plain(t.result), plain(t.outcome), plain(t.suggestion), string_split(t.refs, ' | '), true,
    hash(searched(t.title, t.group_name, t.refs, t.responsible, t.steps, t.result, t.outcome, t.suggestion))
  from measure_row t left join document d using (file, document) left join source s using (source_id)
  where d.document is null or (d.loaded and d.named);
set disabled_optimizers = '';
