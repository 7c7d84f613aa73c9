-- Every table and column of the database and what it means, from the comments of the schema.
-- column table_name: the table
-- column column_name: the column; null: the table itself
-- column data_type: of the column
-- column comment_th: what it means
-- column comment_en: what it means
with described as (
  select table_name, null as column_name, null as data_type, comment from duckdb_tables() where database_name = 'ita'
  union all
  select table_name, column_name, data_type, comment from duckdb_columns() where database_name = 'ita' and schema_name = 'main')
select table_name, column_name, data_type, split_part(comment, ' | ', 1) as comment_th, split_part(comment, ' | ', 2) as comment_en
from described
order by table_name, column_name nulls first
