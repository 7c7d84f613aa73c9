-- What was noted at the place of one measure.
-- parameter measure: measure_id
-- column severity: error, warning or info
-- column message_th: the sentence; and so in each language that the messages have
-- column message_en: the sentence
select f.severity, columns('message_.*')
from finding f
where f.source_id = split_part($measure, '-', 1) and f.place = (
  select place from measure where source_id = split_part($measure, '-', 1) and measure_id = $measure)
order by f.severity, f.rule
