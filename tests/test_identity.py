"""Whose report it is: seeds, made-up titles, the registry, and misread names over the whole nation."""

import csv
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.formats import Document, open_document
from etl.formats.text import text_blocks
from etl.identity.identify import identify
from etl.known.local_governments import COLUMNS as LISTED_COLUMNS
from etl.known.names import Agency, bare_place, typed_name
from etl.known.registry import Registry, load_registry
from etl.sample.printed_names import printed_names

SHIPPED = load_registry()
SHARED = Path(__file__).resolve().parents[2] / "shared"
NATION = SHARED / "reference" / "local_governments_2560.csv"
# file: agency, district, province, fiscal year, round, a place or spelling that is printed and wrong
SEEDS = {
    "000": ("เทศบาลตำบลบาเจาะ", "บาเจาะ", "นราธิวาส", 2566, None, "เทศบาลตำบลบึงจระ"),
    "001": ("เทศบาลตำบลพะโต๊ะ", "พะโต๊ะ", "ชุมพร", 2564, None, "อำเภอบ้านฝาง จังหวัดชุมพร"),
    "002": ("เทศบาลตำบลบ้านเดื่อ", "เกษตรสมบูรณ์", "ชัยภูมิ", 2568, None, "อำเภอบ้านลาด จังหวัดเพชรบูรณ์"),
    "003": ("องค์การบริหารส่วนตำบลชุมแสง", "สตึก", "บุรีรัมย์", 2566, None, "อำเภอสตึก จังหวัดบุรีรัมย์"),
    "004": ("เทศบาลตำบลบางเก่า", "ชะอำ", "เพชรบุรี", 2566, "six_month", "เทศบาลตำบลบางแก้ว"),
}


def of(text, registry=None, file="report.txt"):
    identity, findings = identify(Document(file, "0" * 64, tuple(text_blocks(text))), registry or SHIPPED)
    return identity, {said.rule for said in findings}


@pytest.mark.parametrize("seed", SEEDS)
def test_seeds(seed):
    found = sorted((SHARED / "seeds").glob(f"{seed}_*.txt"))
    if not found:
        pytest.skip("needs ../shared/seeds")
    identity, _ = identify(open_document(found[0]), SHIPPED)
    agency, district, province, year, of_round, printed = SEEDS[seed]
    assert (identity.agency, identity.district, identity.province) == (agency, district, province)
    assert (identity.fiscal_year, identity.round) == (year, of_round)
    assert printed in [*identity.agency_printed, identity.place_printed]
    assert not [name for name in identity.agency_printed if " " in name or "\n" in name or "-" in name]


