-- What is lacking of a floor: 0 where it is reached, null where floor or score is not known (greatest() would leave the null out).
create or replace macro shortfall(lacking) as if(lacking < 0, 0, lacking);
