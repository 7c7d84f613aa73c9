-- Every table and view of the database once; the comments are the data dictionary: Thai | English, as messages of findings are.
-- Fiscal years are Buddhist-era (2568 = October 2024 to September 2025). Scores are on 0-100 unless a comment says points.
-- Keys are not declared: an index over a million measures costs more than loading them. etl/build/build.py keeps one row a key, tests/test_build.py proves it.

create table source(
  source_id varchar not null, file_name varchar not null, sha256 varchar, title varchar, kind varchar not null,
  family varchar, agency_id varchar, fiscal_year smallint, round varchar, url varchar, synthetic boolean not null,
  agency_printed varchar[], place_printed varchar);
comment on table source is 'หนึ่งแถวต่อเอกสารหรือตารางคะแนนที่นำเข้า | One row a document or score sheet that was loaded';
comment on column source.source_id is 'กุญแจ: 12 หลักแรกของ sha256 ในเลขฐานสิบหก (ของชื่อเอกสารเมื่อไม่มี sha256) | Key: first 12 hexadecimal digits of sha256 (of the document''s name where a transcript gives no sha256)';
comment on column source.file_name is 'ชื่อไฟล์ของเอกสารหรือตารางคะแนน ไม่รวมโฟลเดอร์ | Name of the document or score sheet, without folder';
comment on column source.sha256 is 'SHA-256 ของไฟล์ ว่างเมื่อผลการอ่านไม่ได้ให้ไว้ | SHA-256 of the file''s bytes; null where a transcript gives none';
comment on column source.title is 'ชื่อเรื่องตามที่พิมพ์ | Title as printed';
comment on column source.kind is 'ชนิดของเอกสาร: plan แผน, result ผล, plan_and_result แผนและผล, action_plan_result ผลตามแผนป้องกันการทุจริต, score_comparison เปรียบเทียบคะแนน, score_sheet ตารางคะแนน, unknown ไม่ทราบ; rules หรือ registry คือไฟล์ข้อเท็จจริงที่มีข้อสังเกต | plan, result, plan_and_result, action_plan_result, score_comparison, score_sheet, unknown; rules or registry for a file of facts that has findings';
comment on column source.family is 'ita_measures (มาตรการที่ตอบผล ITA), action_plan (แผนป้องกันการทุจริตตามมิติ) หรือว่าง | ita_measures (measures that answer an ITA result), action_plan (the anti-corruption plan by dimensions), or null';
comment on column source.agency_id is 'หน่วยงานเจ้าของเอกสาร ว่างเมื่อเป็นตารางของหลายหน่วยงาน | The agency whose document it is; null for a sheet of several agencies';
comment on column source.fiscal_year is 'ปีพุทธศักราชที่เอกสารกล่าวถึง | Buddhist-era year the document is about';
comment on column source.round is 'six_month รอบหกเดือน, annual รอบปี หรือว่าง | six_month, annual or null';
comment on column source.url is 'ที่อยู่ที่เผยแพร่ ถ้าทราบ | Where it was published, if known';
comment on column source.synthetic is 'จริง: ข้อมูลสังเคราะห์ ไม่ใช่ของหน่วยงานจริง | True: made-up data, not a real agency''s';
comment on column source.agency_printed is 'ชื่อหน่วยงานทุกแบบที่พิมพ์ในเอกสาร | The agency''s name in each way the document prints it';
comment on column source.place_printed is 'อำเภอและจังหวัดตามที่พิมพ์ | District and province as printed';

create table agency(agency_id varchar not null, name varchar not null, agency_type varchar, district varchar, province varchar, region varchar, synthetic boolean not null);
comment on table agency is 'หนึ่งแถวต่อหน่วยงาน: ตามทะเบียน และหน่วยงานที่พบในข้อมูลแต่ไม่อยู่ในทะเบียน (รหัส x ตามด้วยเลขฐานสิบหก 8 หลัก) | One row an agency: the registry, and agencies met in the data that the registry lacks (id x + 8 hexadecimal digits)';
comment on column agency.agency_id is 'กุญแจ: รหัสถาวรจากทะเบียน data/agencies.csv | Key: permanent, from the registry data/agencies.csv';
comment on column agency.name is 'ชื่อเต็มภาษาไทย | Full Thai name';
comment on column agency.agency_type is 'ชื่อประเภทภาษาไทย เช่น เทศบาลตำบล | Thai name of the type';
comment on column agency.district is 'อำเภอ ไม่มีคำว่าอำเภอ | District in Thai, without the word';
comment on column agency.province is 'จังหวัด ไม่มีคำว่าจังหวัด | Province in Thai, without the word';
comment on column agency.region is 'ภาคของจังหวัด | Region in Thai, of the province';
comment on column agency.synthetic is 'จริง: รู้จักจากข้อมูลสังเคราะห์เท่านั้น | True: known only from made-up data';

create table agency_alias(agency_id varchar not null, alias varchar not null);
comment on table agency_alias is 'ชื่อที่ใช้ค้นหน่วยงานในเอกสารและตาราง ชื่อเต็มเป็นหนึ่งในนั้น | Names under which an agency is found in documents and sheets; its full name is one of them';
comment on column agency_alias.agency_id is 'หน่วยงาน | The agency';
comment on column agency_alias.alias is 'ชื่อตามที่เขียน | A name as written';

create table province(province_code varchar not null, name_th varchar not null, name_en varchar not null, region varchar not null);
comment on table province is 'จังหวัดทั้ง 77 จังหวัด | The 77 provinces';
comment on column province.province_code is 'เลขสองหลักตาม มอก. 1099 | Two digits, TIS 1099';
comment on column province.name_th is 'ชื่อภาษาไทย | Thai name';
comment on column province.name_en is 'ชื่อภาษาอังกฤษ | English name';
comment on column province.region is 'ภาค | Region in Thai';

create table rule_year(
  fiscal_year smallint not null, comparable_with_previous boolean not null, level_scale varchar, note_th varchar, note_en varchar,
  scored boolean not null, segment smallint, unknown varchar[] not null, certainty varchar, source varchar);