PAIRS = sorted(path for path in (Path(__file__).parent / "golden" / "identity").iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", PAIRS, ids=lambda path: path.name)
def test_golden(folder):
    """expected.json was decided by hand from the document; an agency that is null may not be found."""
    identity, _ = identify(open_document(next(folder.glob("document.*"))), SHIPPED)
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert {key: getattr(identity, key) for key in expected} == expected


REPORT = "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2567\n"
BELOW = "\n\n" + "รายการ\n" * 25  # further down than titles stand


@pytest.mark.parametrize(
    ("owner", "agency", "district", "province", "rule"),
    [
        ("ทต. ราไวย์ อ.เมือง จ.ภูเก็ต", "เทศบาลตำบลราไวย์", "เมืองภูเก็ต", "ภูเก็ต", None),
        ("องค์การ บริหารส่วนตำบล เขาสมอ คอน อำเภอท่าวุ้ง จังหวัดลพบุรี", "องค์การบริหารส่วนตำบลเขาสมอคอน", "ท่าวุ้ง", "ลพบุรี", None),
        ("เทศบาลตำบลราไวช์ อำเภอเมืองภูเก็ต จังหวัดภูเก็ต", "เทศบาลตำบลราไวย์", "เมืองภูเก็ต", "ภูเก็ต", "agency_misread"),
        ("เทศบาลตำบลเชิงทะเล อำเภอถลาง จังหวัดภูเก็ด", "เทศบาลตำบลเชิงทะเล", "ถลาง", "ภูเก็ต", "place_misread"),
        # Three of one name in a province, told apart by the district; without it, which they are is said.
        ("อบต.ชุมแสง อำเภอนางรอง จังหวัดบุรีรัมย์", "องค์การบริหารส่วนตำบลชุมแสง", "นางรอง", "บุรีรัมย์", None),
        ("อบต.ชุมแสง จังหวัดบุรีรัมย์", "องค์การบริหารส่วนตำบลชุมแสง", None, "บุรีรัมย์", "agency_close_second"),
        ("เทศบาลตำบลบ้านเดื่อ อำเภอเมือง จังหวัดหนองคาย", "เทศบาลตำบลบ้านเดื่อ", "เมืองหนองคาย", "หนองคาย", None),
        # Others of the same name: a real place elsewhere is another agency.
        ("เทศบาลตำบลราไวย์ อำเภอชะอำ จังหวัดเพชรบุรี", "เทศบาลตำบลราไวย์", "ชะอำ", "เพชรบุรี", "agency_elsewhere"),
        # A place that does not exist is misread, and the registry's is taken where it has one of this name only.
        ("เทศบาลตำบลราไวย์ อำเภอบ้านลาด จังหวัดเพชรบูรณ์", "เทศบาลตำบลราไวย์", "เมืองภูเก็ต", "ภูเก็ต", "place_conflict"),
        ("เทศบาลตำบลบ้านเดื่อ อำเภอบ้านลาด จังหวัดเพชรบูรณ์", "เทศบาลตำบลบ้านเดื่อ", "บ้านลาด", "เพชรบูรณ์", "agency_close_second"),
        # An office that has become a municipality since the list was made; one that no list has; a former name.
        ("เทศบาลตำบลทุ่งกุลา อำเภอท่าตูม จังหวัดสุรินทร์", "เทศบาลตำบลทุ่งกุลา", "ท่าตูม", "สุรินทร์", "agency_changed"),
        ("เทศบาลตำบลแสงดาวใต้ อำเภอท่าตูม จังหวัดสุรินทร์", "เทศบาลตำบลแสงดาวใต้", "ท่าตูม", "สุรินทร์", "agency_not_in_registry"),
        ("เทศบาลเมืองบัวขาว จังหวัดกาฬสินธุ์", "เทศบาลเมืองกุฉินารายณ์", "กุฉินารายณ์", "กาฬสินธุ์", None),
        ("เทศบาลตำบลราไวย์", "เทศบาลตำบลราไวย์", "เมืองภูเก็ต", "ภูเก็ต", "place_from_registry"),
        ("อบจ.พัทลุง", "องค์การบริหารส่วนจังหวัดพัทลุง", None, "พัทลุง", "place_from_registry"),
        # Names made of words that elsewhere follow names; a misread type; a misread district.
        ("องค์การบริหารส่วนตำบลอาจสามารถ อำเภอเมือง จังหวัดนครพนม", "องค์การบริหารส่วนตำบลอาจสามารถ", "เมืองนครพนม", "นครพนม", None),
        ("องค์การบริหารส่วนตำบลในเมือง", "องค์การบริหารส่วนตำบลในเมือง", None, None, None),
        ("ฮงค์การปริหาวส่วนคำบล โคกสว่าง อำเภอพนมไพร จังหวัดร้อยเอ็ด", "องค์การบริหารส่วนตำบลโคกสว่าง", "พนมไพร", "ร้อยเอ็ด", None),
        ("เทศบาลตำบลแสงดาวใต้ อำเภอท่าดูม จังหวัดสุรินทร์", "เทศบาลตำบลแสงดาวใต้", "ท่าตูม", "สุรินทร์", "place_misread"),
        ("กรมที่ดิน กระทรวงมหาดไทย", "กรมที่ดิน", None, None, None),
        ("อบจ.สงขลา อำเภอเมือง จังหวัดสงขลา", "องค์การบริหารส่วนจังหวัดสงขลา", None, "สงขลา", None),
        # Without its type: the one of this name there; of several, the type that the text speaks of, else all are named.
        ("สันกลาง อำเภอพาน จังหวัดเชียงราย", "องค์การบริหารส่วนตำบลสันกลาง", "พาน", "เชียงราย", "agency_without_type"),
        ("โชคชัย อำเภอโชคชัย จังหวัดนครราชสีมา", None, None, None, "agency_close_second"),
        ("โชคชัย อำเภอโชคชัย จังหวัดนครราชสีมา\n\n(ลงชื่อ) นายกเทศมนตรี", "เทศบาลตำบลโชคชัย", "โชคชัย", "นครราชสีมา", "agency_without_type"),
        ("โชคชัย อำเภอโชคชัย จังหวัดนครราชสีมา\n\nกฎหมายว่าด้วยเทศบาลและองค์การบริหารส่วนตำบล", None, None, None, "agency_close_second"),
        ("ประจำปี อำเภอพาน จังหวัดเชียงราย", None, None, None, "agency_unknown"),
        # Namesakes, and the address of the office; a second address of another of them decides nothing.
        ("อบต.หนองบัว\n\nเลขที่ 9 ตำบลหนองบัว อำเภอวัดสิงห์ จังหวัดชัยนาท", "องค์การบริหารส่วนตำบลหนองบัว", "วัดสิงห์", "ชัยนาท", None),
        (
            "อบต.ชุมแสง จังหวัดบุรีรัมย์" + BELOW + "เลขที่ 9 ตำบลชุมแสง อำเภอสตึก จังหวัดบุรีรัมย์",
            "องค์การบริหารส่วนตำบลชุมแสง",
            "สตึก",
            "บุรีรัมย์",
            "agency_by_address",
        ),
        (
            "อบต.ชุมแสง จังหวัดบุรีรัมย์" + BELOW + "ตำบลชุมแสง อำเภอสตึก จังหวัดบุรีรัมย์\nตำบลชุมแสง อำเภอนางรอง จังหวัดบุรีรัมย์",
            "องค์การบริหารส่วนตำบลชุมแสง",
            None,
            "บุรีรัมย์",
            "agency_close_second",
        ),
    ],
)
def test_owner(owner, agency, district, province, rule):
    identity, rules = of(REPORT + owner + "\n")
    assert (identity.agency, identity.district, identity.province) == (agency, district, province)
    assert rule is None or rule in rules


@pytest.mark.parametrize("year", ["ปีงบประมาณ พ.ศ. 2567", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๗"])
def test_a_title_broken_before_its_year_names_its_owner_behind_it(year):
    identity, _ = of(f"{REPORT.partition(' ')[0]}\n{year} เทศบาลตำบลแสงดาวใต้\nรายการ\n")
    assert (identity.agency, identity.fiscal_year) == ("เทศบาลตำบลแสงดาวใต้", 2567)


def test_majority_of_spellings_and_run_on_words():
    text = REPORT + "เทศบาลตำบลหนองนาดำ อำเภอท่าตูม จังหวัดสุรินทร์\n\nเทศบาลตำบลหนองนาคำเพื่อเผยแพร่ เทศบาลตำบลหนองนาคำได้ดำเนินการ\n"
    identity, rules = of(text)
    assert identity.agency == "เทศบาลตำบลหนองนาคำ"
    assert identity.agency_printed == ["เทศบาลตำบลหนองนาดำ", "เทศบาลตำบลหนองนาคำ"]
    assert "agency_spellings" in rules


def test_others_named_in_passing_do_not_win():
    passing = "ตามที่สำนักงาน ป.ป.ช. และกระทรวงมหาดไทยกำหนด\nศึกษาดูงานเทศบาลนครหาดใหญ่ เทศบาลนครหาดใหญ่ เทศบาลนครหาดใหญ่\n"
    assert of(REPORT + "เทศบาลตำบลสันผักหวาน\n\n" + passing)[0].agency == "เทศบาลตำบลสันผักหวาน"
    identity, rules = of(REPORT + passing.split("\n")[0])
    assert (identity.agency, identity.agency_printed) == (None, [])
    assert "agency_unknown" in rules


def test_the_registry_and_the_web_domain_decide_between_namesakes():
    places = (("a1", "สตึก"), ("a2", "นางรอง"), ("a3", "กระสัง"))
    agencies = [Agency(each, "องค์การบริหารส่วนตำบลชุมแสง", "องค์การบริหารส่วนตำบล", district, "บุรีรัมย์") for each, district in places]
    known = load_registry()
    registry = Registry(tuple(agencies), known.provinces, known.districts)
    title = REPORT + "องค์การบริหารส่วนตำบลชุมแสง"
    assert of(title + " อำเภอนางรอง จังหวัดบุรีรัมย์\n", registry)[0].agency_id == "a2"
    identity, rules = of(title + " จังหวัดบุรีรัมย์\n", registry)
    assert (identity.agency_id, identity.agency, identity.district) == (None, "องค์การบริหารส่วนตำบลชุมแสง", None)
    assert "agency_close_second" in rules
    one = Agency("a4", "องค์การบริหารส่วนตำบลชุมแสง", "องค์การบริหารส่วนตำบล", "กระสัง", "บุรีรัมย์", web_domain="chumsaeng.go.th")
    registry = Registry((agencies[0], agencies[1], one), known.provinces, known.districts)
    assert of(title + "\n\nwww.chumsaeng.go.th\n", registry)[0].agency_id == "a4"
    assert registry.match("องค์การบริหารส่วนตำบลชุมแสง อำเภอสตึก", None, "บุรีรัมย์").agency.agency_id == "a1"


def test_a_close_second_is_no_silent_choice():
    known = load_registry()
    agencies = [Agency(each, "เทศบาลตำบล" + name, "เทศบาลตำบล", None, "แพร่") for each, name in (("a1", "หนองนาคำ"), ("a2", "หนองนาดำ"))]
    registry = Registry(tuple(agencies), known.provinces, known.districts)
    identity, rules = of(REPORT + "เทศบาลตำบลหนองนาตำ จังหวัดแพร่\n", registry)
    assert (identity.agency_id, identity.agency) == (None, "เทศบาลตำบลหนองนาตำ")
    assert "agency_close_second" in rules
    assert of(REPORT + "เทศบาลตำบลหนองนาคำ จังหวัดแพร่\n", registry)[0].agency_id == "a1"


@pytest.mark.parametrize(
    ("title", "year", "of_round"),
    [
        ("รายงานผลการดำเนินงานตามแผนปฏิบัติการป้องกันการทุจริต (พ.ศ. ๒๕๖๖ – ๒๕๗๐) ประจำปีงบประมาณ พ.ศ. ๒๕๖๗ รอบ ๑๒ เดือน", 2567, "annual"),
        ("รายงานการกำกับติดตามการดำเนินการป้องกันการทุจริต ประจำปี 2566 (รอบ 6 เดือนแรก)", 2566, "six_month"),
        ("รายงานผลตามแผนปฏิบัติการป้องกันการทุจริต ประจำปีงบประมาณ ๒๕๖๖ รอบ ๒ เดือน", 2566, "six_month"),
        ("มาตรการส่งเสริมคุณธรรมจากผลการประเมิน ITA ปี 2565 ประจำปีงบประมาณ พ.ศ. 2566", 2566, None),
        ("มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปี\nงบประมาณ ๒๕๖๘", 2568, None),
        ("รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรม ประจำปีงบประมาณ ๖๗", 2567, None),
        ("ITA measures report, fiscal year 2024", 2567, None),
        ("มาตรการตามพระราชบัญญัติข้อมูลข่าวสาร พ.ศ. 2540", None, None),
    ],
)
def test_year_and_round(title, year, of_round):
    identity, rules = of(title + "\nเทศบาลตำบลสันผักหวาน\n")
    assert (identity.fiscal_year, identity.round) == (year, of_round)
    assert (year is None) == ("fiscal_year_unknown" in rules)


def test_year_of_the_file_name_is_said():
    identity, rules = of("มาตรการส่งเสริมคุณธรรม\nเทศบาลตำบลสันผักหวาน\n", file="ita_2567.txt")
    assert identity.fiscal_year == 2567
    assert "fiscal_year_from_file_name" in rules


@given(st.deferred(lambda: st.sampled_from(sorted({one.name for one in SHIPPED.local if typed_name(one.name)[0]}))), st.integers(0, 2))
def test_spaces_in_the_type_change_nothing(name, spaces):
    kind, bare = typed_name(name)
    parted = kind.replace("ส่วน", " " * spaces + "ส่วน").replace("เทศบาล", "เทศบาล" + " " * spaces)
    assert typed_name(f"{parted} {bare}") == (kind, bare)


# ------------------------------------------------------------------------------------------------------------- registry


def test_malformed_rows_are_reported_and_the_rest_is_used(tmp_path):
    path = tmp_path / "agencies.csv"
    path.write_text(
        "agency_id,name,agency_type,district,province,region,aliases,web_domain\n"
        "m1,ทต.ก้อนแก้ว,,สูงเม่น,แพร่,,ก้อนแก้ว | Kon Kaeo,www.konkaeo.go.th\n"
        ",เทศบาลตำบลไร้รหัส,,,,,,\n"
        "m1,เทศบาลตำบลซ้ำ,,,,,,\n"
        "m2,เทศบาลตำบลผิดจังหวัด,,,อยุธยาน้อย,,,\n"
        "m3,สั้นไป\n",
        encoding="utf-8",
    )
    registry = load_registry(path)
    assert [(said.rule, said.place) for said in registry.findings] == [
        ("registry_row_malformed", "agencies.csv row 3"),
        ("registry_id_repeated", "agencies.csv row 4"),
        ("registry_province_unknown", "agencies.csv row 5"),
        ("registry_row_malformed", "agencies.csv row 6"),
    ]
    assert [agency.agency_id for agency in registry.agencies] == ["m1", "m2"]
    assert registry.match("เทศบาลตำบลก้อนแก้ว", None, "แพร่").agency.region == "เหนือ"
    assert registry.of_domain("konkaeo.go.th").agency_id == "m1"


def test_a_file_of_ones_own_extends_the_registry(tmp_path):
    heading = "agency_id,name,agency_type,district,province,region,aliases,web_domain\n"
    (tmp_path / "agencies.csv").write_text(heading + "m1,เทศบาลตำบลก้อนแก้ว,,สูงเม่น,แพร่,,,\n", encoding="utf-8")
    (tmp_path / "agencies_own.csv").write_text("\ufeff" + heading + "m2,อบต.เหนือคลอง,,,กระบี่,,,\nm1,ซ้ำ,,,,,,\n", encoding="utf-8")
    registry = load_registry(tmp_path / "agencies.csv")
    assert [agency.agency_id for agency in registry.agencies] == ["m1", "m2"]
    assert [said.place for said in registry.findings] == ["agencies_own.csv row 3"]
    assert registry.match("องค์การบริหารส่วนตำบลเหนือคลอง").agency.agency_id == "m2"


def test_a_registry_saved_in_another_encoding_or_broken(tmp_path):
    rows = "agency_id,name,province\nm1,เทศบาลตำบลก้อนแก้ว,แพร่\n"
    (tmp_path / "agencies.csv").write_bytes(rows.encode("cp874"))
    (tmp_path / "agencies_broken.csv").write_bytes(b"\x00\x01\x02")
    registry = load_registry(tmp_path / "agencies.csv")
    assert [agency.name for agency in registry.agencies] == ["เทศบาลตำบลก้อนแก้ว"]
    assert [(said.rule, said.place) for said in registry.findings] == [("registry_unreadable", "agencies_broken.csv")]


def test_shipped_registry_and_places():
    registry = load_registry()
    assert registry.findings == ()
    assert (len(registry.agencies), len(registry.local)) == (19, 7853)
    assert len({agency.agency_id for agency in (*registry.agencies, *registry.local)}) == 19 + 7853
    assert len(registry.provinces) == 77 and len(set(registry.provinces.values())) == 6
    assert sum(map(len, registry.districts.values())) == 878
    for agency in (*registry.agencies, *registry.local):
        assert agency.agency_type
        assert not agency.district or registry.is_district(agency.district, agency.province), agency.name


@pytest.mark.skipif(not NATION.exists(), reason="needs ../shared/reference/local_governments_2560.csv")
class TestNation:
    @pytest.fixture
    def rows(self):
        with open(NATION, encoding="utf-8-sig", newline="") as handle:
            return [(row["agency_name"], row["agency_type"], row["amphoe"] or None, row["province"]) for row in csv.DictReader(handle)]

    @pytest.fixture
    def nation(self, rows):
        known = load_registry()
        agencies = tuple(Agency(f"n{at:04d}", *row) for at, row in enumerate(rows))
        return Registry(agencies, known.provinces, known.districts)

    def test_every_agency_finds_itself(self, rows, nation):
        found = nation.matches((name, district, province) for name, _, district, province in rows)
        assert [match.agency.agency_id for match in found] == [agency.agency_id for agency in nation.agencies]

    def test_ids_stay_through_a_change_of_name_or_type(self, rows):
        """Every agency of the older list is found under the name that it had; seven of its rows stand in a province that is not theirs."""
        rows = [row for row in rows if (not row[2] or SHIPPED.is_district(row[2], row[3])) or row[3] != "ยะลา"]
        rows = [(name, kind, "เวียงเก่า" if district == "ภูคำน้อย" else district, province) for name, kind, district, province in rows]
        found = SHIPPED.matches((name, district, province) for name, _, district, province in rows)
        assert [row for row, match in zip(rows, found, strict=True) if match.basis != "exact"] == []
        assert len({match.agency.agency_id for match in found}) == len(rows)

    @pytest.mark.parametrize(("letters", "least"), [(1, 0.99), (2, 0.88)])
    def test_misread_names_find_their_own(self, rows, nation, letters, least):
        """Any letter lost, added or taken for another: nearly all find their own name, next to none another's."""
        chance = random.Random(2560)
        own = wrong = asked = 0
        for agency, (name, _, district, province) in zip(nation.agencies, rows, strict=True):
            kind, bare = typed_name(name)
            if kind in (None, "องค์การบริหารส่วนจังหวัด"):
                continue
            read = bare
            for _ in range(letters):
                read = misread(read, chance)
            asked += 1
            match = nation.match(kind + read, district, province)
            own += match.agency is agency
            wrong += match.agency not in (None, agency)
        assert own / asked >= least
        assert wrong / asked <= 0.002


@pytest.mark.parametrize("seed", range(2566, 2570))
def test_names_as_reports_print_them(seed):
    """Of 500 names no one is taken for another's; what is not found may be several, and the right one is among those that are named."""
    printed = printed_names(SHIPPED.local, 500, seed)
    matches = SHIPPED.matches((each.name, bare_place(each.district), bare_place(each.province)) for each in printed)
    pairs = list(zip(printed, matches, strict=True))
    assert [each for each, match in pairs if match.agency and match.agency.agency_id != each.agency.agency_id] == []
    told = [(each, match) for each, match in pairs if match.basis != "ambiguous"]
    assert sum(match.agency is not None for _, match in told) / len(told) >= 0.995
    assert sum(match.agency is not None for each, match in pairs if each.way not in ("no type", "no place")) / 388 >= 0.98
    several = [(each, match) for each, match in pairs if match.basis == "ambiguous"]
    assert all(each.agency.agency_id in {other.agency_id for other in match.nearest} for each, match in several)


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        (("องค์การบริหารส่วนตำบลชุมแสง", "สตึก", "บุรีรัมย์"), "a0004"),
        (("องค์การบริหารส่วนตำบลชุมแสง", None, "บุรีรัมย์"), None),
        (("ราไวย์", None, "ภูเก็ต"), "a0041"),
        (("เทศบาลราไวย์", None, "ภูเก็ต"), "a0041"),
        (("ราไวย์", None, "ภูเก็ต", "ทต."), "a0041"),
        (("เทศบาลตำบลราไวย์", None, "ภูเก็ด"), "a0041"),
        (("อบต.บ่อกวางทอง", None, "ชลบุรี"), "a0020"),
        (("ทต.บ่อกวางทอง", None, "ชลบุรี"), "a0020"),
        (("กทม.", None, None), "a0068"),
        (("ราไวย์", None, None), None),
        (("กรมที่ดิน", None, None), "a0062"),
        (("กรมดาวเคราะห์", None, "ภูเก็ต"), None),
    ],
)
def test_ways_of_printing_one_name(printed, found):
    match = SHIPPED.match(*printed)
    assert (match.agency.agency_id if match.agency else None) == found


def test_a_row_of_ones_own_goes_before_the_list(tmp_path):
    heading = "agency_id,name,agency_type,district,province,region,aliases,web_domain\n"
    (tmp_path / "agencies.csv").write_text(heading + "m1,เทศบาลตำบลราไวย์,,เมืองภูเก็ต,ภูเก็ต,,,\n", encoding="utf-8")
    registry = load_registry(tmp_path / "agencies.csv")
    assert [agency.agency_id for agency in registry.named("ทต.ราไวย์")] == ["m1"]
    assert registry.match("เทศบาลตำบลราไวช์", None, "ภูเก็ต").agency.agency_id == "m1"
    (tmp_path / "local_governments.csv").write_text(",".join(LISTED_COLUMNS) + "\n", encoding="utf-8")
    assert load_registry(tmp_path / "agencies.csv").named("ทต.กะรน") == ()


def misread(name, chance):
    at = chance.randrange(len(name))
    letter = chr(chance.randrange(0x0E01, 0x0E2F))
    return (
        name[:at] + chance.choice(["", letter, letter + name[at]]) + name[at + 1 :]
        if len(name) > 2
        else name[:at] + letter + name[at + 1 :]
    )
