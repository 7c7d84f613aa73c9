-- The name of a local government with its type abbreviated as offices write it: องค์การบริหารส่วนตำบลสตึก -> อบต.สตึก; another name as it is.
create or replace macro short_name(name) as case
  when starts_with(name, 'องค์การบริหารส่วนตำบล') then 'อบต.' || substr(name, length('องค์การบริหารส่วนตำบล') + 1)
  when starts_with(name, 'องค์การบริหารส่วนจังหวัด') then 'อบจ.' || substr(name, length('องค์การบริหารส่วนจังหวัด') + 1)
  when starts_with(name, 'เทศบาลตำบล') then 'ทต.' || substr(name, length('เทศบาลตำบล') + 1)
  when starts_with(name, 'เทศบาลเมือง') then 'ทม.' || substr(name, length('เทศบาลเมือง') + 1)
  when starts_with(name, 'เทศบาลนคร') then 'ทน.' || substr(name, length('เทศบาลนคร') + 1)
  else name end;