comment on table rule_year is 'หนึ่งแถวต่อปีงบประมาณที่มีไฟล์เกณฑ์ใน data/rules | One row a fiscal year with a rules file in data/rules';
comment on column rule_year.fiscal_year is 'ปีพุทธศักราช | Buddhist-era year';
comment on column rule_year.comparable_with_previous is 'จริง: คะแนนรวมของปีนี้เทียบกับปีก่อนได้ | True: totals of this year may be compared with the year before';
comment on column rule_year.level_scale is 'ชื่อชุดระดับ (letters ตัวอักษร, five_levels ห้าระดับ) ว่างเมื่อปีนั้นไม่มีระดับ ปีที่ชุดต่างจากปีก่อนจะมีเส้นแบ่งในแนวโน้ม | Name of the scale of levels (letters, five_levels); null: the year has no levels. A year whose scale differs from the year before marks a break on trends';
comment on column rule_year.note_th is 'สิ่งที่เปลี่ยนจากปีก่อน ภาษาไทย | What changed on the year before, Thai';
comment on column rule_year.note_en is 'สิ่งที่เปลี่ยนจากปีก่อน ภาษาอังกฤษ | What changed on the year before, English';
comment on column rule_year.scored is 'เท็จ: ใช้มาตรวัดอื่น (ไม่มีแบบวัด) คะแนนรวมไม่อยู่ในแนวโน้ม ค่าเฉลี่ย และการเปลี่ยนแปลงใด | False: another scoring scale (no instruments); its totals stay out of every trend, mean and change';
comment on column rule_year.segment is 'ปีที่มีเลขเดียวกันเทียบกันได้ ว่างเมื่อ scored เป็นเท็จ | Years with the same number may be compared with each other; null where scored is false';
comment on column rule_year.unknown is 'สิ่งที่ไม่มีแหล่งใดยืนยันสำหรับปีนั้น: weights น้ำหนัก, levels ระดับ, questions เลขข้อ; ไม่คำนวณสิ่งใดจากสิ่งเหล่านี้ คะแนนที่ประกาศแสดงตามที่ประกาศ | What no source confirms for the year: weights, levels, questions; nothing is computed from these, and what is published is shown as published';
comment on column rule_year.certainty is 'รู้ว่าเทียบได้จากอะไร: stated มีผู้ระบุ, derived คำนวณได้, memory จากความจำ | How the comparability is known: stated, derived, memory';
comment on column rule_year.source is 'แหล่งที่ระบุ | Who says so';

create table instrument(fiscal_year smallint not null, instrument varchar not null, name_th varchar, name_en varchar, weight decimal(5,4), certainty varchar, source varchar);
comment on table instrument is 'แบบวัดของปีงบประมาณ คะแนนรวมคือผลรวมของน้ำหนัก x คะแนนแบบวัด | Instruments of a fiscal year; the total is the sum of weight x instrument score';
comment on column instrument.fiscal_year is 'ปีพุทธศักราช | Buddhist-era year';
comment on column instrument.instrument is 'แบบวัด: IIT, EIT, OIT | IIT, EIT, OIT';
comment on column instrument.name_th is 'ชื่อภาษาไทย | Thai name';
comment on column instrument.name_en is 'ชื่อภาษาอังกฤษ | English name';
comment on column instrument.weight is 'ส่วนของคะแนนรวม 0–1 รวมทั้งปีเท่ากับ 1 ว่าง: ไม่ทราบน้ำหนักของปีนั้น | Share of the total, 0-1; the weights of a year add up to 1; null: the year''s weights are unknown';
comment on column instrument.certainty is 'รู้น้ำหนักจากอะไร: stated มีผู้ระบุ, derived คำนวณได้, memory จากความจำ | How the weight is known: stated, derived, memory';
comment on column instrument.source is 'แหล่งที่ระบุ | Who says so';

create table indicator(
  fiscal_year smallint not null, indicator varchar not null, instrument varchar not null, name_th varchar, name_en varchar, weight double,
  weight_units bigint, weight_base bigint not null, position smallint not null, certainty varchar, source varchar);
comment on table indicator is 'ตัวชี้วัดของปีงบประมาณ คะแนนแบบวัดคือค่าเฉลี่ยของตัวชี้วัด | Indicators of a fiscal year; an instrument score is the simple mean of its indicators';
comment on column indicator.fiscal_year is 'ปีพุทธศักราช | Buddhist-era year';
comment on column indicator.indicator is 'ตัวชี้วัดที่ 1–10 | 1-10';
comment on column indicator.instrument is 'แบบวัดที่ตัวชี้วัดนี้สังกัด | The instrument that it belongs to';
comment on column indicator.name_th is 'ชื่อทางการภาษาไทย | Official Thai name';
comment on column indicator.name_en is 'ชื่อภาษาอังกฤษอย่างง่าย | Plain English name';
comment on column indicator.weight is 'คะแนนรวมต่อหนึ่งคะแนนของตัวชี้วัด ค่าแม่นตรงคือ weight_units / weight_base ว่าง: ไม่ทราบน้ำหนักของปีนั้น | Points of the total for one point of the indicator; the exact value is weight_units / weight_base; null: the year''s weights are unknown';
comment on column indicator.weight_units is 'น้ำหนักแม่นตรง: จำนวนหน่วยของ 1 / weight_base ว่าง: ไม่ทราบ | Exact weight: units of 1 / weight_base; null: unknown';
comment on column indicator.weight_base is 'เท่ากันทุกปี เพื่อให้ผลรวมข้ามปีเป็นจำนวนเต็ม | The same for every year, so that sums across years stay whole numbers';
comment on column indicator.position is 'ลำดับที่พิมพ์ 1 คือแรก | Order of print, 1 first';
comment on column indicator.certainty is 'รู้จากอะไร: stated มีผู้ระบุ, derived คำนวณได้, memory จากความจำ | How it is known: stated, derived, memory';
comment on column indicator.source is 'แหล่งที่ระบุ | Who says so';

