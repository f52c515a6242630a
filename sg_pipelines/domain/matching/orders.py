"""When two order records are one order: the same number, and the day or the total with it. Amounts alone tie nothing.

Two shops of one platform both count from 1001: between accounts of one platform number, day and total must all agree.
"""

from __future__ import annotations

from sg_pipelines.domain.matching.likeness import Likeness

ORDERS = Likeness(
    needs=("number", "placed_on", "total_amount", "currency"),
    prepared={
        "code": "nullif(regexp_replace(regexp_replace(lower(number), '[^0-9a-z]+', '', 'g'), '^(so|po|order|no)([0-9])', '\\2'), '')",
        "day": "try_cast(left(placed_on, 10) as date)",
        "total": "try_cast(total_amount as decimal(18, 4))",
        "money": "upper(currency)",
    },
    derived={},
    blocks={"o": "code"},
    levels={
        "code": "case when x.code is null or y.code is null then 0 when x.code = y.code then 3 else -1 end",
        "day": "case when x.day is null or y.day is null then 0 when x.day = y.day then 3 "
        "when abs(x.day - y.day) <= 1 then 2 else -1 end",
        "total": "case when x.total is null or y.total is null then 0 "
        "when x.total = y.total and x.money is not distinct from y.money then 3 else -1 end",
    },
    weight="""
    case code when 3 then 60 when -1 then -60 else 0 end
  + case day when 3 then 20 when 2 then 15 when -1 then -40 else 0 end
  + case total when 3 then 40 when -1 then -5 else 0 end
""",
    names={"code": "number", "day": "day", "total": "total"},
    strong=(("code", "day"), ("code", "total")),
    caps={"two accounts of one platform count alike": "same_platform and not (code = 3 and day >= 2 and total = 3)"},
)
