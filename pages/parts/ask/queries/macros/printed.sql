-- A figure as it is printed: half up to two decimals, exactly. Doubles would print 0.555 as 0.55 or 0.56 by accident.
create or replace macro printed(exact) as round(exact::decimal(18, 6), 2)::double;