create table question(fiscal_year smallint not null, code varchar not null, indicator varchar, sub_indicator varchar, name_th varchar, certainty varchar, source varchar);
comment on table question is 'ข้อคำถาม (I, E) และข้อเปิดเผยข้อมูล (O) ของปีงบประมาณ รหัสเดียวกันต่างปีมีความหมายต่างกัน | Questions (I, E) and open-data items (O) of a fiscal year. A code means different things in different years';
comment on column question.fiscal_year is 'ปีพุทธศักราช | Buddhist-era year';
comment on column question.code is 'รหัส เช่น I10, E1, O12 | I10, E1, O12';
comment on column question.indicator is 'ตัวชี้วัดที่ข้อนี้นับให้ ว่างเมื่อไม่มีแหล่งใดบอก | The indicator that it counts towards; null where no source gives it';
comment on column question.sub_indicator is 'ตัวชี้วัดย่อยที่ข้อนี้อยู่ เช่น 9.1 ว่างเมื่อไม่ทราบ | The sub-indicator that it belongs to, as 9.1; null where not known';
comment on column question.name_th is 'สิ่งที่ข้อนี้ถามโดยย่อ ว่างเมื่อไม่ทราบ | What the item asks for, in Thai, short; null where not known';
comment on column question.certainty is 'รู้จากอะไร: stated มีผู้ระบุ, derived คำนวณได้, memory จากความจำ | How it is known: stated, derived, memory';
comment on column question.source is 'แหล่งที่ระบุ | Who says so';

create table sub_indicator(
  fiscal_year smallint not null, sub_indicator varchar not null, indicator varchar not null, name_th varchar, name_en varchar, certainty varchar, source varchar);
comment on table sub_indicator is 'ตัวชี้วัดย่อยของปีงบประมาณ ข้อที่อยู่ในแต่ละตัวอยู่ในตาราง question | Sub-indicators of a fiscal year; their items are in the table question';
comment on column sub_indicator.fiscal_year is 'ปีพุทธศักราช | Buddhist-era year';
comment on column sub_indicator.sub_indicator is 'เช่น 9.1 | As 9.1';
comment on column sub_indicator.indicator is 'ตัวชี้วัดที่สังกัด | The indicator that it belongs to';
comment on column sub_indicator.name_th is 'ชื่อภาษาไทย | Thai name';
comment on column sub_indicator.name_en is 'ชื่อภาษาอังกฤษอย่างง่าย | Plain English name';
comment on column sub_indicator.certainty is 'รู้ชื่อและข้อที่สังกัดจากอะไร: stated มีผู้ระบุ, derived คำนวณได้, memory จากความจำ | How its name and items are known: stated, derived, memory';
comment on column sub_indicator.source is 'แหล่งที่ระบุ | Who says so';

create table level(
  fiscal_year smallint not null, level varchar not null, rank smallint not null, name_th varchar, name_en varchar,
  min_total decimal(5,2), min_instrument decimal(5,2), passes boolean not null, certainty varchar, source varchar);
comment on table level is 'ระดับของปีงบประมาณ ตรวจตาม rank: ระดับแรกที่ถึงเกณฑ์ทุกข้อ เทียบกับค่าที่ปัดสองตำแหน่ง | Levels of a fiscal year, tried in the order of rank: the first whose floors are all reached, compared with values rounded to two decimals';
comment on column level.fiscal_year is 'ปีพุทธศักราช | Buddhist-era year';
comment on column level.level is 'คำหรืออักษรตามที่พิมพ์ | The printed word or letter';
comment on column level.rank is '1 คือดีที่สุด | 1 is the best';
comment on column level.name_th is 'ชื่อภาษาไทย | Thai name';
comment on column level.name_en is 'ชื่อภาษาอังกฤษ | English name';
comment on column level.min_total is 'เกณฑ์ขั้นต่ำของคะแนนรวม ว่าง: ไม่มีเกณฑ์ | Floor of the total; null: no floor';
comment on column level.min_instrument is 'เกณฑ์ขั้นต่ำที่ทุกแบบวัดต้องถึง เต็ม 100 ว่าง: ไม่มีเกณฑ์ | Floor that each instrument must reach, on 0-100; null: no floor';
comment on column level.passes is 'จริง: ระดับนี้ถือว่าผ่าน เกณฑ์ผ่านของปีคือเกณฑ์ที่ต่ำสุดของระดับเหล่านี้ | True: an agency at this level has passed; the pass mark of the year is the lowest floor of these levels';
comment on column level.certainty is 'รู้จากอะไร: stated มีผู้ระบุ, derived คำนวณได้, memory จากความจำ | How it is known: stated, derived, memory';
comment on column level.source is 'แหล่งที่ระบุ | Who says so';

create table score(
  agency_id varchar not null, fiscal_year smallint not null, indicator varchar not null, score decimal(9,4) not null,
  printed varchar, max smallint not null, stated_change decimal(9,4), chosen boolean not null, comparable boolean not null,
  authority smallint not null, source_id varchar not null, place varchar not null, url varchar);
comment on table score is 'หนึ่งแถวต่อคะแนนที่พิมพ์: ทุกหน่วยงาน ปี ตัวชี้วัด และแหล่งข้อมูล | One row a printed score: every agency, year, indicator and source';
comment on column score.agency_id is 'หน่วยงาน | The agency';
comment on column score.fiscal_year is 'ปีพุทธศักราชของคะแนน | Buddhist-era year of the score';
comment on column score.indicator is '1–10, IIT, EIT, OIT, TOTAL คะแนนรวม | 1-10, IIT, EIT, OIT, TOTAL';
comment on column score.score is 'เต็ม 100: printed / max x 100 | On 0-100: printed / max x 100';
comment on column score.printed is 'ตามที่พิมพ์ | As printed';
comment on column score.max is 'คะแนนเต็มของค่าที่พิมพ์: 100 หรือคะแนนถ่วงน้ำหนักของแบบวัด (30, 40) | What the printed value is out of: 100, or an instrument''s points (30, 40)';
comment on column score.stated_change is 'การเปลี่ยนแปลงจากปีก่อนตามที่พิมพ์ข้างคะแนน | Change on the year before as printed beside the score';
comment on column score.chosen is 'จริงหนึ่งแถวต่อหน่วยงาน ปี และตัวชี้วัด: แหล่งที่น่าเชื่อถือที่สุด แล้วจึงแหล่งที่ใหม่กว่า | True for one row of each agency, year and indicator: the best authority, then the newer source';
comment on column score.comparable is 'เท็จ: ปีนั้นใช้มาตรวัดอื่นหรือไม่มีเกณฑ์ ไม่อยู่ในแนวโน้ม ค่าเฉลี่ย และการเปลี่ยนแปลงใด | False: the year used another scale or has no rules; never in a trend, mean or change';
comment on column score.authority is '1 ป.ป.ช., 2 รายงานหรือเว็บไซต์ของหน่วยงาน, 3 สื่อและอื่น ๆ | 1 NACC, 2 the agency''s own report or site, 3 press and others';
comment on column score.source_id is 'เอกสารหรือตาราง | The document or sheet';
comment on column score.place is 'ตำแหน่งในเอกสาร | Where in it';
comment on column score.url is 'ที่อยู่ที่เผยแพร่ค่านี้ ถ้าตารางบอกไว้ | Where the value was published, if the sheet says so';

