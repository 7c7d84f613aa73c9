-- What the scores of one agency commonly move from one year to the next: the median of the absolute changes of all its indicators, printed.
-- Null with fewer than three years: two pairs of years are the least that says anything. A smaller difference gets no superlative.
create or replace macro noise(one) as (
  select if(count(distinct n.fiscal_year) >= 2, middle(abs(n.score - b.score), 0.5), null)
  from indicator_scores(one) n join indicator_scores(one) b on b.indicator = n.indicator and b.fiscal_year = n.fiscal_year - 1);
