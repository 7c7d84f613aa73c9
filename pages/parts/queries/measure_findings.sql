-- What was noted at the place of one measure.
-- parameter measure: measure_id
-- column severity: error, warning or info
-- column message_th: the sentence
-- column message_en: the sentence
select f.severity, f.message_th, f.message_en
from finding f join (select source_id, place from measure where measure_id = $measure) m using (source_id, place)
order by f.severity, f.rule
