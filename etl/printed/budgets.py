"""Money as printed -> baht."""

import re
from decimal import Decimal

from etl.printed.thai import arabic

_AMOUNT = re.compile(r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:\s*\.?\s*-)?\s*(ล้าน|แสน|หมื่น|พัน)?\s*(?:บาท)?")
_SCALE = {"ล้าน": 1_000_000, "แสน": 100_000, "หมื่น": 10_000, "พัน": 1_000}
_NONE_USED = re.compile(r"ไม่\s*(?:ได้\s*)?(?:ใช้|มี|ตั้ง|เบิก|ต้องใช้|มีค่า)\s*(?:จ่าย)?\s*(?:งบ|เงิน|จ่าย|$)|^\s*ไม่ใช้\s*$|ไม่มีค่าใช้จ่าย")


def baht(text: str) -> Decimal | None:
    """The amount that a cell prints; 0 where it says that no budget is used; None where it says nothing or more than one amount.

    >>> baht("๕๐,๐๐๐.-"), baht("20,000 บาท"), baht("ไม่ใช้งบประมาณ"), baht("-")
    (Decimal('50000'), Decimal('20000'), Decimal('0'), None)
    """
    plain = arabic(text).strip()
    amounts = [Decimal(whole.replace(",", "") + part) * _SCALE.get(scale, 1) for whole, part, scale in _AMOUNT.findall(plain[:500])]
    if len(set(amounts)) == 1:
        return amounts[0]
    if not amounts and _NONE_USED.search(plain):
        return Decimal(0)
    return None


def looks_like_money(text: str) -> bool:
    """Whether a cell holds an amount, or says that there is none, and little else.

    >>> looks_like_money("50,000.-"), looks_like_money("อบรม 2 ครั้ง ใช้เงิน 500 บาท ในเดือนมีนาคม")
    (True, False)
    """
    plain = arabic(text).strip()
    return bool(_NONE_USED.search(plain)) and len(plain) < 40 or bool(re.fullmatch(rf"(?:งบประมาณ|จำนวน)?\s*{_AMOUNT.pattern}\s*", plain))
