-- Every table and column of the database and what it means, from the comments of the schema.
-- column table_name: the table
-- column column_name: the column; null: the table itself
-- column data_type: of the column
-- column comment: what it means
select table_name, null as column_name, null as data_type, comment from duckdb_tables() where database_name = 'ita'
union all
select table_name, column_name, data_type, comment from duckdb_columns() where database_name = 'ita' and schema_name = 'main'
order by table_name, column_name nulls first
