-- Quantile q of exact values, printed; interpolated between neighbours.
create or replace macro middle(x, q) as round(quantile_cont(x::decimal(12, 6), q), 2)::double;
