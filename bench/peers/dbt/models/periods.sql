{{ config(materialized='table') }}
select * from read_csv('{{ var("periods") }}', header = true)