create table stated_level(
  agency_id varchar not null, fiscal_year smallint not null, level varchar, printed varchar, chosen boolean not null,
  authority smallint not null, source_id varchar not null, place varchar not null, url varchar);
comment on table stated_level is 'หนึ่งแถวต่อระดับที่พิมพ์ | One row a printed level';
comment on column stated_level.agency_id is 'หน่วยงาน | The agency';
comment on column stated_level.fiscal_year is 'ปีพุทธศักราชของระดับ | Buddhist-era year of the level';
comment on column stated_level.level is 'ระดับของปีนั้นตามคำที่พิมพ์ ว่าง: ไม่ตรงกับระดับใดของปีนั้น | The level of that year that the printed word names; null: none of that year''s';
comment on column stated_level.printed is 'ตามที่พิมพ์ | As printed';
comment on column stated_level.chosen is 'จริงหนึ่งแถวต่อหน่วยงานและปี | True for one row of each agency and year';
comment on column stated_level.authority is '1 ป.ป.ช., 2 รายงานหรือเว็บไซต์ของหน่วยงาน, 3 สื่อและอื่น ๆ | 1 NACC, 2 the agency''s own report or site, 3 press and others';
comment on column stated_level.source_id is 'เอกสารหรือตาราง | The document or sheet';
comment on column stated_level.place is 'ตำแหน่งในเอกสาร | Where in it';
comment on column stated_level.url is 'ที่อยู่ที่เผยแพร่ ถ้าตารางบอกไว้ | Where it was published, if the sheet says so';

create table instrument_score(
  agency_id varchar not null, fiscal_year smallint not null, instrument varchar not null, computed decimal(5,2), published decimal(9,4));
comment on table instrument_score is 'คะแนนแบบวัดของหน่วยงานและปี ที่คำนวณและที่ประกาศเคียงกัน | Instruments of an agency and year, computed and published side by side';
comment on column instrument_score.agency_id is 'หน่วยงาน | The agency';
comment on column instrument_score.fiscal_year is 'ปีพุทธศักราช | Buddhist-era year';
comment on column instrument_score.instrument is 'แบบวัด: IIT, EIT, OIT | IIT, EIT, OIT';
comment on column instrument_score.computed is 'ค่าเฉลี่ยของตัวชี้วัด ปัดครึ่งขึ้นครั้งเดียว ว่างเมื่อขาดตัวใด | Mean of its indicators, rounded half up once; null where one is missing';
comment on column instrument_score.published is 'ตามที่ประกาศ เต็ม 100 ว่างเมื่อไม่ได้ประกาศ | As published, on 0-100; null where not published';

create table assessment(
  agency_id varchar not null, fiscal_year smallint not null, iit decimal(5,2), eit decimal(5,2), oit decimal(5,2), total decimal(5,2), level varchar,
  published_total decimal(5,2), published_level varchar, complete boolean not null,
  total_shown decimal(5,2), total_basis varchar, level_shown varchar, level_basis varchar, comparable boolean not null);
comment on table assessment is 'หนึ่งแถวต่อหน่วยงานและปี: ค่าที่คำนวณและที่ประกาศเคียงกัน | One row an agency and year: computed and published values side by side';
comment on column assessment.agency_id is 'หน่วยงาน | The agency';
comment on column assessment.fiscal_year is 'ปีพุทธศักราช | Buddhist-era year';
comment on column assessment.iit is 'คำนวณ: ค่าเฉลี่ยของตัวชี้วัด ปัดครึ่งขึ้นครั้งเดียวสองตำแหน่ง ว่างเมื่อขาดตัวใด | Computed: mean of its indicators, rounded half up once to two decimals; null where one is missing';
comment on column assessment.eit is 'เช่นเดียวกับ iit | As iit';
comment on column assessment.oit is 'เช่นเดียวกับ iit | As iit';
comment on column assessment.total is 'คำนวณจากแบบวัดที่ยังไม่ปัด ปัดครึ่งขึ้นครั้งเดียว ว่างเมื่อไม่ครบ | Computed from the unrounded instruments, rounded half up once; null unless complete';
comment on column assessment.level is 'ตามเกณฑ์ของปีจากคะแนนรวมที่แสดงและแบบวัด ว่างเมื่อตัดสินไม่ได้ | By the year''s rule from the total shown and its instruments; null where these do not decide it';
comment on column assessment.published_total is 'คะแนนรวมที่ประกาศและเลือกใช้ | The chosen published total';
comment on column assessment.published_level is 'ระดับที่ประกาศและเลือกใช้ ตามชื่อของปีนั้น | The chosen published level, as the year names it';
comment on column assessment.complete is 'จริง: มีตัวชี้วัดครบทุกตัวของปี และทราบน้ำหนักของปี | True: every indicator of the year is there and the year''s weights are known';
comment on column assessment.total_shown is 'คะแนนรวมที่ประกาศ หากไม่มีใช้ที่คำนวณ | The published total, else the computed one';
comment on column assessment.total_basis is 'published ประกาศ, computed คำนวณ; ว่าง: ไม่มีคะแนนรวม | published, computed; null: no total';
comment on column assessment.level_shown is 'ระดับที่ประกาศ หากไม่มีใช้ level | The published level, else level';
comment on column assessment.level_basis is 'published ประกาศ, computed คำนวณ; ว่าง: ไม่มีระดับ | published, computed; null: no level';
comment on column assessment.comparable is 'เท็จ: ปีนั้นใช้มาตรวัดอื่นหรือไม่มีเกณฑ์ ไม่อยู่ในแนวโน้ม ค่าเฉลี่ย และการเปลี่ยนแปลงใด | False: the year used another scale or has no rules; never in a trend, mean or change';

