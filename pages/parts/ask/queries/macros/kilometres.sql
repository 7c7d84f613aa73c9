-- Kilometres between two places on the map, given in degrees, along the surface of a ball of the Earth's mean radius.
create or replace macro kilometres(lat_a, lon_a, lat_b, lon_b) as
  2 * 6371 * asin(sqrt(pow(sin(radians(lat_b - lat_a) / 2), 2)
    + cos(radians(lat_a)) * cos(radians(lat_b)) * pow(sin(radians(lon_b - lon_a) / 2), 2)));
