"""Plan and result measures pair by what they say."""

from hypothesis import given
from hypothesis import strategies as st

from etl.pairing import Item, pair_measures, text_key

PLAN = ["จัดทำคู่มือการให้บริการประชาชน", "เผยแพร่แผนการใช้จ่ายงบประมาณประจำปี", "ประกาศนโยบายไม่รับของขวัญ", "อบรมเจ้าหน้าที่เรื่องผลประโยชน์ทับซ้อน"]


def told(plan: list, result: list) -> list[tuple[int, int, str]]:
    return [(pair.plan, pair.result, pair.basis) for pair in pair_measures(plan, result)]


def items(*titles: str, group: str | None = None) -> list[Item]:
    return [Item(title, group) for title in titles]


def test_a_dropped_measure_shifts_the_numbers_and_not_the_pairs():
    assert told(items(*PLAN), items(PLAN[0], PLAN[2], PLAN[3])) == [(0, 0, "text"), (2, 1, "text"), (3, 2, "text")]


def test_spaces_numbers_and_points_do_not_matter_and_rewording_does_little():
    result = items("1. จัดทำ คู่มือการให้บริการประชาชน", "ดำเนินการเผยแพร่แผนการใช้จ่ายงบประมาณประจำปี พ.ศ. 2568", "โครงการใหม่ที่ไม่ได้อยู่ในแผน")
    pairs = pair_measures(items(*PLAN), result)
    assert [(pair.plan, pair.result) for pair in pairs] == [(0, 0), (1, 1)]
    assert pairs[0].similarity == 1 and 0.65 <= pairs[1].similarity < 1


def test_equal_titles_pair_in_their_group_and_then_in_their_order():
    plan = [Item("ประชุมชี้แจง", "1"), Item("ประชุมชี้แจง", "2"), Item("ประชุมชี้แจง", "2")]
    result = [Item("ประชุมชี้แจง", "2"), Item("ประชุมชี้แจง", "2"), Item("ประชุมชี้แจง", "1")]
    assert told(plan, result) == [(0, 2, "text"), (1, 0, "text"), (2, 1, "text")]


def test_steps_speak_for_a_measure_without_a_title():
    plan = [Item(None, None, "๑. จัดให้มีบัตรคิวหรือการนำเทคโนโลยีมาใช้ในการจัดระบบบัตรคิว")]
    assert told(plan, items("พัฒนาการบริการ เช่น การจัดให้มีบัตรคิว หรือการนำเทคโนโลยีมาใช้ในการจัดระบบบัตรคิว", "ประกาศเจตนารมณ์")) == [(0, 0, "text")]


def test_tables_of_different_grain_pair_by_group_and_nothing_is_dropped():
    plan = [Item(f"วิธีการที่ {letter} ของแผน", group) for group in "29" for letter in "กขค"]
    result = [Item("มาตรการสร้างความโปร่งใส", "2"), Item("มาตรการเปิดเผยข้อมูล", "9")]
    assert told(plan, result) == [(0, 0, "group"), (1, 0, "group"), (2, 0, "group"), (3, 1, "group"), (4, 1, "group"), (5, 1, "group")]


def test_a_missing_title_pairs_with_nothing():
    assert told([Item(None), Item("")], items(*PLAN)) == []


@given(st.permutations(range(len(PLAN))))
def test_the_order_of_the_result_does_not_matter(order):
    pairs = pair_measures(items(*PLAN), items(*(PLAN[at] for at in order)))
    assert {(pair.plan, order[pair.result]) for pair in pairs} == {(at, at) for at in range(len(PLAN))}


titles = st.lists(st.one_of(st.none(), st.sampled_from(PLAN), st.text("กขคงจ 1.", max_size=8)), max_size=8)


@given(titles, titles)
def test_no_measure_is_in_two_text_pairs_and_every_similarity_is_a_share(plan, result):
    pairs = pair_measures(items(*plan), items(*result))
    assert len({pair.plan for pair in pairs}) == len({pair.result for pair in pairs}) == len(pairs)
    assert all(0.65 <= pair.similarity <= 1 for pair in pairs)
    assert all(text_key(plan[pair.plan]) and text_key(result[pair.result]) for pair in pairs)