create table change(
  agency_id varchar not null, from_year smallint not null, to_year smallint not null, part varchar not null,
  from_score decimal(9,4), to_score decimal(9,4), contribution_units bigint not null, contribution_base bigint not null,
  contribution decimal(18,10) not null, printed decimal(6,2) not null);
comment on table change is 'การเปลี่ยนแปลงของคะแนนรวมที่คำนวณระหว่างสองปีติดกันที่เทียบกันได้ของหน่วยงาน แยกเป็นส่วน แยกเฉพาะคะแนนรวมที่คำนวณ | The change of the computed total between two neighbouring computed, comparable years of an agency, in parts; only computed totals are taken apart';
comment on column change.agency_id is 'หน่วยงาน | The agency';
comment on column change.from_year is 'ปีก่อน | The earlier year';
comment on column change.to_year is 'ปีหลัง | The later year';
comment on column change.part is 'ตัวชี้วัด หรือ WEIGHTS: ผลของน้ำหนักที่เปลี่ยน (มีแถวเมื่อเปลี่ยนเท่านั้น) | An indicator, or WEIGHTS: the effect of changed weights (a row only where they changed)';
comment on column change.from_score is 'คะแนนใน from_year ว่างเมื่อเป็น WEIGHTS หรือปีนั้นไม่มีตัวชี้วัดนี้ | Score in from_year; null for WEIGHTS or an indicator that year did not have';
comment on column change.to_score is 'คะแนนใน to_year ว่างเมื่อเป็น WEIGHTS หรือปีนั้นไม่มีตัวชี้วัดนี้ | Score in to_year; null for WEIGHTS or an indicator that year does not have';
comment on column change.contribution_units is 'ผลต่อคะแนนรวมแม่นตรง: contribution_units / contribution_base | Exact contribution in points of the total: contribution_units / contribution_base';
comment on column change.contribution_base is 'เท่ากันทุกแถว | The same for every row';
comment on column change.contribution is 'contribution_units / contribution_base ทศนิยมสิบตำแหน่ง | contribution_units / contribution_base to ten decimals';
comment on column change.printed is 'สองตำแหน่งโดยวิธีเศษเหลือมากที่สุด: ส่วนทั้งหมดรวมกันเท่ากับผลต่างของคะแนนรวมที่พิมพ์ | Two decimals by largest remainder: the parts of a pair add up to the difference of its printed totals';

create table measure(
  measure_id varchar not null, agency_id varchar, fiscal_year smallint, source_id varchar not null, section varchar not null,
  position integer not null, group_kind varchar, group_number varchar, group_name varchar, number varchar, title varchar,
  responsible varchar[], period_text varchar, period_start date, period_end date,
  budget_planned decimal(18,2), budget_spent decimal(18,2), status varchar, status_basis varchar, place varchar not null,
  evidence varchar, steps varchar, result varchar, outcome varchar, suggestion varchar, refs varchar[],
  latest boolean not null, text_id ubigint not null);
comment on table measure is 'หนึ่งแถวต่อมาตรการในตารางแผนหรือผล | One row a measure of a plan or a result table';
comment on column measure.measure_id is 'กุญแจ: source_id-section-position | Key: source_id-section-position';
comment on column measure.agency_id is 'หน่วยงานของเอกสาร ว่างเมื่อไม่ทราบ | The document''s agency; null where it is not known';
comment on column measure.fiscal_year is 'ปีพุทธศักราชของเอกสาร | The document''s Buddhist-era year';
comment on column measure.source_id is 'เอกสาร | The document';
comment on column measure.section is 'plan แผน, result ผล | plan, result';
comment on column measure.position is 'ลำดับในส่วนของเอกสาร 1 คือแรก ใช้ระบุมาตรการ | Order in the document within the section, 1 first; identifies the measure';
comment on column measure.group_kind is 'อยู่ใต้หัวข้อชนิดใด: indicator ตัวชี้วัด, dimension มิติ, none ไม่มี | What it stands under: indicator, dimension, none';
comment on column measure.group_number is 'เลขหัวข้อ เป็นเลขอารบิก | Number of the heading, Arabic digits';
comment on column measure.group_name is 'ข้อความหัวข้อ | Words of the heading';
comment on column measure.number is 'เลขที่ตามที่พิมพ์ เป็นเลขอารบิก อาจซ้ำหรือขาด | As printed, Arabic digits; may repeat or be missing';
comment on column measure.title is 'สิ่งที่จะทำ | What is to be done';
comment on column measure.responsible is 'หน่วยที่รับผิดชอบ มาตรการนับหนึ่งครั้งในแต่ละหน่วย | Units in charge; a measure counts once in each';
comment on column measure.period_text is 'ระยะเวลาตามที่พิมพ์ | Period as printed';
comment on column measure.period_start is 'วันแรก (คริสต์ศักราช) | First day (Gregorian)';
comment on column measure.period_end is 'วันสุดท้าย (คริสต์ศักราช) | Last day (Gregorian)';
comment on column measure.budget_planned is 'บาท; 0 เมื่อรายงานว่าไม่ใช้งบประมาณ ว่างเมื่อไม่ได้บอก | Baht; 0 where the report says no budget is used, null where it says nothing';
comment on column measure.budget_spent is 'บาท; เช่นเดียวกับ budget_planned | Baht; as budget_planned';
comment on column measure.status is 'completed แล้วเสร็จ, in_progress อยู่ระหว่างดำเนินการ, not_started ยังไม่ดำเนินการ, not_possible ดำเนินการไม่ได้, unknown ไม่ทราบผล; ว่างสำหรับแถวของแผน | completed, in_progress, not_started, not_possible, unknown; null for a plan row';
comment on column measure.status_basis is 'ตัดสินจาก: mark เครื่องหมาย, phrase ข้อความ, percent ร้อยละ, inferred อนุมานจากข้อความผล, none ไม่มี | What decided it: mark, phrase, percent, inferred (from result text), none';
comment on column measure.place is 'ตำแหน่งในเอกสารนั้น | Where in the document';
comment on column measure.evidence is 'ข้อความสั้นที่ตัดสินสถานะ | The short phrase that decided the status';
comment on column measure.steps is 'ขั้นตอน ว่างในผลการอ่านที่แจกไป | Steps; null in the shipped transcripts';
comment on column measure.result is 'ผลการดำเนินการ ว่างในผลการอ่านที่แจกไป | Result; null in the shipped transcripts';
comment on column measure.outcome is 'ผลลัพธ์ ว่างในผลการอ่านที่แจกไป | Outcome; null in the shipped transcripts';
comment on column measure.suggestion is 'ข้อเสนอแนะ ว่างในผลการอ่านที่แจกไป | Suggestion; null in the shipped transcripts';
comment on column measure.refs is 'รหัสข้อคำถามและข้อเปิดเผยข้อมูลที่ระบุ: I10, E1, O12 | Codes of questions and items that it names: I10, E1, O12';
comment on column measure.latest is 'จริง: นับแถวนี้ (ของเอกสารของหน่วยงาน ปี ชุดมาตรการ และส่วนเดียวกัน ใช้รอบล่าสุด) | True: it counts (of the documents for its agency, year, family and section, the latest round)';
comment on column measure.text_id is 'ข้อความของมาตรการใน measure_text | Its words in measure_text';

