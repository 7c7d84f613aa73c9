-- Every table of the database once, a column a line: its name, its type and, as the comment, what it means: Thai | English, as messages of
-- findings are. schema.py gives these comments to the tables: they are the data dictionary of the database.
-- Fiscal years are Buddhist-era (2568 = October 2024 to September 2025). Scores are on 0-100 unless a comment says points.
-- Keys are not declared: an index over a million measures costs more than loading them. The steps of the build keep one row a key, tests/test_build.py proves it.

create table source( -- หนึ่งแถวต่อเอกสารหรือตารางคะแนนที่นำเข้า | One row a document or score sheet that was loaded
  source_id varchar not null, -- กุญแจ: 12 หลักแรกของ sha256 ในเลขฐานสิบหก (ของชื่อเอกสารเมื่อไม่มี sha256) | Key: first 12 hexadecimal digits of sha256 (of the document's name where a transcript gives no sha256)
  file_name varchar not null, -- ชื่อไฟล์ของเอกสารหรือตารางคะแนน ไม่รวมโฟลเดอร์ | Name of the document or score sheet, without folder
  sha256 varchar, -- SHA-256 ของไฟล์ ว่างเมื่อผลการอ่านไม่ได้ให้ไว้ | SHA-256 of the file's bytes; null where a transcript gives none
  title varchar, -- ชื่อเรื่องตามที่พิมพ์ | Title as printed
  kind varchar not null, -- ชนิดของเอกสาร: plan แผน, result ผล, plan_and_result แผนและผล, action_plan_result ผลตามแผนป้องกันการทุจริต, score_comparison เปรียบเทียบคะแนน, score_sheet ตารางคะแนน, unknown ไม่ทราบ; rules หรือ registry คือไฟล์ข้อเท็จจริงที่มีข้อสังเกต | plan, result, plan_and_result, action_plan_result, score_comparison, score_sheet, unknown; rules or registry for a file of facts that has findings
  family varchar, -- ita_measures (มาตรการที่ตอบผล ITA), action_plan (แผนป้องกันการทุจริตตามมิติ) หรือว่าง | ita_measures (measures that answer an ITA result), action_plan (the anti-corruption plan by dimensions), or null
  agency_id varchar, -- หน่วยงานเจ้าของเอกสาร ว่างเมื่อเป็นตารางของหลายหน่วยงาน | The agency whose document it is; null for a sheet of several agencies
  fiscal_year smallint, -- ปีพุทธศักราชที่เอกสารกล่าวถึง | Buddhist-era year the document is about
  round varchar, -- six_month รอบหกเดือน, annual รอบปี หรือว่าง | six_month, annual or null
  url varchar, -- ที่อยู่ที่เผยแพร่ ถ้าทราบ | Where it was published, if known
  synthetic boolean not null, -- จริง: ข้อมูลสังเคราะห์ ไม่ใช่ของหน่วยงานจริง | True: made-up data, not a real agency's
  agency_printed varchar[], -- ชื่อหน่วยงานทุกแบบที่พิมพ์ในเอกสาร | The agency's name in each way the document prints it
  place_printed varchar, -- อำเภอและจังหวัดตามที่พิมพ์ | District and province as printed
  unsure varchar[] not null default [] -- ชื่อช่องที่อ่านได้ไม่แน่ชัด ว่างรายการเมื่อไม่มี | Names of the fields that were not read surely; empty where there are none
);

create table agency( -- หนึ่งแถวต่อหน่วยงาน: ตามทะเบียน และหน่วยงานที่พบในข้อมูลแต่ไม่อยู่ในทะเบียน (รหัส x ตามด้วยเลขฐานสิบหก 8 หลัก) | One row an agency: the registry, and agencies met in the data that the registry lacks (id x + 8 hexadecimal digits)
  agency_id varchar not null, -- กุญแจ: รหัสถาวรจากทะเบียน data/agencies.csv หรือ data/local_governments.csv | Key: permanent, from data/agencies.csv or data/local_governments.csv
  name varchar not null, -- ชื่อเต็มภาษาไทย | Full Thai name
  agency_type varchar, -- ชื่อประเภทภาษาไทย เช่น เทศบาลตำบล | Thai name of the type
  district varchar, -- อำเภอ ไม่มีคำว่าอำเภอ | District in Thai, without the word
  province varchar, -- จังหวัด ไม่มีคำว่าจังหวัด | Province in Thai, without the word
  region varchar, -- ภาคของจังหวัด | Region in Thai, of the province
  synthetic boolean not null -- จริง: รู้จักจากข้อมูลสังเคราะห์เท่านั้น | True: known only from made-up data
);

create table local_government( -- ทะเบียนองค์กรปกครองส่วนท้องถิ่นทุกแห่ง รวมที่ยังไม่มีข้อมูล | The register of every local government, also those of which nothing is loaded
  agency_id varchar not null, -- รหัสถาวร คงเดิมเมื่อเปลี่ยนประเภทหรือชื่อ | Permanent id, the same after a change of type or name
  code varchar, -- รหัสของกรมส่งเสริมการปกครองท้องถิ่น ในปีที่ listed | Code of the Department of Local Administration, of the year in listed
  name varchar not null, -- ชื่อเต็มภาษาไทย | Full Thai name
  agency_type varchar, -- ชื่อประเภทภาษาไทย เช่น เทศบาลตำบล | Thai name of the type
  district varchar, -- อำเภอ ไม่มีคำว่าอำเภอ | District in Thai, without the word
  province varchar, -- จังหวัด ไม่มีคำว่าจังหวัด | Province in Thai, without the word
  region varchar, -- ภาคของจังหวัด | Region in Thai, of the province
  lat double, -- ละติจูด องศา ว่างเมื่อไม่ทราบ | Latitude in degrees; null where not known
  lon double, -- ลองจิจูด องศา ว่างเมื่อไม่ทราบ | Longitude in degrees; null where not known
  km2 double, -- พื้นที่ ตารางกิโลเมตร ว่างเมื่อไม่ทราบ | Area in square kilometres; null where not known
  size varchar, -- ขนาดตามรายชื่อปี 2560: S เล็ก M กลาง L ใหญ่ | Size in the list of 2560: S small, M medium, L large
  listed smallint -- ปี พ.ศ. ของรายชื่อล่าสุดที่มีหน่วยงานนี้ | Year (B.E.) of the last list that has it
);

create table agency_alias( -- ชื่อที่ใช้ค้นหน่วยงานในเอกสารและตาราง ชื่อเต็มเป็นหนึ่งในนั้น | Names under which an agency is found in documents and sheets; its full name is one of them
  agency_id varchar not null, -- หน่วยงาน | The agency
  alias varchar not null -- ชื่อตามที่เขียน | A name as written
);

create table province( -- จังหวัดทั้ง 77 จังหวัด | The 77 provinces
  province_code varchar not null, -- เลขสองหลักตาม มอก. 1099 | Two digits, TIS 1099
  name_th varchar not null, -- ชื่อภาษาไทย | Thai name
  name_en varchar not null, -- ชื่อภาษาอังกฤษ | English name
  region varchar not null -- ภาค | Region in Thai
);

create table rule_year( -- หนึ่งแถวต่อปีงบประมาณที่มีไฟล์เกณฑ์ใน data/rules | One row a fiscal year with a rules file in data/rules
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  comparable_with_previous boolean not null, -- จริง: คะแนนรวมของปีนี้เทียบกับปีก่อนได้ | True: totals of this year may be compared with the year before
  level_scale varchar, -- ชื่อชุดระดับ (letters ตัวอักษร, five_levels ห้าระดับ) ว่างเมื่อปีนั้นไม่มีระดับ ปีที่ชุดต่างจากปีก่อนจะมีเส้นแบ่งในแนวโน้ม | Name of the scale of levels (letters, five_levels); null: the year has no levels. A year whose scale differs from the year before marks a break on trends
  note_th varchar, -- สิ่งที่เปลี่ยนจากปีก่อน ภาษาไทย | What changed on the year before, Thai
  note_en varchar, -- สิ่งที่เปลี่ยนจากปีก่อน ภาษาอังกฤษ | What changed on the year before, English
  scored boolean not null, -- เท็จ: ใช้มาตรวัดอื่น (ไม่มีแบบวัด) คะแนนรวมไม่อยู่ในแนวโน้ม ค่าเฉลี่ย และการเปลี่ยนแปลงใด | False: another scoring scale (no instruments); its totals stay out of every trend, mean and change
  segment smallint, -- ปีที่มีเลขเดียวกันเทียบกันได้ ว่างเมื่อ scored เป็นเท็จ | Years with the same number may be compared with each other; null where scored is false
  unknown varchar[] not null, -- สิ่งที่ไม่มีแหล่งใดยืนยันสำหรับปีนั้น: weights น้ำหนัก, levels ระดับ, questions เลขข้อ; ไม่คำนวณสิ่งใดจากสิ่งเหล่านี้ คะแนนที่ประกาศแสดงตามที่ประกาศ | What no source confirms for the year: weights, levels, questions; nothing is computed from these, and what is published is shown as published
  certainty varchar, -- รู้ว่าเทียบได้จากอะไร: stated มีผู้ระบุ, derived คำนวณได้, memory จากความจำ | How the comparability is known: stated, derived, memory
  source varchar -- แหล่งที่ระบุ | Who says so
);

create table instrument( -- แบบวัดของปีงบประมาณ คะแนนรวมคือผลรวมของน้ำหนัก x คะแนนแบบวัด | Instruments of a fiscal year; the total is the sum of weight x instrument score
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  instrument varchar not null, -- แบบวัด: IIT, EIT, OIT | IIT, EIT, OIT
  name_th varchar, -- ชื่อภาษาไทย | Thai name
  name_en varchar, -- ชื่อภาษาอังกฤษ | English name
  weight decimal(5,4), -- ส่วนของคะแนนรวม 0–1 รวมทั้งปีเท่ากับ 1 ว่าง: ไม่ทราบน้ำหนักของปีนั้น | Share of the total, 0-1; the weights of a year add up to 1; null: the year's weights are unknown
  certainty varchar, -- รู้น้ำหนักจากอะไร: stated มีผู้ระบุ, derived คำนวณได้, memory จากความจำ | How the weight is known: stated, derived, memory
  source varchar -- แหล่งที่ระบุ | Who says so
);

create table indicator( -- ตัวชี้วัดของปีงบประมาณ คะแนนแบบวัดคือค่าเฉลี่ยของตัวชี้วัด | Indicators of a fiscal year; an instrument score is the simple mean of its indicators
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  indicator varchar not null, -- ตัวชี้วัดที่ 1–10 | 1-10
  instrument varchar not null, -- แบบวัดที่ตัวชี้วัดนี้สังกัด | The instrument that it belongs to
  name_th varchar, -- ชื่อทางการภาษาไทย | Official Thai name
  name_en varchar, -- ชื่อภาษาอังกฤษอย่างง่าย | Plain English name
  weight double, -- คะแนนรวมต่อหนึ่งคะแนนของตัวชี้วัด ค่าแม่นตรงคือ weight_units / weight_base ว่าง: ไม่ทราบน้ำหนักของปีนั้น | Points of the total for one point of the indicator; the exact value is weight_units / weight_base; null: the year's weights are unknown
  weight_units bigint, -- น้ำหนักแม่นตรง: จำนวนหน่วยของ 1 / weight_base ว่าง: ไม่ทราบ | Exact weight: units of 1 / weight_base; null: unknown
  weight_base bigint not null, -- เท่ากันทุกปี เพื่อให้ผลรวมข้ามปีเป็นจำนวนเต็ม | The same for every year, so that sums across years stay whole numbers
  position smallint not null, -- ลำดับที่พิมพ์ 1 คือแรก | Order of print, 1 first
  certainty varchar, -- รู้จากอะไร: stated มีผู้ระบุ, derived คำนวณได้, memory จากความจำ | How it is known: stated, derived, memory
  source varchar -- แหล่งที่ระบุ | Who says so
);

create table question( -- ข้อคำถาม (I, E) และข้อเปิดเผยข้อมูล (O) ของปีงบประมาณ รหัสเดียวกันต่างปีมีความหมายต่างกัน | Questions (I, E) and open-data items (O) of a fiscal year. A code means different things in different years
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  code varchar not null, -- รหัส เช่น I10, E1, O12 | I10, E1, O12
  indicator varchar, -- ตัวชี้วัดที่ข้อนี้นับให้ ว่างเมื่อไม่มีแหล่งใดบอก | The indicator that it counts towards; null where no source gives it
  sub_indicator varchar, -- ตัวชี้วัดย่อยที่ข้อนี้อยู่ เช่น 9.1 ว่างเมื่อไม่ทราบ | The sub-indicator that it belongs to, as 9.1; null where not known
  name_th varchar, -- สิ่งที่ข้อนี้ถามโดยย่อ ว่างเมื่อไม่ทราบ | What the item asks for, in Thai, short; null where not known
  certainty varchar, -- รู้จากอะไร: stated มีผู้ระบุ, derived คำนวณได้, memory จากความจำ | How it is known: stated, derived, memory
  source varchar -- แหล่งที่ระบุ | Who says so
);

create table sub_indicator( -- ตัวชี้วัดย่อยของปีงบประมาณ ข้อที่อยู่ในแต่ละตัวอยู่ในตาราง question | Sub-indicators of a fiscal year; their items are in the table question
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  sub_indicator varchar not null, -- เช่น 9.1 | As 9.1
  indicator varchar not null, -- ตัวชี้วัดที่สังกัด | The indicator that it belongs to
  name_th varchar, -- ชื่อภาษาไทย | Thai name
  name_en varchar, -- ชื่อภาษาอังกฤษอย่างง่าย | Plain English name
  certainty varchar, -- รู้ชื่อและข้อที่สังกัดจากอะไร: stated มีผู้ระบุ, derived คำนวณได้, memory จากความจำ | How its name and items are known: stated, derived, memory
  source varchar -- แหล่งที่ระบุ | Who says so
);

create table paper( -- เอกสารที่หน่วยงานต้องเผยแพร่ในปีงบประมาณ อยู่ใต้ข้อใดของ OIT | Papers that an agency must publish in a fiscal year, and their items of the OIT
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  paper varchar not null, -- เอกสาร: measures มาตรการ, report รายงานผลตามมาตรการ, action_plan แผนปฏิบัติการป้องกันการทุจริต, action_report_6 และ action_report_12 รายงานผลรอบ 6 และ 12 เดือน | measures, report, action_plan, action_report_6, action_report_12
  code varchar not null, -- รหัสข้อ เช่น O27 ชื่อข้ออยู่ในตาราง question | Its item, as O27; the item's name is in the table question
  due date, -- วันสุดท้ายที่ต้องเผยแพร่ ว่างเมื่อไม่มีแหล่งใดบอก | Last day to publish it; null where no source says
  certainty varchar, -- รู้จากอะไร: stated มีผู้ระบุ, derived คำนวณได้, memory จากความจำ | How it is known: stated, derived, memory
  source varchar -- แหล่งที่ระบุ | Who says so
);

create table level( -- ระดับของปีงบประมาณ ตรวจตาม rank: ระดับแรกที่ถึงเกณฑ์ทุกข้อ เทียบกับค่าที่ปัดสองตำแหน่ง | Levels of a fiscal year, tried in the order of rank: the first whose floors are all reached, compared with values rounded to two decimals
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  level varchar not null, -- คำหรืออักษรตามที่พิมพ์ | The printed word or letter
  rank smallint not null, -- 1 คือดีที่สุด | 1 is the best
  name_th varchar, -- ชื่อภาษาไทย | Thai name
  name_en varchar, -- ชื่อภาษาอังกฤษ | English name
  min_total decimal(5,2), -- เกณฑ์ขั้นต่ำของคะแนนรวม ว่าง: ไม่มีเกณฑ์ | Floor of the total; null: no floor
  min_instrument decimal(5,2), -- เกณฑ์ขั้นต่ำที่ทุกแบบวัดต้องถึง เต็ม 100 ว่าง: ไม่มีเกณฑ์ | Floor that each instrument must reach, on 0-100; null: no floor
  passes boolean not null, -- จริง: ระดับนี้ถือว่าผ่าน เกณฑ์ผ่านของปีคือเกณฑ์ที่ต่ำสุดของระดับเหล่านี้ | True: an agency at this level has passed; the pass mark of the year is the lowest floor of these levels
  certainty varchar, -- รู้จากอะไร: stated มีผู้ระบุ, derived คำนวณได้, memory จากความจำ | How it is known: stated, derived, memory
  source varchar -- แหล่งที่ระบุ | Who says so
);

create table score( -- หนึ่งแถวต่อคะแนนที่พิมพ์: ทุกหน่วยงาน ปี ตัวชี้วัด และแหล่งข้อมูล | One row a printed score: every agency, year, indicator and source
  agency_id varchar not null, -- หน่วยงาน | The agency
  fiscal_year smallint not null, -- ปีพุทธศักราชของคะแนน | Buddhist-era year of the score
  indicator varchar not null, -- 1–10, IIT, EIT, OIT, TOTAL คะแนนรวม | 1-10, IIT, EIT, OIT, TOTAL
  score decimal(9,4) not null, -- เต็ม 100: printed / max x 100 | On 0-100: printed / max x 100
  printed varchar, -- ตามที่พิมพ์ | As printed
  max smallint not null, -- คะแนนเต็มของค่าที่พิมพ์: 100 หรือคะแนนถ่วงน้ำหนักของแบบวัด (30, 40) | What the printed value is out of: 100, or an instrument's points (30, 40)
  stated_change decimal(9,4), -- การเปลี่ยนแปลงจากปีก่อนตามที่พิมพ์ข้างคะแนน | Change on the year before as printed beside the score
  chosen boolean not null, -- จริงหนึ่งแถวต่อหน่วยงาน ปี และตัวชี้วัด: แหล่งที่น่าเชื่อถือที่สุด แล้วจึงแหล่งที่ใหม่กว่า | True for one row of each agency, year and indicator: the best authority, then the newer source
  comparable boolean not null, -- เท็จ: ปีนั้นใช้มาตรวัดอื่นหรือไม่มีเกณฑ์ ไม่อยู่ในแนวโน้ม ค่าเฉลี่ย และการเปลี่ยนแปลงใด | False: the year used another scale or has no rules; never in a trend, mean or change
  authority smallint not null, -- 1 ป.ป.ช., 2 รายงานหรือเว็บไซต์ของหน่วยงาน, 3 สื่อและอื่น ๆ | 1 NACC, 2 the agency's own report or site, 3 press and others
  source_id varchar not null, -- เอกสารหรือตาราง | The document or sheet
  place varchar not null, -- ตำแหน่งในเอกสาร | Where in it
  url varchar, -- ที่อยู่ที่เผยแพร่ค่านี้ ถ้าตารางบอกไว้ | Where the value was published, if the sheet says so
  unsure varchar[] not null, -- ชื่อช่องที่อ่านได้ไม่แน่ชัด ว่างรายการเมื่อไม่มี | Names of the fields that were not read surely; empty where there are none
  confirmed varchar[] not null -- ชื่อช่องที่คนเทียบกับเอกสารแล้วยืนยัน ว่างรายการเมื่อไม่มี | Names of the fields that a person compared with the document and confirmed; empty where there are none
);

create table stated_level( -- หนึ่งแถวต่อระดับที่พิมพ์ | One row a printed level
  agency_id varchar not null, -- หน่วยงาน | The agency
  fiscal_year smallint not null, -- ปีพุทธศักราชของระดับ | Buddhist-era year of the level
  level varchar, -- ระดับของปีนั้นตามคำที่พิมพ์ ว่าง: ไม่ตรงกับระดับใดของปีนั้น | The level of that year that the printed word names; null: none of that year's
  printed varchar, -- ตามที่พิมพ์ | As printed
  chosen boolean not null, -- จริงหนึ่งแถวต่อหน่วยงานและปี | True for one row of each agency and year
  authority smallint not null, -- 1 ป.ป.ช., 2 รายงานหรือเว็บไซต์ของหน่วยงาน, 3 สื่อและอื่น ๆ | 1 NACC, 2 the agency's own report or site, 3 press and others
  source_id varchar not null, -- เอกสารหรือตาราง | The document or sheet
  place varchar not null, -- ตำแหน่งในเอกสาร | Where in it
  url varchar -- ที่อยู่ที่เผยแพร่ ถ้าตารางบอกไว้ | Where it was published, if the sheet says so
);

create table instrument_score( -- คะแนนแบบวัดของหน่วยงานและปี ที่คำนวณและที่ประกาศเคียงกัน | Instruments of an agency and year, computed and published side by side
  agency_id varchar not null, -- หน่วยงาน | The agency
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  instrument varchar not null, -- แบบวัด: IIT, EIT, OIT | IIT, EIT, OIT
  computed decimal(5,2), -- ค่าเฉลี่ยของตัวชี้วัด ปัดครึ่งขึ้นครั้งเดียว ว่างเมื่อขาดตัวใด | Mean of its indicators, rounded half up once; null where one is missing
  published decimal(9,4) -- ตามที่ประกาศ เต็ม 100 ว่างเมื่อไม่ได้ประกาศ | As published, on 0-100; null where not published
);

create table assessment( -- หนึ่งแถวต่อหน่วยงานและปี: ค่าที่คำนวณและที่ประกาศเคียงกัน | One row an agency and year: computed and published values side by side
  agency_id varchar not null, -- หน่วยงาน | The agency
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  iit decimal(5,2), -- คำนวณ: ค่าเฉลี่ยของตัวชี้วัด ปัดครึ่งขึ้นครั้งเดียวสองตำแหน่ง ว่างเมื่อขาดตัวใด | Computed: mean of its indicators, rounded half up once to two decimals; null where one is missing
  eit decimal(5,2), -- เช่นเดียวกับ iit | As iit
  oit decimal(5,2), -- เช่นเดียวกับ iit | As iit
  total decimal(5,2), -- คำนวณจากแบบวัดที่ยังไม่ปัด ปัดครึ่งขึ้นครั้งเดียว ว่างเมื่อไม่ครบ | Computed from the unrounded instruments, rounded half up once; null unless complete
  level varchar, -- ตามเกณฑ์ของปีจากคะแนนรวมที่แสดงและแบบวัด ว่างเมื่อตัดสินไม่ได้ | By the year's rule from the total shown and its instruments; null where these do not decide it
  published_total decimal(5,2), -- คะแนนรวมที่ประกาศและเลือกใช้ | The chosen published total
  published_level varchar, -- ระดับที่ประกาศและเลือกใช้ ตามชื่อของปีนั้น | The chosen published level, as the year names it
  complete boolean not null, -- จริง: มีตัวชี้วัดครบทุกตัวของปี และทราบน้ำหนักของปี | True: every indicator of the year is there and the year's weights are known
  total_shown decimal(5,2), -- คะแนนรวมที่ประกาศ หากไม่มีใช้ที่คำนวณ | The published total, else the computed one
  total_basis varchar, -- published ประกาศ, computed คำนวณ; ว่าง: ไม่มีคะแนนรวม | published, computed; null: no total
  level_shown varchar, -- ระดับที่ประกาศ หากไม่มีใช้ level | The published level, else level
  level_basis varchar, -- published ประกาศ, computed คำนวณ; ว่าง: ไม่มีระดับ | published, computed; null: no level
  comparable boolean not null -- เท็จ: ปีนั้นใช้มาตรวัดอื่นหรือไม่มีเกณฑ์ ไม่อยู่ในแนวโน้ม ค่าเฉลี่ย และการเปลี่ยนแปลงใด | False: the year used another scale or has no rules; never in a trend, mean or change
);

create table change( -- การเปลี่ยนแปลงของคะแนนรวมที่คำนวณระหว่างสองปีติดกันที่เทียบกันได้ของหน่วยงาน แยกเป็นส่วน แยกเฉพาะคะแนนรวมที่คำนวณ | The change of the computed total between two neighbouring computed, comparable years of an agency, in parts; only computed totals are taken apart
  agency_id varchar not null, -- หน่วยงาน | The agency
  from_year smallint not null, -- ปีก่อน | The earlier year
  to_year smallint not null, -- ปีหลัง | The later year
  part varchar not null, -- ตัวชี้วัด หรือ WEIGHTS: ผลของน้ำหนักที่เปลี่ยน (มีแถวเมื่อเปลี่ยนเท่านั้น) | An indicator, or WEIGHTS: the effect of changed weights (a row only where they changed)
  from_score decimal(9,4), -- คะแนนใน from_year ว่างเมื่อเป็น WEIGHTS หรือปีนั้นไม่มีตัวชี้วัดนี้ | Score in from_year; null for WEIGHTS or an indicator that year did not have
  to_score decimal(9,4), -- คะแนนใน to_year ว่างเมื่อเป็น WEIGHTS หรือปีนั้นไม่มีตัวชี้วัดนี้ | Score in to_year; null for WEIGHTS or an indicator that year does not have
  contribution_units bigint not null, -- ผลต่อคะแนนรวมแม่นตรง: contribution_units / contribution_base | Exact contribution in points of the total: contribution_units / contribution_base
  contribution_base bigint not null, -- เท่ากันทุกแถว | The same for every row
  contribution decimal(18,10) not null, -- contribution_units / contribution_base ทศนิยมสิบตำแหน่ง | contribution_units / contribution_base to ten decimals
  printed decimal(6,2) not null -- สองตำแหน่งโดยวิธีเศษเหลือมากที่สุด: ส่วนทั้งหมดรวมกันเท่ากับผลต่างของคะแนนรวมที่พิมพ์ | Two decimals by largest remainder: the parts of a pair add up to the difference of its printed totals
);

create table tide( -- ทั้งประเทศเปลี่ยนแปลงเท่าใดจากปีหนึ่งไปอีกปีหนึ่ง เพื่อแยกออกจากการเปลี่ยนแปลงของหน่วยงานเอง | How the nation moved from one year to another, to be told apart from what an agency did itself
  from_year smallint not null, -- ปีก่อน | The earlier year
  to_year smallint not null, -- ปีหลัง | The later year
  part varchar not null, -- TOTAL คะแนนรวม, ตัวชี้วัด, WEIGHTS น้ำหนักที่เปลี่ยน | TOTAL, an indicator, WEIGHTS
  basis varchar not null, -- score มาจาก: panel ค่าเฉลี่ยของหน่วยงานที่นำเข้าและมีทั้งสองปี, published ค่าเฉลี่ยทุกหน่วยงานที่ประกาศ, few ไม่ทราบเพราะนำเข้าไว้น้อย | What score rests on: panel (mean of the agencies loaded with both years), published (means of all agencies), few (not known: too few are loaded)
  agencies integer not null, -- หน่วยงานที่นำเข้าและมีทั้งสองปี | Agencies loaded with both years
  score decimal(9,2), -- การเปลี่ยนแปลงของคะแนน 0–100 ของคะแนนรวมคือที่แสดง ว่าง: ไม่ทราบ | Change of the score, 0-100; of the total that of the one shown; null: not known
  noise double, -- ส่วนเบี่ยงเบนของคะแนนหนึ่งครั้ง: 1.4826 × ค่ามัธยฐานของระยะห่างจากค่ากลางของการเปลี่ยนแปลง ÷ รากที่สองของ 2 ว่างเมื่อมีไม่ถึง 30 แห่ง | Deviation of one score: 1.4826 x the median distance of the changes from their median / the root of 2; null under 30 agencies
  points_basis varchar not null, -- points มาจากอะไร เช่นเดียวกับ basis | What points rest on, as basis
  points_agencies integer not null, -- หน่วยงานที่มีตัวชี้วัดครบทั้งสองปี | Agencies with every indicator in both years
  points decimal(9,2) -- ผลต่อคะแนนรวม ส่วนทั้งหมดรวมกันเท่ากับของ TOTAL ว่าง: ไม่ทราบ | What it gave to the total; the parts add up to that of TOTAL; null: not known
);

create table studentized_range( -- ควอนไทล์ร้อยละ 95 ของพิสัยสติวเดนไทซ์เมื่อทราบความแปรปรวน (Tukey 1949) | 95 % quantile of the studentized range, variance known (Tukey 1949)
  agencies integer not null, -- จำนวนหน่วยงาน | Agencies
  quantile double not null -- ผลต่างของสองคะแนนใดในกลุ่มเกินค่านี้คูณส่วนเบี่ยงเบนน้อยกว่าห้าในร้อยครั้ง | The widest difference of two scores of a group exceeds this times the deviation in fewer than five of a hundred cases
);

create table nearest_example( -- หน่วยงานประเภทและภาคเดียวกันที่เคยอยู่ระดับเดียวกันและคะแนนใกล้กัน แล้วได้ระดับที่ดีขึ้นในปีนี้ | Of the same type and region, at the same level and near its total the year before, at a better level this year
  agency_id varchar not null, -- หน่วยงาน | The agency
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  example_id varchar not null -- หน่วยงานตัวอย่างที่ใกล้ที่สุด | The nearest example
);

create table measure( -- หนึ่งแถวต่อมาตรการในตารางแผนหรือผล | One row a measure of a plan or a result table
  measure_id varchar not null, -- กุญแจ: source_id-section-position | Key: source_id-section-position
  agency_id varchar, -- หน่วยงานของเอกสาร ว่างเมื่อไม่ทราบ | The document's agency; null where it is not known
  fiscal_year smallint, -- ปีพุทธศักราชของเอกสาร | The document's Buddhist-era year
  source_id varchar not null, -- เอกสาร | The document
  section varchar not null, -- plan แผน, result ผล | plan, result
  position integer not null, -- ลำดับในส่วนของเอกสาร 1 คือแรก ใช้ระบุมาตรการ | Order in the document within the section, 1 first; identifies the measure
  group_kind varchar, -- อยู่ใต้หัวข้อชนิดใด: indicator ตัวชี้วัด, dimension มิติ, none ไม่มี | What it stands under: indicator, dimension, none
  group_number varchar, -- เลขหัวข้อ เป็นเลขอารบิก | Number of the heading, Arabic digits
  group_name varchar, -- ข้อความหัวข้อ | Words of the heading
  number varchar, -- เลขที่ตามที่พิมพ์ เป็นเลขอารบิก อาจซ้ำหรือขาด | As printed, Arabic digits; may repeat or be missing
  title varchar, -- สิ่งที่จะทำ | What is to be done
  responsible varchar[], -- หน่วยที่รับผิดชอบ มาตรการนับหนึ่งครั้งในแต่ละหน่วย | Units in charge; a measure counts once in each
  period_text varchar, -- ระยะเวลาตามที่พิมพ์ | Period as printed
  period_start date, -- วันแรก (คริสต์ศักราช) | First day (Gregorian)
  period_end date, -- วันสุดท้าย (คริสต์ศักราช) | Last day (Gregorian)
  budget_planned decimal(18,2), -- บาท; 0 เมื่อรายงานว่าไม่ใช้งบประมาณ ว่างเมื่อไม่ได้บอก | Baht; 0 where the report says no budget is used, null where it says nothing
  budget_spent decimal(18,2), -- บาท; เช่นเดียวกับ budget_planned | Baht; as budget_planned
  status varchar, -- completed แล้วเสร็จ, in_progress อยู่ระหว่างดำเนินการ, not_started ยังไม่ดำเนินการ, not_possible ดำเนินการไม่ได้, unknown ไม่ทราบผล; ว่างสำหรับแถวของแผน | completed, in_progress, not_started, not_possible, unknown; null for a plan row
  status_basis varchar, -- ตัดสินจาก: mark เครื่องหมาย, phrase ข้อความ, percent ร้อยละ, inferred อนุมานจากข้อความผล, none ไม่มี | What decided it: mark, phrase, percent, inferred (from result text), none
  place varchar not null, -- ตำแหน่งในเอกสารนั้น | Where in the document
  evidence varchar, -- ข้อความสั้นที่ตัดสินสถานะ | The short phrase that decided the status
  steps varchar, -- ขั้นตอน ว่างในผลการอ่านที่แจกไป | Steps; null in the shipped transcripts
  result varchar, -- ผลการดำเนินการ ว่างในผลการอ่านที่แจกไป | Result; null in the shipped transcripts
  outcome varchar, -- ผลลัพธ์ ว่างในผลการอ่านที่แจกไป | Outcome; null in the shipped transcripts
  suggestion varchar, -- ข้อเสนอแนะ ว่างในผลการอ่านที่แจกไป | Suggestion; null in the shipped transcripts
  refs varchar[], -- รหัสข้อคำถามและข้อเปิดเผยข้อมูลที่ระบุ: I10, E1, O12 | Codes of questions and items that it names: I10, E1, O12
  unsure varchar[] not null, -- ชื่อช่องที่อ่านได้ไม่แน่ชัด ว่างรายการเมื่อไม่มี | Names of the fields that were not read surely; empty where there are none
  confirmed varchar[] not null, -- ชื่อช่องที่คนเทียบกับเอกสารแล้วยืนยัน ว่างรายการเมื่อไม่มี | Names of the fields that a person compared with the document and confirmed; empty where there are none
  document_family varchar, -- ชุดมาตรการของเอกสาร เช่นเดียวกับใน source | The document's family, as in source
  document_round varchar, -- รอบของเอกสาร เช่นเดียวกับใน source | The document's round, as in source
  latest boolean not null, -- จริง: นับแถวนี้ (ของเอกสารของหน่วยงาน ปี ชุดมาตรการ และส่วนเดียวกัน ใช้รอบล่าสุด) | True: it counts (of the documents for its agency, year, family and section, the latest round)
  text_id ubigint not null -- ข้อความของมาตรการใน measure_text | Its words in measure_text
);

create table measure_text( -- ข้อความที่ใช้ค้นหามาตรการ ข้อความละหนึ่งแถว | The words in which measures are searched for, each text once
  text_id ubigint not null, -- กุญแจ: ค่าแฮชของข้อความ | Key: hash of the words
  search varchar not null -- ชื่อเรื่อง หัวข้อ รหัส หน่วย และขั้นตอน ผล ผลลัพธ์ ข้อเสนอแนะเมื่อมี เป็นตัวพิมพ์เล็ก | Title, heading, codes, units and, where they are at hand, steps, result, outcome and suggestion, in small letters
);

create table measure_indicator( -- ตัวชี้วัดที่มาตรการระบุว่ามุ่งไป ไม่เดาจากถ้อยคำ | Indicators that a measure says it is aimed at; never guessed from its wording
  measure_id varchar not null, -- มาตรการ | The measure
  indicator varchar not null, -- ตัวชี้วัด ตามเกณฑ์ของปีของมาตรการ | The indicator, by the rules of the measure's year
  ref varchar, -- รหัสหรือเลขหัวข้อที่ระบุ | The code or heading number that says so
  basis varchar not null -- code (รหัสข้อในมาตรการ), item (ข้อเปิดเผยข้อมูลหรือตัวชี้วัดย่อยในหัวข้อ), heading (หัวข้อตัวชี้วัด) | code (a question or item code in the measure), item (an open-data item or sub-indicator in its heading), heading (an indicator's heading)
);

create table measure_pair( -- มาตรการผลใดรายงานมาตรการแผนใด ดูจากข้อความ ไม่ใช่จากเลขที่ | Which result measure reports on which plan measure: by what they say, not by number
  plan_id varchar not null, -- มาตรการในแผน | The plan measure
  result_id varchar not null, -- มาตรการในรายงานผล | The result measure
  similarity double not null, -- 0–1; 1: ข้อความเท่ากัน | 0-1; 1: equal texts
  basis varchar not null -- document (จับคู่เมื่ออ่านเอกสาร), text (ข้อความเท่าหรือคล้ายกันข้ามเอกสาร), group (สองตารางนับละเอียดต่างกัน) | document (paired when the document was read), text (equal or alike across documents), group (the two tables count in different grain)
);

create table completion( -- หนึ่งแถวต่อหน่วยงาน ปี และชุดมาตรการ: มาตรการของเอกสารที่นับ สองชุดไม่นำมารวมกัน | One row an agency, year and family: the measures of the documents that count. The two families are never added up
  agency_id varchar, -- หน่วยงาน ว่างเมื่อไม่ทราบ | The agency; null where it is not known
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  family varchar, -- ita_measures มาตรการ ITA, action_plan แผนป้องกันการทุจริต หรือว่าง | ita_measures, action_plan or null
  completed_stated integer not null, -- ผลที่แล้วเสร็จตามเครื่องหมาย ข้อความ หรือร้อยละ | Results completed by a mark, a phrase or a percentage
  completed_inferred integer not null, -- ผลที่แล้วเสร็จ โดยเข้าใจจากข้อความ | Results completed, understood from their text
  in_progress integer not null, -- จำนวนผล | Results
  not_started integer not null, -- จำนวนผล | Results
  not_possible integer not null, -- จำนวนผล | Results
  unknown integer not null, -- ผลที่รายงานไม่ได้ตัดสิน ไม่อยู่ในอัตรา | Results whose report decides nothing; not in the rate
  plans integer not null, -- จำนวนมาตรการในแผน | Plan measures
  plans_paired integer not null, -- มาตรการในแผนที่มีผลคู่กัน | Plan measures with a paired result
  documents integer not null, -- จำนวนรายงานผล | Reports of results
  source_id varchar, -- รายงานผลฉบับหนึ่ง ว่างเมื่อมีแต่แผน | A report of results; null where there is only a plan
  place varchar, -- ตำแหน่งที่ผลเริ่ม | Where its results begin
  unconfirmed integer not null -- ผลที่อ่านจากภาพสแกนโดยมีช่องที่อ่านไม่แน่ชัด และยังไม่มีใครยืนยัน | Results with a field that was not read surely from a scan and that nobody has confirmed
);

create table aimed( -- มาตรการในรายงานที่นับ แยกตามตัวชี้วัดที่มุ่งไป มาตรการที่มุ่งหลายตัวนับหนึ่งครั้งในแต่ละตัว | Reported measures that count by the indicator that they are aimed at; a measure aimed at several counts once in each
  agency_id varchar not null, -- หน่วยงาน | The agency
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  indicator varchar, -- 1–10; ว่าง: มาตรการที่ไม่ระบุตัวชี้วัด | 1-10; null: measures that name no indicator
  measures integer not null, -- จำนวนผล | Results
  completed integer not null -- ในจำนวนนั้นที่แล้วเสร็จ | Completed ones of them
);

create table usual_move( -- คะแนนของหน่วยงานมักขยับเท่าใดจากปีหนึ่งไปปีถัดไป ไม่มีแถว: มีไม่ถึงสามปี | What the scores of an agency commonly move from one year to the next; no row: fewer than three years
  agency_id varchar not null, -- หน่วยงาน | The agency
  noise double not null -- มัธยฐานของการเปลี่ยนแปลงของตัวชี้วัดทุกตัวโดยไม่คิดเครื่องหมาย เป็นคะแนนที่พิมพ์ | Median of the absolute changes of all its indicators, printed
);

create table peer_group( -- กลุ่มที่ใช้เปรียบเทียบหน่วยงานในปีนั้น ไม่มีแถว: ไม่มีกลุ่ม | The group with which an agency is compared in a year; no row: it has none
  agency_id varchar not null, -- หน่วยงาน | The agency
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  basis varchar not null, -- หากลุ่มจากอะไร: province จังหวัด, region ภาค, nearest คะแนนใกล้เคียง | How the group was found: province, region, nearest
  peer_group varchar not null -- ประเภทกับจังหวัดหรือภาค หรือรหัสของหน่วยงานเองเมื่อเป็นกลุ่มคะแนนใกล้เคียง | Type with province or region; its own agency_id for the nearest
);

create table peer_member( -- หน่วยงานที่มีคะแนนรวมในกลุ่มของแต่ละปี รวมหน่วยงานเองในกลุ่มของจังหวัดหรือภาค | The agencies with a total in each group of a year; a group of a province or region has the agency itself as well
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  peer_group varchar not null, -- กลุ่มใน peer_group | The group in peer_group
  agency_id varchar not null -- หน่วยงานในกลุ่ม | An agency of it
);

create table standing( -- อันดับของหน่วยงานในกลุ่มของปีนั้น ไม่มีแถว: ไม่มีกลุ่ม | Where an agency stands among its peers of a year; no row: it has none
  agency_id varchar not null, -- หน่วยงาน | The agency
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  peers_basis varchar not null, -- หากลุ่มจากอะไร: province จังหวัด, region ภาค, nearest คะแนนใกล้เคียง | How the peers were found: province, region, nearest
  peers integer not null, -- หน่วยงานในกลุ่มที่มีคะแนนรวมในปีนั้น | Peers with a total in that year
  place integer not null, -- อันดับในกลุ่มรวมตนเอง 1 คือดีที่สุด คะแนนรวมเท่ากันได้อันดับเดียวกัน | Place among the peers and itself, 1 the best; equal totals share a place
  median decimal(5, 2) not null -- ค่ากลางของคะแนนรวมในกลุ่ม | Median total of the peers, points
);

create table verdict( -- ผลของหน่วยงานในปีหนึ่ง หนึ่งแถวต่อหน่วยงานและปีที่มีคะแนนรวม รวบรวมไว้เพราะทุกหน้าภาพรวมใช้ | What is said of an agency and year first: a row an agency and year with a total, prepared because every overview asks for it
  agency_id varchar not null, -- หน่วยงาน | The agency
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  comparable boolean not null, -- เท็จ: ปีนั้นใช้มาตรวัดอื่นหรือไม่มีเกณฑ์ | False: the year used another scale or has no rules
  total double not null, -- คะแนนรวมที่แสดง เต็ม 100 | Total shown, 0-100
  total_basis varchar not null, -- ที่มาของคะแนนรวม: published ประกาศ, computed คำนวณ | published or computed
  level_th varchar, -- ชื่อระดับภาษาไทย ว่างเมื่อตัดสินไม่ได้ | Thai name of its level; null where it cannot be decided
  level_en varchar, -- ชื่อระดับภาษาอังกฤษ | English name of its level
  level_basis varchar, -- ที่มาของระดับ: published ประกาศ, computed คำนวณ | published or computed
  levels_unknown boolean not null, -- จริง: ไม่มีแหล่งใดยืนยันระดับของปีนั้น | True: no source confirms the levels of the year
  level_stated varchar, -- ระดับตามที่พิมพ์ เมื่อไม่ทราบระดับของปีนั้น ว่าง: ไม่มีข้อมูล | Level as printed where the year's levels are not known; null: none is loaded
  next_th varchar, -- ชื่อระดับถัดไปภาษาไทย ว่างเมื่ออยู่ระดับดีที่สุดหรือไม่มี | Thai name of the next better level; null at the best and where there is none
  next_en varchar, -- ชื่อระดับถัดไปภาษาอังกฤษ | English name of the next better level
  next_total double, -- คะแนนรวมที่ระดับถัดไปต้องได้ ว่าง: ไม่มีเกณฑ์ | Total that the next level needs; null: no floor
  next_instrument double, -- คะแนนที่ทุกแบบวัดต้องได้ ว่าง: ไม่มีเงื่อนไข | What it needs of every instrument; null: no condition
  iit double, -- คะแนนแบบวัด ตามที่ประกาศหรือคำนวณ ใช้ค่าที่ละเอียดกว่า | Instrument score as published or computed, the finer of the two
  eit double, -- เช่นเดียวกับ iit | As iit
  oit double, -- เช่นเดียวกับ iit | As iit
  before_year smallint, -- ปีก่อน เมื่อเทียบได้และมีคะแนนรวม | The year before, where it is comparable and has a total
  before_total double, -- คะแนนรวมปีก่อน | Its total
  tide double, -- ทั้งประเทศเปลี่ยนแปลงเฉลี่ยเท่าใดจากปีก่อน เป็นคะแนนที่พิมพ์ ว่าง: ไม่ทราบ ไม่แยก | How the nation changed in the mean on the year before, in printed points; null: not known, nothing is split off
  own double, -- การเปลี่ยนแปลงที่เหลือเมื่อหัก tide สองส่วนรวมกันเท่ากับการเปลี่ยนแปลงที่พิมพ์ | The change less the tide; both add up to the printed change
  tide_basis varchar, -- ที่มาของ tide เช่นเดียวกับในตาราง tide | As in the table tide
  tide_agencies integer, -- หน่วยงานที่นำเข้าซึ่งมีทั้งสองปี | Loaded agencies that have both years
  national double, -- คะแนนรวมเฉลี่ยของทุกหน่วยงานในประเทศ ตามที่เผยแพร่ | Mean total of all agencies in the country, as published
  peers integer not null, -- หน่วยงานในกลุ่มที่มีคะแนนรวมในปีนั้น | Peers with a total in that year
  peers_basis varchar, -- หากลุ่มจากอะไร เช่นเดียวกับใน standing | As in standing
  peers_rank integer not null, -- อันดับในกลุ่มรวมตนเอง 1 คือดีที่สุด | Place among the peers and itself, 1 the best
  peers_median double, -- ค่ากลางของคะแนนรวมในกลุ่ม | Median total of the peers
  unconfirmed integer, -- คะแนนของปีที่อ่านจากภาพสแกนไม่แน่ชัดและยังไม่มีใครยืนยัน | Scores of the year that were not read surely from a scan and that nobody has confirmed
  source_id varchar, -- แหล่งของคะแนนรวม หรือของตัวชี้วัดแรกเมื่อคำนวณ | Source of the total, or of its first indicator where it is computed
  place varchar -- ตำแหน่งในแหล่งนั้น | Where it stands there
);

create table score_line( -- คะแนนตัวชี้วัดของหน่วยงานตั้งแต่ปีแรกถึงปีสุดท้าย พร้อมปีก่อน กลุ่มเปรียบเทียบ และความถี่ที่อ่อน หนึ่งแถวต่อหน่วยงาน ปี และตัวชี้วัด | The indicators of an agency from its first to its last year, with the year before, its peers and how often each was among the weakest: a row an agency, year and indicator
  agency_id varchar not null, -- หน่วยงาน | The agency
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  indicator varchar not null, -- ตัวชี้วัดที่ 1–10 | 1-10
  position smallint not null, -- ลำดับที่พิมพ์ 1 คือแรก | Order of print, 1 first
  instrument varchar not null, -- แบบวัดที่ตัวชี้วัดนี้สังกัด | The instrument that it belongs to
  name_th varchar, -- ชื่อทางการภาษาไทย | Official Thai name
  name_en varchar, -- ชื่อภาษาอังกฤษอย่างง่าย | Plain English name
  weight double, -- คะแนนรวมต่อหนึ่งคะแนนของตัวชี้วัด ว่าง: ไม่ทราบน้ำหนักของปี | Points of the total for one point of the indicator; null: the year's weights are not known
  mark double, -- คะแนนที่ถือว่าผ่านตามเกณฑ์ของปี ว่าง: เกณฑ์ไม่ได้บอก | Score that passes by the year's rules; null: they say none
  score decimal(9,4), -- คะแนนที่เลือกใช้ เต็ม 100 ว่าง: ไม่มีแหล่งใดให้ไว้ | The chosen score, 0-100; null: no source gives it
  printed varchar, -- ตามที่พิมพ์ | As printed
  before decimal(9,4), -- คะแนนของปีก่อน ว่างเมื่อไม่มี | Score of the year before; null where it has none
  whole boolean not null, -- จริง: ปีนั้นมีคะแนนครบทุกตัวชี้วัด | True: the year has a score of every indicator
  peers integer not null, -- หน่วยงานในกลุ่มที่มีคะแนนนี้ ไม่รวมตนเอง 0 เมื่อไม่มีคะแนน | Peers with this score, without itself; 0 where there is no score
  peers_median double, -- ค่ากลางของหน่วยงานเหล่านั้น ว่างเมื่อไม่มี | Their median; null where there are none
  weakest_years integer not null, -- จำนวนปีที่อยู่ในสามอันดับต่ำสุด คะแนนเท่ากันได้อันดับเดียวกัน | Years in which it was among the three lowest; equal scores share a place
  years integer not null, -- จำนวนปีที่มีคะแนนครบทุกตัวชี้วัด | Years with every indicator
  noise double, -- คะแนนของหน่วยงานมักขยับเท่าใด เช่นเดียวกับใน usual_move | What the scores of the agency commonly move, as in usual_move
  source_id varchar, -- เอกสารหรือตารางของคะแนน | The document or sheet of the score
  place varchar -- ตำแหน่งในเอกสาร | Where in it
);

create table change_line( -- การเปลี่ยนแปลงของคะแนนรวมที่คำนวณเทียบกับทั้งประเทศ เรียงเป็นแถวตามที่แสดง: ต้นปี แต่ละส่วน น้ำหนักที่เปลี่ยน ปลายปี | What moved the computed total beside how the nation moved, in the rows that are shown: start, a part an indicator, changed weights, end
  agency_id varchar not null, -- หน่วยงาน | The agency
  from_year smallint not null, -- ปีก่อน | The earlier year
  to_year smallint not null, -- ปีหลัง | The later year
  position smallint not null, -- ลำดับ: 0 ต้นปี ตัวชี้วัดตามที่พิมพ์ 1000 น้ำหนัก 9999 ปลายปี | Order: 0 the start, the indicators as printed, 1000 weights, 9999 the end
  kind varchar not null, -- ชนิดของแถว: start, part, weights, end | What the row is: start, part, weights, end
  part varchar, -- ตัวชี้วัด WEIGHTS หรือ TOTAL ในแถว end เช่นเดียวกับใน tide ว่างในแถว start | An indicator, WEIGHTS, or TOTAL in the row end, as in tide; null in the row start
  name_th varchar, -- ชื่อทางการภาษาไทยในปีหลัง | Official Thai name in the later year
  name_en varchar, -- ชื่อภาษาอังกฤษในปีหลัง | English name in the later year
  before decimal(9,4), -- คะแนนปีก่อน ว่างในแถวอื่น | Score of the earlier year; null in other rows
  after decimal(9,4), -- คะแนนปีหลัง ว่างในแถวอื่น | Score of the later year; null in other rows
  points decimal(9,2) not null, -- ผลต่อคะแนนรวมตามที่พิมพ์ หรือคะแนนรวมในแถว start และ end | What it gave to the total, printed; in start and end the total itself
  change decimal(9,2), -- ส่วนที่แบ่งเป็นของประเทศและของตนเอง: points หรือการเปลี่ยนแปลงของคะแนนรวมในแถว end | What is split into tide and own: points, in the row end the change of the total
  tide decimal(9,2), -- ผลเฉลี่ยของทั้งประเทศ ว่าง: ไม่ทราบ ไม่แยก | What the nation's was in the mean; null: not known, not split
  tide_basis varchar, -- ที่มาของ tide เช่นเดียวกับ points_basis ในตาราง tide | As points_basis in the table tide
  tide_agencies integer, -- หน่วยงานที่ tide มาจาก | Agencies that it rests on
  source_id varchar, -- แหล่งของคะแนนปีหลัง | Source of the later score
  place varchar -- ตำแหน่งในแหล่งนั้น | Where it stands there
);

create table aim_line( -- มาตรการของปีมุ่งไปที่คะแนนซึ่งเสียไปในปีก่อนหรือไม่ หนึ่งแถวต่อหน่วยงาน ปี และตัวชี้วัดของปีก่อน เมื่อทราบน้ำหนักและมีรายงาน | Was the work of a year aimed where the year before lost points: a row an agency, year and indicator of the year before, where weights are known and a report is loaded
  agency_id varchar not null, -- หน่วยงาน | The agency
  fiscal_year smallint not null, -- ปีพุทธศักราชของมาตรการ | Buddhist-era year of the measures
  indicator varchar not null, -- ตัวชี้วัดที่ 1–10 | 1-10
  instrument varchar not null, -- แบบวัดที่สังกัดในปีก่อน | The instrument that it belonged to in the year before
  name_th varchar, -- ชื่อทางการภาษาไทยในปีก่อน | Official Thai name in the year before
  name_en varchar, -- ชื่อภาษาอังกฤษในปีก่อน | English name in the year before
  lost double, -- คะแนนรวมที่เสียไปในปีก่อน ตามที่พิมพ์ | Points of the total lost the year before, printed
  lost_instrument double, -- ของทั้งแบบวัด ปัดครั้งเดียว | Of its instrument, rounded once
  lost_total double not null, -- ของทุกตัวชี้วัด ปัดครั้งเดียว | Of all indicators, rounded once
  measures integer not null, -- ผลที่มุ่งไปที่ตัวชี้วัดนี้ เช่นเดียวกับใน aimed | Results aimed at it, as in aimed
  completed integer not null, -- ในจำนวนนั้นที่แล้วเสร็จ | Completed ones of them
  all_measures integer not null, -- ผลทั้งหมดของปี | All results of the year
  all_completed integer not null, -- ในจำนวนนั้นที่แล้วเสร็จ | Completed ones of them
  unplaced integer not null, -- ผลที่ไม่ระบุตัวชี้วัด | Results that name no indicator
  before decimal(9,4) not null, -- คะแนนปีก่อน | Score of the year before
  after decimal(9,4), -- คะแนนของปี ว่างเมื่อไม่มี | Score of the year; null where it has none
  points decimal(6,2) -- ผลของการเปลี่ยนแปลงต่อคะแนนรวม ว่างเมื่อแยกไม่ได้ | What its change gave to the total; null where it cannot be taken apart
);

create table asked_paper( -- เอกสารของแต่ละปี รวมที่เกณฑ์ของปีไม่ได้ระบุ | The papers of every year, also those that its rules do not name
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  position smallint not null, -- ลำดับในปี 1 คือแรก | Order within the year, 1 first
  task varchar not null, -- เอกสาร เช่นเดียวกับในตาราง paper | The paper, as in the table paper
  code varchar, -- รหัสข้อ เช่น O27 ว่าง: เกณฑ์ของปีไม่ได้ระบุ | Its item, as O27; null: the rules of the year name none
  item_name varchar, -- ชื่อข้อตามเกณฑ์ ว่างเมื่อไม่ทราบ | Name of the item in the rules; null where not known
  starts date, -- วันแรกของช่วงเวลาที่รายงานกล่าวถึง ว่าง: แผน | First day of the time that a report tells of; null: a plan
  ends date, -- วันสุดท้ายของช่วงเวลานั้น | Last day of it
  due date -- วันสุดท้ายที่ต้องเผยแพร่ ว่างเมื่อไม่มีแหล่งใดบอก | Last day to publish it; null where no source says
);

create table reach( -- ข้อมูลที่นำเข้าของแต่ละหน่วยงานมีถึงปีใด และของทุกหน่วยงานรวมกัน ไม่มีแถว: ไม่มีข้อมูล | How far what is loaded reaches of each agency, and of all together; no row: nothing of it is loaded
  agency_id varchar, -- หน่วยงาน ว่าง: ทุกหน่วยงานรวมกัน | The agency; null: all together
  years smallint[], -- ปีพุทธศักราชที่มีคะแนนหรือมาตรการ เรียงจากน้อยไปมาก | Buddhist-era years with scores or measures, ascending
  scores smallint, -- ปีล่าสุดที่มีคะแนน | Latest year with a score
  documents smallint, -- ปีล่าสุดของเอกสารที่มีมาตรการ | Latest year of a document with measures
  missing smallint[] -- ปีระหว่างปีแรกกับปีล่าสุดที่ไม่มีคะแนนรวม เรียงจากน้อยไปมาก | Years between the first and the latest without a total, ascending
);

create table national_completion( -- ผลของทุกหน่วยงานตามหัวข้อในรายงาน หรือตามหน่วยที่รับผิดชอบ (50 หน่วยที่มีมากที่สุด) มาตรการของหลายหน่วยนับหนึ่งครั้งในแต่ละหน่วย | Results of all agencies by heading of the report, or by responsible unit (the 50 busiest); a measure of several units counts once in each
  breakdown varchar not null, -- group หัวข้อ, unit หน่วย | group, unit
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  family varchar, -- ita_measures มาตรการ ITA, action_plan แผนป้องกันการทุจริต หรือว่าง | ita_measures, action_plan or null
  kind varchar, -- indicator ตัวชี้วัด, dimension มิติ, none ไม่มี | indicator, dimension, none
  part_name varchar, -- เลขหัวข้อ หรือชื่อหน่วย ว่าง: ไม่มี | Number of the heading, or the unit; null: none
  words varchar, -- ข้อความหัวข้อที่พบบ่อยที่สุด | The commonest words of the heading
  completed_stated integer not null, -- เช่นเดียวกับใน completion | As in completion
  completed_inferred integer not null, -- เช่นเดียวกับใน completion | As in completion
  in_progress integer not null, -- เช่นเดียวกับใน completion | As in completion
  not_started integer not null, -- เช่นเดียวกับใน completion | As in completion
  not_possible integer not null, -- เช่นเดียวกับใน completion | As in completion
  unknown integer not null, -- เช่นเดียวกับใน completion | As in completion
  agencies integer not null -- หน่วยงานที่มีผลเช่นนี้ | Agencies that have such results
);

create table moved( -- คะแนนตัวชี้วัดขยับอย่างไรในหน่วยงานที่ทำมาตรการที่มุ่งไปแล้วเสร็จ และในหน่วยงานที่ไม่ได้ทำ ของหน่วยงานที่มีรายงาน | How the score of an indicator moved in agencies that completed measures aimed at it and in those that did not, of agencies with a report
  fiscal_year smallint not null, -- ปีพุทธศักราชของมาตรการ | Buddhist-era year of the measures
  span varchar not null, -- same (เปลี่ยนจากปีก่อน) หรือ next (เปลี่ยนไปปีถัดไป) | same (the change on the year before) or next (the change to the year after)
  indicator varchar not null, -- ตัวชี้วัดที่ 1–10 | 1-10
  completed boolean not null, -- จริง: ปีนั้นมีมาตรการที่แล้วเสร็จและมุ่งไปที่ตัวชี้วัดนี้อย่างน้อยหนึ่งเรื่อง | True: at least one completed measure that year is aimed at the indicator
  agencies integer not null, -- หน่วยงานที่มีคะแนนทั้งสองปี | Agencies with both scores
  mean double not null, -- การเปลี่ยนแปลงเฉลี่ยเป็นคะแนนของตัวชี้วัด | Mean change in points of the indicator
  variance double -- ความแปรปรวนของการเปลี่ยนแปลง ว่างเมื่อมีหน่วยงานเดียว | Sample variance of the changes; null for one agency
);

create table moved_score( -- คะแนนตัวชี้วัดของหน่วยงานในสองปีติดกัน และคะแนนที่จะได้หากขยับไปกับหน่วยงานอื่น | The score of an indicator of an agency in two years in a row, and where it would stand had it moved with the others
  agency_id varchar not null, -- หน่วยงาน | The agency
  fiscal_year smallint not null, -- ปีพุทธศักราชของปีหลัง | Buddhist-era year, the later of the two
  indicator varchar not null, -- ตัวชี้วัดที่ 1–10 | 1-10
  before double not null, -- คะแนนปีก่อน | Score of the year before
  after double not null, -- คะแนนปีหลัง | Score of the year
  held double not null -- คะแนนที่จะได้หากห่างจากค่ากลางเท่าเดิมเมื่อเทียบกับการกระจายของทุกหน่วยงานที่มีทั้งสองปี ไม่ต่ำกว่า 0 และไม่เกิน 100 | Where it would stand had its distance from the middle of all agencies with both years, in their spread, stayed as it was; within 0 and 100
);

create table repeated_title( -- ชื่อเรื่องตั้งแต่สิบสองตัวอักษรที่เหมือนกันโดยไม่นับวรรค ในหลายหน่วยงานหรือหลายปี | Titles of twelve letters or more that stand the same, spaces aside, in several agencies or years
  text varchar not null, -- ชื่อเรื่องที่ตัดวรรคออก | The title without spaces
  title varchar not null, -- ชื่อเรื่องตามที่เขียนในแห่งหนึ่ง | The title as it stands in one of them
  measures integer not null, -- จำนวนมาตรการ ทั้งแผนและผล | Measures, of plans and results
  agencies integer not null, -- จำนวนหน่วยงาน | Agencies
  years integer not null, -- จำนวนปีงบประมาณ | Fiscal years
  first_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  last_year smallint not null -- ปีพุทธศักราช | Buddhist-era year
);

create table copied( -- มาตรการของหน่วยงานและปีที่มีถ้อยคำเดียวกับของหน่วยงานอื่น ไม่มีแถวเมื่อไม่มี | Measures of an agency and year that are worded as in another agency; no row where there is none
  agency_id varchar not null, -- หน่วยงาน | The agency
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  measures integer not null -- จำนวนมาตรการ ทั้งแผนและผล | Measures, of plans and results
);

create table uniform_report( -- แผนและผลตั้งแต่ห้าเรื่องที่ทุกแถวมีระยะเวลาและหน่วยเดียวกัน | Plans and results of five measures or more where every row has the same period and the same units
  source_id varchar not null, -- เอกสาร | The document
  section varchar not null, -- plan แผน, result ผล | plan, result
  agency_id varchar, -- หน่วยงาน | The agency
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  measures integer not null, -- จำนวนมาตรการของเอกสาร | Its measures
  period_text varchar not null, -- ระยะเวลาของทุกเรื่อง | The period of every one
  responsible varchar[] not null, -- หน่วยของทุกเรื่อง | The units of every one
  place varchar not null -- ตำแหน่งที่เริ่ม | Where they begin
);

create table benchmark( -- ค่าเฉลี่ยและสัดส่วนของหลายหน่วยงานที่เผยแพร่ และค่าเฉลี่ยจังหวัดที่พบในตารางคะแนน | Published means and shares of many agencies, and province averages found among the scores
  fiscal_year smallint not null, -- ปีพุทธศักราช | Buddhist-era year
  scope varchar not null, -- all agencies ทุกหน่วยงาน, local governments ท้องถิ่น, หรือ province กับชื่อจังหวัด | all agencies, local governments, or province and its Thai name
  metric varchar not null, -- mean_total ค่าเฉลี่ยคะแนนรวม, mean_indicator_3 ของตัวชี้วัดที่ 3, mean_iit ของแบบวัด, n_total_85_or_more จำนวนที่ได้ 85 ขึ้นไป, share_total_85_or_more สัดส่วนที่ได้ 85 ขึ้นไป, share_passed สัดส่วนที่ผ่าน | mean_total, mean_indicator_3, mean_iit, n_total_85_or_more, share_total_85_or_more, share_passed
  value double not null, -- คะแนนสำหรับค่าเฉลี่ย ร้อยละสำหรับสัดส่วน หน่วยงานสำหรับจำนวน | Points for a mean, percent for a share, agencies for a number
  how_known varchar, -- stated มีผู้ระบุ หรือ derived พร้อมวิธีคำนวณ | stated, or derived with its sum
  source_url varchar, -- แหล่งที่ระบุ | Who says so
  agencies integer -- จำนวนหน่วยงานในขอบเขตนั้น ถ้ามี | Number of agencies in the scope, if given
);

create table finding( -- หนึ่งแถวต่อเรื่องที่ผู้ใช้ข้อมูลควรรู้: สิ่งผิดปกติ การแก้การอ่าน ข้อขัดแย้ง หรือค่าที่ไม่ได้นำเข้า | One row a thing that a reader of the data should know: an oddity, a correction, a contradiction, a value not loaded
  source_id varchar not null, -- เอกสารหรือตาราง | The document or sheet
  place varchar not null, -- ตำแหน่งในเอกสาร | Where in it
  severity varchar not null, -- error ผิดพลาด, warning ควรตรวจ, info แจ้งให้ทราบ | error, warning, info
  rule varchar not null, -- การตรวจใด | Which check
  message_th varchar not null, -- ข้อความภาษาไทย | Sentence in Thai
  message_en varchar not null, -- ข้อความภาษาอังกฤษ | Sentence in English
  raw varchar, -- สิ่งที่พิมพ์ | What was printed
  read_as varchar -- อ่านเป็นอะไร | What it was read as
);

create table build_input( -- ไฟล์ที่ใช้สร้างฐานข้อมูลนี้ ฐานข้อมูลล้าสมัยเมื่อมีไฟล์เพิ่ม เปลี่ยน หรือหายไป | Files that this database was made from; it is out of date when one was added, changed or removed
  path varchar not null, -- เส้นทางใต้โฟลเดอร์ข้อมูล หรือ program/ กับเส้นทางใต้โฟลเดอร์ของโปรแกรม | Path below the data folder, or program/ and the path below the program's folder
  bytes bigint, -- ขนาดเป็นไบต์ | Size
  sha256 varchar -- SHA-256 ของเนื้อไฟล์ ว่างเมื่อเปิดไฟล์ไม่ได้ | SHA-256 of the file's bytes; null where it could not be opened
);

create table build_folder( -- โฟลเดอร์ที่ค้นหาไฟล์ และชื่อที่พบ ฐานข้อมูลล้าสมัยเมื่อชื่อเหล่านี้เปลี่ยน | Folders in which files were looked for and the names found; the database is out of date when these change
  path varchar not null, -- เส้นทางใต้โฟลเดอร์ข้อมูล หรือ program/ กับเส้นทางใต้โฟลเดอร์ของโปรแกรม | Path below the data folder, or program/ and the path below the program's folder
  pattern varchar not null, -- รูปแบบของชื่อที่นับ | Which names count
  names varchar[] not null -- ชื่อที่พบ เรียงตามอักษร | The names found, in order
);
