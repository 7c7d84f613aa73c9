-- What the scores of one agency commonly move from one year to the next, printed; null with fewer than three years. A smaller difference gets
-- no superlative.
create or replace macro noise(one) as (select m.noise from usual_move m where m.agency_id = one);