create table measure_text(text_id ubigint not null, search varchar not null);
comment on table measure_text is 'ข้อความที่ใช้ค้นหามาตรการ ข้อความละหนึ่งแถว | The words in which measures are searched for, each text once';
comment on column measure_text.text_id is 'กุญแจ: ค่าแฮชของข้อความ | Key: hash of the words';
comment on column measure_text.search is 'ชื่อเรื่อง หัวข้อ รหัส หน่วย และขั้นตอน ผล ผลลัพธ์ ข้อเสนอแนะเมื่อมี เป็นตัวพิมพ์เล็ก | Title, heading, codes, units and, where they are at hand, steps, result, outcome and suggestion, in small letters';

create table measure_indicator(measure_id varchar not null, indicator varchar not null, ref varchar, basis varchar not null);
comment on table measure_indicator is 'ตัวชี้วัดที่มาตรการระบุว่ามุ่งไป ไม่เดาจากถ้อยคำ | Indicators that a measure says it is aimed at; never guessed from its wording';
comment on column measure_indicator.measure_id is 'มาตรการ | The measure';
comment on column measure_indicator.indicator is 'ตัวชี้วัด ตามเกณฑ์ของปีของมาตรการ | The indicator, by the rules of the measure''s year';
comment on column measure_indicator.ref is 'รหัสหรือเลขหัวข้อที่ระบุ | The code or heading number that says so';
comment on column measure_indicator.basis is 'code (รหัสข้อในมาตรการ), item (ข้อเปิดเผยข้อมูลหรือตัวชี้วัดย่อยในหัวข้อ), heading (หัวข้อตัวชี้วัด) | code (a question or item code in the measure), item (an open-data item or sub-indicator in its heading), heading (an indicator''s heading)';

create table measure_pair(plan_id varchar not null, result_id varchar not null, similarity double not null, basis varchar not null);
comment on table measure_pair is 'มาตรการผลใดรายงานมาตรการแผนใด ดูจากข้อความ ไม่ใช่จากเลขที่ | Which result measure reports on which plan measure: by what they say, not by number';
comment on column measure_pair.plan_id is 'มาตรการในแผน | The plan measure';
comment on column measure_pair.result_id is 'มาตรการในรายงานผล | The result measure';
comment on column measure_pair.similarity is '0–1; 1: ข้อความเท่ากัน | 0-1; 1: equal texts';
comment on column measure_pair.basis is 'document (จับคู่เมื่ออ่านเอกสาร), text (ข้อความเท่าหรือคล้ายกันข้ามเอกสาร), group (สองตารางนับละเอียดต่างกัน) | document (paired when the document was read), text (equal or alike across documents), group (the two tables count in different grain)';

create table completion(
  agency_id varchar, fiscal_year smallint not null, family varchar, completed_stated integer not null, completed_inferred integer not null,
  in_progress integer not null, not_started integer not null, not_possible integer not null, unknown integer not null,
  plans integer not null, plans_paired integer not null, documents integer not null, source_id varchar, place varchar);
comment on table completion is 'หนึ่งแถวต่อหน่วยงาน ปี และชุดมาตรการ: มาตรการของเอกสารที่นับ สองชุดไม่นำมารวมกัน | One row an agency, year and family: the measures of the documents that count. The two families are never added up';
comment on column completion.agency_id is 'หน่วยงาน ว่างเมื่อไม่ทราบ | The agency; null where it is not known';
comment on column completion.fiscal_year is 'ปีพุทธศักราช | Buddhist-era year';
comment on column completion.family is 'ita_measures มาตรการ ITA, action_plan แผนป้องกันการทุจริต หรือว่าง | ita_measures, action_plan or null';
comment on column completion.completed_stated is 'ผลที่แล้วเสร็จตามเครื่องหมาย ข้อความ หรือร้อยละ | Results completed by a mark, a phrase or a percentage';
comment on column completion.completed_inferred is 'ผลที่แล้วเสร็จ โดยเข้าใจจากข้อความ | Results completed, understood from their text';
comment on column completion.in_progress is 'จำนวนผล | Results';
comment on column completion.not_started is 'จำนวนผล | Results';
comment on column completion.not_possible is 'จำนวนผล | Results';
comment on column completion.unknown is 'ผลที่รายงานไม่ได้ตัดสิน ไม่อยู่ในอัตรา | Results whose report decides nothing; not in the rate';
comment on column completion.plans is 'จำนวนมาตรการในแผน | Plan measures';
comment on column completion.plans_paired is 'มาตรการในแผนที่มีผลคู่กัน | Plan measures with a paired result';
comment on column completion.documents is 'จำนวนรายงานผล | Reports of results';
comment on column completion.source_id is 'รายงานผลฉบับหนึ่ง ว่างเมื่อมีแต่แผน | A report of results; null where there is only a plan';
comment on column completion.place is 'ตำแหน่งที่ผลเริ่ม | Where its results begin';

