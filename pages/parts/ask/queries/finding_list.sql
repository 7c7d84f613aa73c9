-- What a reader of the data should know: findings, the gravest first; of one document, of one agency's documents, or of all.
-- parameter agency: agency_id; null: all
-- parameter source_id: one document; null: all
-- parameter severity: error, warning or info; null: all
-- parameter rule: one check; null: all
-- column severity: error, warning or info
-- column rule: which check
-- column message_th: the sentence; and so in each language that the messages have
-- column message_en: the sentence
-- column raw: what was printed
-- column read_as: what it was read as
-- column source_id: the document
-- column place: where in it
-- column found: how many there are in all, also those beyond the first thousand
select f.severity, f.rule, columns('message_.*'), f.raw, f.read_as, f.source_id, f.place,
       (count(*) over ())::integer as found
from finding f
where ($source_id is null or f.source_id = $source_id) and ($severity is null or f.severity = $severity)
  and ($rule is null or f.rule = $rule)
  and ($agency is null or f.source_id in (select source_id from source where agency_id = $agency
                                          union select source_id from score where agency_id = $agency))
order by case f.severity when 'error' then 1 when 'warning' then 2 else 3 end, f.source_id, f.rule, length(f.place), f.place
limit 1000
