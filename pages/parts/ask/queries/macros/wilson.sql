-- The 95 % interval of a share of k in n, in percent (Wilson 1927).
create or replace macro wilson(k, n, side) as
  100 * (k / n + 3.841458820694124 / (2 * n) + side * 1.959963984540054 * sqrt(k / n * (1 - k / n) / n + 3.841458820694124 / (4 * n * n)))
  / (1 + 3.841458820694124 / n);
