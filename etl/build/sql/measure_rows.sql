-- measure_row -> measure. A row of a document that its file does not name comes without a source.

-- How many rows a CSV has is not known before it is read: left alone, the planner would keep a million of them in memory to look up
-- the few documents, instead of the other way round.
set disabled_optimizers = 'join_order,build_side_probe_side';
insert into measure by name
  select coalesce(d.source_id, '') || '-' || t.section || '-' || t.position::integer as measure_id, s.agency_id, s.fiscal_year,
    coalesce(d.source_id, '') as source_id, t.section, t.position::integer as position, coalesce(t.group_kind, 'none') as group_kind, t.group_number,
    plain(t.group_name) as group_name, plain(t.number) as number, plain(t.title) as title, string_split(plain(t.responsible), ' | ') as responsible,
    plain(t.period_text) as period_text, iso_date(t.period_start) as period_start, iso_date(t.period_end) as period_end,
    baht(t.budget_planned) as budget_planned, baht(t.budget_spent) as budget_spent,
    case when t.section = 'plan' then null else coalesce(status_code(t.status), 'unknown') end as status,
    case when t.section = 'plan' then null else status_rest(status_code(t.status), t.status_basis) end as status_basis,
    t.place, plain(t.evidence) as evidence, plain(t.steps) as steps, plain(t.result) as result, plain(t.outcome) as outcome,
    plain(t.suggestion) as suggestion, string_split(t.refs, ' | ') as refs, listed(t.unsure) as unsure, listed(t.confirmed) as confirmed, s.family as document_family, s.round as document_round, true as latest,
    hash(t.title, t.group_name, t.refs, t.responsible, t.steps, t.result, t.outcome, t.suggestion) as text_id
  from measure_row t left join document d using (file, document) left join source s using (source_id)
  where d.document is null or (d.loaded and d.named);
set disabled_optimizers = '';