create table aimed(
  agency_id varchar not null, fiscal_year smallint not null, indicator varchar, measures integer not null, completed integer not null);
comment on table aimed is 'มาตรการในรายงานที่นับ แยกตามตัวชี้วัดที่มุ่งไป มาตรการที่มุ่งหลายตัวนับหนึ่งครั้งในแต่ละตัว | Reported measures that count by the indicator that they are aimed at; a measure aimed at several counts once in each';
comment on column aimed.agency_id is 'หน่วยงาน | The agency';
comment on column aimed.fiscal_year is 'ปีพุทธศักราช | Buddhist-era year';
comment on column aimed.indicator is '1–10; ว่าง: มาตรการที่ไม่ระบุตัวชี้วัด | 1-10; null: measures that name no indicator';
comment on column aimed.measures is 'จำนวนผล | Results';
comment on column aimed.completed is 'ในจำนวนนั้นที่แล้วเสร็จ | Completed ones of them';

create table standing(
  agency_id varchar not null, fiscal_year smallint not null, peers_basis varchar not null, peers integer not null, place integer not null,
  median decimal(5, 2) not null);
comment on table standing is 'อันดับของหน่วยงานในกลุ่มของปีนั้น ไม่มีแถว: ไม่มีกลุ่ม | Where an agency stands among its peers of a year; no row: it has none';
comment on column standing.agency_id is 'หน่วยงาน | The agency';
comment on column standing.fiscal_year is 'ปีพุทธศักราช | Buddhist-era year';
comment on column standing.peers_basis is 'หากลุ่มจากอะไร: province จังหวัด, region ภาค, nearest คะแนนใกล้เคียง | How the peers were found: province, region, nearest';
comment on column standing.peers is 'หน่วยงานในกลุ่มที่มีคะแนนรวมในปีนั้น | Peers with a total in that year';
comment on column standing.place is 'อันดับในกลุ่มรวมตนเอง 1 คือดีที่สุด คะแนนรวมเท่ากันได้อันดับเดียวกัน | Place among the peers and itself, 1 the best; equal totals share a place';
comment on column standing.median is 'ค่ากลางของคะแนนรวมในกลุ่ม | Median total of the peers, points';

create table national_completion(
  breakdown varchar not null, fiscal_year smallint not null, family varchar, kind varchar, part_name varchar, words varchar,
  completed_stated integer not null, completed_inferred integer not null, in_progress integer not null, not_started integer not null,
  not_possible integer not null, unknown integer not null, agencies integer not null);
comment on table national_completion is 'ผลของทุกหน่วยงานตามหัวข้อในรายงาน หรือตามหน่วยที่รับผิดชอบ (50 หน่วยที่มีมากที่สุด) มาตรการของหลายหน่วยนับหนึ่งครั้งในแต่ละหน่วย | Results of all agencies by heading of the report, or by responsible unit (the 50 busiest); a measure of several units counts once in each';
comment on column national_completion.breakdown is 'group หัวข้อ, unit หน่วย | group, unit';
comment on column national_completion.fiscal_year is 'ปีพุทธศักราช | Buddhist-era year';
comment on column national_completion.family is 'ita_measures มาตรการ ITA, action_plan แผนป้องกันการทุจริต หรือว่าง | ita_measures, action_plan or null';
comment on column national_completion.kind is 'indicator ตัวชี้วัด, dimension มิติ, none ไม่มี | indicator, dimension, none';
comment on column national_completion.part_name is 'เลขหัวข้อ หรือชื่อหน่วย ว่าง: ไม่มี | Number of the heading, or the unit; null: none';
comment on column national_completion.words is 'ข้อความหัวข้อที่พบบ่อยที่สุด | The commonest words of the heading';
comment on column national_completion.completed_stated is 'เช่นเดียวกับใน completion | As in completion';
comment on column national_completion.completed_inferred is 'เช่นเดียวกับใน completion | As in completion';
comment on column national_completion.in_progress is 'เช่นเดียวกับใน completion | As in completion';
comment on column national_completion.not_started is 'เช่นเดียวกับใน completion | As in completion';
comment on column national_completion.not_possible is 'เช่นเดียวกับใน completion | As in completion';
comment on column national_completion.unknown is 'เช่นเดียวกับใน completion | As in completion';
comment on column national_completion.agencies is 'หน่วยงานที่มีผลเช่นนี้ | Agencies that have such results';

create table moved(
  fiscal_year smallint not null, span varchar not null, indicator varchar not null, completed boolean not null,
  agencies integer not null, mean double not null, variance double);
comment on table moved is 'คะแนนตัวชี้วัดขยับอย่างไรในหน่วยงานที่ทำมาตรการที่มุ่งไปแล้วเสร็จ และในหน่วยงานที่ไม่ได้ทำ ของหน่วยงานที่มีรายงาน | How the score of an indicator moved in agencies that completed measures aimed at it and in those that did not, of agencies with a report';
comment on column moved.fiscal_year is 'ปีพุทธศักราชของมาตรการ | Buddhist-era year of the measures';
comment on column moved.span is 'same (เปลี่ยนจากปีก่อน) หรือ next (เปลี่ยนไปปีถัดไป) | same (the change on the year before) or next (the change to the year after)';
comment on column moved.indicator is 'ตัวชี้วัดที่ 1–10 | 1-10';
comment on column moved.completed is 'จริง: ปีนั้นมีมาตรการที่แล้วเสร็จและมุ่งไปที่ตัวชี้วัดนี้อย่างน้อยหนึ่งเรื่อง | True: at least one completed measure that year is aimed at the indicator';
comment on column moved.agencies is 'หน่วยงานที่มีคะแนนทั้งสองปี | Agencies with both scores';
comment on column moved.mean is 'การเปลี่ยนแปลงเฉลี่ยเป็นคะแนนของตัวชี้วัด | Mean change in points of the indicator';
comment on column moved.variance is 'ความแปรปรวนของการเปลี่ยนแปลง ว่างเมื่อมีหน่วยงานเดียว | Sample variance of the changes; null for one agency';

create table repeated_title(
  text varchar not null, title varchar not null, measures integer not null, agencies integer not null, years integer not null,
  first_year smallint not null, last_year smallint not null);
