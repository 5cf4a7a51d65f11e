"""Patterns of what ends, opens or fills the label of a figure, and how labels are cut and joined."""

from __future__ import annotations

import re

from ntm_extract.text.folding import UPPER
from ntm_extract.text.forms import NAME
from ntm_extract.text.wording import Wording

HARD = re.compile(r"[;|!?]|\.(?=\s|$)|\.\.\.|…|[“”\"](?=\s|$)|(?<=\s)[“\"]")
RIGHT_START = re.compile(
    r"\s(?!(?:so|kế|tổng|dân số(?=\s?[.,;)]|$)|chỉ tiêu|trở|năm|và|là|vào|của|trong|ở|đối|với|tại|xuống|lên|còn|đến|"
    r"mục|trên|bằng|tăng|giảm|để|nhờ|do|cuối|thuộc|mỗi|đạt|được|theo|so với|hoặc|dự toán|sau|khi|"
    r"trước|kể)(?!\w))[\wÀ-ỹ]"
)
LEFT_VERB = re.compile(r"(?:đạt|chiếm|là|bằng|còn|:|ở mức|lên|xuống|\|)\s*$")
BESIDE = re.compile(
    r"[\s,;(]*(?:(?:và|đã|cũng|ước|tỷ lệ|đạt|chiếm|bằng|tương đương|tương ứng|tức|hay|là|khoảng|gần|"
    r"với|quy đổi|quy ra tiền|=|:)\s?)*\s*\(?"
)
AGAINST = re.compile(r"\s(?P<what>kế hoạch|chỉ tiêu|dự toán|mục tiêu)")
CUT_AFTER = re.compile(
    r"^\s*(?:với|gồm)|,(?!\s(?:bản|ấp|buôn|làng|cải tạo|sửa chữa|xuống cấp|hộ))|(?<!\w)(?:với tổng|với kinh phí|"
    r"với diện tích|với chiều dài|với số|chiếm|trong khi|để|nhằm|nên|vượt(?= \d| kế hoạch \d)|so với|nâng(?! cấp| cao)|"
    r"tương ứng|vào cuối|từ nguồn|bao gồm|theo quyết định|theo nghị)(?!\w)"
)
SIDE = re.compile(r"\s?\([^()]*\)|,?\s?(?:chiếm|bằng)\s[^,.;]{0,24}%[^,.;(]{0,12}(?=,)")
CHANGE = re.compile(
    r"(?<!\w)(tăng thêm|tăng|giảm|vượt|nâng thêm|cao gấp|gấp|thấp hơn|cao hơn)(?:\s(?:tới|hơn|lên|"
    r"bình quân|gần|khoảng|thêm|nợ|được|mức))*\s*$"
)
SO_WITH = re.compile(
    r"(?:\s?\([^()]*\)|\))?\s*(so với (?:cùng kỳ |cuối |đầu )?(?:năm )?(?:\d{1,2}/\d{1,2}/\d{4}|"
    r"[\w ]{2,24})|(?:cuối |đầu )?năm \d{4}|"
    r"kế hoạch|chỉ tiêu|dự toán|mục tiêu)"
)
PARTS = re.compile(r"(?<!\w)(?:trong đó|trong số (?:đó|này|ấy)|gồm|bao gồm|gồm có)(?!\w)")
PRONOUN = re.compile(r"(?:con số|số|mức|tỷ lệ|số nợ|kết quả|số tiền|khoản)\s?(?:này|đó|trên)|đến|lên")
LISTED = re.compile(r"[^.;:(]{0,26}(?:,| và| với)\s(?:\w+\s)?")
"""Between the counts of a list."""
COUNTED_TOO = re.compile(
    r"(?:,\s(?:thôn|bản|ấp|khóm|bon|buôn|làng|xóm|khu phố|khu dân cư|tổ dân phố|xã|phường|thị trấn|huyện|thị xã|"
    r"thị(?! xã| trấn)|thành(?! phố)|thành phố|quận|tỉnh|công chức|viên chức|giáo viên|nông dân|học viên|"
    rf"người lao động))+(?!\w)(?:(?<=, thị)|(?<=, thành)|(?!\s[{UPPER}]))"
)
"""What is counted beside the unit: "12/13 xã, thị trấn đạt …"."""
AREA = re.compile(
    r"(?:(?:toàn|cả|trên địa bàn)\s)?(?:xã|huyện|tỉnh|nước|thị xã|thành phố)(?:\s(?:hiện|nay|chỉ|mới|đã))*"
)
"""Words before a percentage that only say where."""
MOST = re.compile(r"(?:(?:xã|huyện|thôn|bản)\s)?(?:(?:thấp|cao|nhiều|ít|lớn) nhất|dẫn đầu)(?!\w)")
"""A name that only says which: "thấp nhất là Nà Sáy"."""
AND_SO = re.compile(r"\s?(?:\([^()]*\))?,?\svà\s(?:\w+\s)?")
BY_ITSELF = re.compile(r"(?:,|;|\()\s?riêng\s")
MAX_WORDS = 16
WHERE_TOO = re.compile(r"\s(?:thuộc|ở|tại|của)\s")
"""Between those counted and the places that they are counted in: "187 hộ thuộc 16 bản …"."""
MEASURED_FROM = re.compile(r"\s(so với (?!năm|cùng|cuối|đầu|kế|mục|trước|giai|thời|\d)[^.;,()\d]{3,40})")
WHOLE = re.compile(r"\s(?:so với\s|trên\s|trong\s)?(?P<what>tổng số\s[^.;,()\d]{2,40})")
"""What a share is a share of, behind it: "chiếm 9,8% so với tổng số hộ trên địa bàn"."""
GOES_ON = re.compile(r"\W*(?:trong đó|trong số (?:đó|này|ấy)|chia ra|bao gồm|gồm|cụ thể)(?!\w)")
"""A sentence that goes on with the parts of what the one before states."""
SUBJECT = re.compile(
    r"(?:(?:Đến|Từ|Năm|Trong|Hiện|Qua|Sau|Tính|Hết|Cuối|Ngoài)[^,:;.]{0,40},\s)?(?P<who>[^,;:.\d()]{2,40}?)\s"
    r"(?:đã\s|hiện\s|cũng\s|chỉ\s)*(?:là|có|gồm|được|nằm|thuộc|chia|hiện|đã|giao|đạt|tổ chức|thực hiện|huy động)(?!\w)"
)
"""The subject that a sentence opens with."""
LISTED_PLACES = re.compile(
    rf"\s(?:ở|tại|gồm|là|thuộc|của)\s(?:(?:các|hai|ba)\s)?(?:(?:xã|huyện|thôn|bản)\s)?"
    rf"{NAME}(?:, {NAME})+(?:,? và {NAME})?(?=\s(?!và\s[{UPPER}]|[{UPPER}])[^\W\d_])"
)
"""Where those counted are, named before what is said of them: "5 bản gồm Nà Sáy, Mường Khong chưa có điện"."""