comment on table repeated_title is 'ชื่อเรื่องตั้งแต่สิบสองตัวอักษรที่เหมือนกันโดยไม่นับวรรค ในหลายหน่วยงานหรือหลายปี | Titles of twelve letters or more that stand the same, spaces aside, in several agencies or years';
comment on column repeated_title.text is 'ชื่อเรื่องที่ตัดวรรคออก | The title without spaces';
comment on column repeated_title.title is 'ชื่อเรื่องตามที่เขียนในแห่งหนึ่ง | The title as it stands in one of them';
comment on column repeated_title.measures is 'จำนวนมาตรการ ทั้งแผนและผล | Measures, of plans and results';
comment on column repeated_title.agencies is 'จำนวนหน่วยงาน | Agencies';
comment on column repeated_title.years is 'จำนวนปีงบประมาณ | Fiscal years';
comment on column repeated_title.first_year is 'ปีพุทธศักราช | Buddhist-era year';
comment on column repeated_title.last_year is 'ปีพุทธศักราช | Buddhist-era year';

create table uniform_report(
  source_id varchar not null, section varchar not null, agency_id varchar, fiscal_year smallint not null, measures integer not null,
  period_text varchar not null, responsible varchar[] not null, place varchar not null);
comment on table uniform_report is 'แผนและผลตั้งแต่ห้าเรื่องที่ทุกแถวมีระยะเวลาและหน่วยเดียวกัน | Plans and results of five measures or more where every row has the same period and the same units';
comment on column uniform_report.source_id is 'เอกสาร | The document';
comment on column uniform_report.section is 'plan แผน, result ผล | plan, result';
comment on column uniform_report.agency_id is 'หน่วยงาน | The agency';
comment on column uniform_report.fiscal_year is 'ปีพุทธศักราช | Buddhist-era year';
comment on column uniform_report.measures is 'จำนวนมาตรการของเอกสาร | Its measures';
comment on column uniform_report.period_text is 'ระยะเวลาของทุกเรื่อง | The period of every one';
comment on column uniform_report.responsible is 'หน่วยของทุกเรื่อง | The units of every one';
comment on column uniform_report.place is 'ตำแหน่งที่เริ่ม | Where they begin';

create table benchmark(fiscal_year smallint not null, scope varchar not null, metric varchar not null, value double not null, how_known varchar, source_url varchar, agencies integer);
comment on table benchmark is 'ค่าเฉลี่ยและสัดส่วนของหลายหน่วยงานที่เผยแพร่ และค่าเฉลี่ยจังหวัดที่พบในตารางคะแนน | Published means and shares of many agencies, and province averages found among the scores';
comment on column benchmark.fiscal_year is 'ปีพุทธศักราช | Buddhist-era year';
comment on column benchmark.scope is 'all agencies ทุกหน่วยงาน, local governments ท้องถิ่น, หรือ province กับชื่อจังหวัด | all agencies, local governments, or province and its Thai name';
comment on column benchmark.metric is 'mean_total ค่าเฉลี่ยคะแนนรวม, mean_indicator_3 ของตัวชี้วัดที่ 3, mean_iit ของแบบวัด, n_total_85_or_more จำนวนที่ได้ 85 ขึ้นไป, share_total_85_or_more สัดส่วนที่ได้ 85 ขึ้นไป, share_passed สัดส่วนที่ผ่าน | mean_total, mean_indicator_3, mean_iit, n_total_85_or_more, share_total_85_or_more, share_passed';
comment on column benchmark.value is 'คะแนนสำหรับค่าเฉลี่ย ร้อยละสำหรับสัดส่วน หน่วยงานสำหรับจำนวน | Points for a mean, percent for a share, agencies for a number';
comment on column benchmark.how_known is 'stated มีผู้ระบุ หรือ derived พร้อมวิธีคำนวณ | stated, or derived with its sum';
comment on column benchmark.source_url is 'แหล่งที่ระบุ | Who says so';
comment on column benchmark.agencies is 'จำนวนหน่วยงานในขอบเขตนั้น ถ้ามี | Number of agencies in the scope, if given';

create table finding(source_id varchar not null, place varchar not null, severity varchar not null, rule varchar not null, message_th varchar not null, message_en varchar not null, raw varchar, read_as varchar);
comment on table finding is 'หนึ่งแถวต่อเรื่องที่ผู้ใช้ข้อมูลควรรู้: สิ่งผิดปกติ การแก้การอ่าน ข้อขัดแย้ง หรือค่าที่ไม่ได้นำเข้า | One row a thing that a reader of the data should know: an oddity, a correction, a contradiction, a value not loaded';
comment on column finding.source_id is 'เอกสารหรือตาราง | The document or sheet';
comment on column finding.place is 'ตำแหน่งในเอกสาร | Where in it';
comment on column finding.severity is 'error ผิดพลาด, warning ควรตรวจ, info แจ้งให้ทราบ | error, warning, info';
comment on column finding.rule is 'การตรวจใด | Which check';
comment on column finding.message_th is 'ข้อความภาษาไทย | Sentence in Thai';
comment on column finding.message_en is 'ข้อความภาษาอังกฤษ | Sentence in English';
comment on column finding.raw is 'สิ่งที่พิมพ์ | What was printed';
comment on column finding.read_as is 'อ่านเป็นอะไร | What it was read as';

create table build_input(path varchar not null, bytes bigint not null, sha256 varchar not null);
comment on table build_input is 'ไฟล์ที่ใช้สร้างฐานข้อมูลนี้ ฐานข้อมูลล้าสมัยเมื่อมีไฟล์เพิ่ม เปลี่ยน หรือหายไป | Files that this database was made from; it is out of date when one was added, changed or removed';
comment on column build_input.path is 'เส้นทางใต้โฟลเดอร์ข้อมูล หรือ etl/ กับชื่อไฟล์ของโปรแกรมสร้างฐานข้อมูล | Path below the data folder, or etl/ and the name for the builder''s own files';
comment on column build_input.bytes is 'ขนาดเป็นไบต์ | Size';
comment on column build_input.sha256 is 'SHA-256 ของเนื้อไฟล์ | SHA-256 of the file''s bytes';