OTHER_CAPITAL = re.compile(r"(?<!\w)(?:sự nghiệp|sn)(?!\w)")
TIME_ONLY = re.compile(
    r"(?:(?:đến|tới|hết|trước|sau|cuối|đầu|giữa|nửa|cả|ước|còn|xong|từ|trong|vào|tháng|năm|quý|kỳ|nay|hiện|lên|về|"
    r"mới|tính|dự kiến|[ivx]+|\d[\d/.]*)(?!\w)|[\s,→-]+)+"
)
"""A name that only says when."""
TOTAL = re.compile(r"tổng(?: số| cộng)?|cộng")
"""A name that only says that it is a sum: of what, the title over it says."""
OUTSIDE = re.compile(r"\([^()]*\d[^()]*\),?\s(?:đạt|chiếm|bằng)\s(?:tỷ lệ\s)?$")
"""A bracket between a count and its share: "98 xã đạt chuẩn (trong đó 5 xã kiểu mẫu), đạt 83%"."""

QUALIFIES = re.compile(r"(?:đối với|ở|tại)\s")
"""As words begin that say for whom, not what."""
WHERE = re.compile(
    rf"(?:(?:vùng|miền|khu vực|tỉnh|huyện|thị xã|thành phố|xã|thôn|bản)\s){NAME}(?:\s[^\W\d_]+ {NAME})?"
    rf"|[{UPPER}][\w']*(?:[ -][{UPPER}][\w']*)+"
)
"""A name that only says where."""
MEANS = re.compile(r"(?:bình quân|trung bình)(?:\s(?:mỗi|hằng|hàng)\s\w+)?")
"""Words before a change that only say how it is counted."""
UNTOLD = re.compile(r"^(?:xã|huyện|thôn)(?:.*\s)?(?:chưa\s)?đạt$")
"""A name that leaves unsaid which criterion is met."""


def own_part(said: str) -> str:
    """After another figure, the words up to the first comma belong to that one."""
    if item := re.match(r"\s?[-–;]\s", said):
        return said[item.end() :]
    head = re.match(r"[^,]*?(?:,|\svà\s|\)|\()", said)
    if head:
        return said[head.end() :].lstrip()
    cut = re.search(r"(?<!\w)(?:với|có|trong đó|nâng|cho|để|tăng|giảm)\s", said)
    return said[cut.start() :] if cut else said


def last_clause(said: str, words: Wording, alone: bool = True) -> str:
    """The last comma's clause, if it says enough by itself or need not."""
    parts = said.split(", ")
    last = parts[-1]
    if len(words.clean(last).split()) >= 2 or len(parts) == 1 or not alone:
        return last
    return ", ".join(parts[-2:])


def limit(said: str) -> str:
    """The first words of a label, as many as it may have."""
    return " ".join(said.split()[:MAX_WORDS])


def joined(found: str, whole: str) -> str:
    """A part's own words with those of the whole that it has not."""
    return " ".join([found, *(w for w in whole.split() if w.lower() not in found.lower().split())])
