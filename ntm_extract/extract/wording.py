"""The small words around a figure that end, open or fill its label, and how they are taken off."""

from __future__ import annotations

import re
from functools import lru_cache

from ntm_extract.extract.forms import NAME
from ntm_extract.text import dates

HARD = re.compile(r"[;|!?]|\.(?=\s|$)|\.\.\.|…|[“”\"](?=\s|$)|(?<=\s)[“\"]")
LIGHT = (
    r"song|nhưng|vì|và|còn(?! lại)|trong đó|trong đó có|gồm|gồm có|bao gồm|nhất là|đến nay|"
    r"cho đến nay|hiện nay|hiện(?! trạng| vật| đại)|tính(?! chất)|"
    r"ước|là|được|cụ thể|có|với|"
    r"đã|đang|kết quả|như|riêng|cùng|cùng với|cùng với đó|bên cạnh đó|ngoài ra|qua rà soát|thêm|mà|thì|nên|"
    r"phấn đấu|dự kiến|chỉ(?! đạo| số| tiêu| thị)|"
    r"đạt(?! chuẩn| tiêu chí| danh hiệu| gia đình)|từ(?! thiện)|nay|đó|này|năm|đạt được|vào|lần lượt|"
    r"hoặc|vẫn|mới|khoảng|sẽ|hơn|so với|so|"
    r"nâng(?! cấp| cao)|nếu|một|đây|nhờ đó|do đó|trước đó|từ chỗ|về(?! đích)|các(?! cấp)|thuộc|tại"
)
LEADING = re.compile(rf"(?i)^(?:[-+/•*–\"“”'(),.:|\s]+|(?:{LIGHT})(?=[\s,:]|$))+")
TRAILING = re.compile(
    r"(?i)(?:[-+•*–\"“”'(),:|\s=<>≥≤]+|(?<!\w)(?!(?<=thôn )mới|(?<=chưa )đạt|(?<=không )đạt|(?<=chứng )chỉ|"
    r"(?<=mặt )bằng|(?<=định )mức|(?<=tổng )mức)"
    r"(?:đạt|là|được|còn|so|với|có|chiếm|khoảng|ước|"
    r"ước đạt|bằng|lên|xuống|từ|đến|tới|và|ở mức|mức|gồm|"
    r"chỉ|cho|gần|hơn|trên|dưới|đã|mới|vẫn|giảm còn|tăng lên|giảm xuống|giảm từ|tăng từ|tương đương|"
    r"tương ứng|tỷ lệ|ít nhất|tối thiểu|trong đó|"
    r"ở|không quá|không dưới|không thấp hơn|không ít hơn|đủ|tới hơn|phấn đấu|dự kiến|sẽ|như sau|"
    r"ước tính|cả|thêm|bao gồm|trong|để|trở lên|riêng|"
    r"các|mới đạt|giảm|tăng|nhưng))+$"
)
HEAD_NOUN = re.compile(
    r"(?:^|[,;:]\s|(?<!\w)(?:với|có|như|và|trong đó|nâng|giảm|tăng|duy trì|chỗ|đó)\s(?:tiêu chí\s)?)"
    r"(?P<head>(?:tổng\s|mức\s)*(?:tỷ lệ|số|diện tích|sản lượng|giá trị|thu nhập|kinh phí|nguồn vốn|"
    r"vốn|độ che phủ|chiều dài|nợ|doanh thu|năng suất|"
    r"dân số|thu ngân sách|đàn|mật độ|tốc độ|bình quân|chi phí|trị giá|mức|nguồn thu|độ cao|tiền|lượng|tổng)(?=\s))"
)
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
PARTS = re.compile(r"(?<!\w)(?:trong đó|gồm|bao gồm|gồm có)(?!\w)")
PRONOUN = re.compile(r"(?:con số|số|mức|tỷ lệ|số nợ|kết quả|số tiền|khoản)\s?(?:này|đó|trên)|đến|lên")
LISTED = re.compile(r"[^.;:(]{0,26}(?:,| và)\s(?:\w+\s)?")
"""Between the counts of a list."""
COUNTED_TOO = re.compile(
    r"(?:,\s(?:thôn|bản|ấp|buôn|làng|xóm|khu phố|khu dân cư|tổ dân phố|xã|phường|thị trấn|huyện|thị xã|"
    r"thị(?! xã| trấn)|thành(?! phố)|thành phố|quận|tỉnh|công chức|viên chức|giáo viên|nông dân|học viên|"
    r"người lao động))+(?!\w)"
)
"""What is counted beside the unit: "12/13 xã, thị trấn đạt …"."""
AREA = re.compile(
    r"(?:(?:toàn|cả|trên địa bàn)\s)?(?:xã|huyện|tỉnh|nước|thị xã|thành phố)(?:\s(?:hiện|nay|chỉ|mới|đã))*"
)
"""Words before a percentage that only say where."""
SPENT = re.compile(
    r"(?:.*(?<!\w)(?:tham mưu|đề nghị)\s)?(?:đã\s)?"
    r"(?:phân bổ|bố trí|hỗ trợ|cấp|giao|dành|chi|huy động|trích|đầu tư|bổ sung|góp|đóng góp|ủng hộ|thưởng|vay|vay vốn)"
    r"(?:\s(?:thêm|mới|tổng|bổ sung))?"
)
"""A verb that needs the words behind its amount."""
MOST = re.compile(r"(?:(?:xã|huyện|thôn|bản)\s)?(?:(?:thấp|cao|nhiều|ít|lớn) nhất|dẫn đầu)(?!\w)")
"""A name that only says which: "thấp nhất là Nà Sáy"."""
AND_SO = re.compile(r"\s?(?:\([^()]*\))?,?\svà\s(?:\w+\s)?")
OWED = re.compile(
    r"(?:còn\s)?(?:nợ|trả|chuyển trả|lãi|lãi suất|lấy lãi|tiền lãi)|"
    r"(?:đã\s)?(?:giải ngân|thanh toán|quyết toán)(?:\sđược)?"
)
"""A name that says nothing without whose debt or money it is."""
GENERIC = re.compile(
    r"(?:(?:với|có|trên)\s)?(?:tổng\s)?(?:số\s)?(?:diện tích|chiều dài|kinh phí|số tiền|giá trị|trị giá|mức đầu tư|vốn|"
    r"nguồn vốn|công suất|quy mô|số|dài|rộng|dày)(?:\sđầu tư)?"
)
"""A name that says how much, not of what."""
BY_ITSELF = re.compile(r"(?:,|;|\()\s?riêng\s")
TAIL = 40
"""Characters at the end of a name within which its last light words begin."""
MAX_WORDS = 16
WHERE_TOO = re.compile(r"\s(?:thuộc|ở|tại|của)\s")
"""Between those counted and the places that they are counted in: "187 hộ thuộc 16 bản …"."""
MEASURED_FROM = re.compile(r"\s(so với (?!năm|cùng|cuối|đầu|kế|mục|trước|giai|thời|\d)[^.;,()\d]{3,40})")
WHOLE = re.compile(r"\s(?:so với\s|trên\s|trong\s)?(?P<what>tổng số\s[^.;,()\d]{2,40})")
"""What a share is a share of, behind it: "chiếm 9,8% so với tổng số hộ trên địa bàn"."""
SUBJECT = re.compile(
    r"(?:(?:Đến|Từ|Năm|Trong|Hiện|Qua|Sau|Tính|Hết|Cuối|Ngoài)[^,:;.]{0,40},\s)?(?P<who>[^,;:.\d()]{2,40}?)\s"
    r"(?:đã\s|hiện\s|cũng\s|chỉ\s)*(?:là|có|gồm|được|nằm|thuộc|chia|hiện|đã|giao|đạt|tổ chức|thực hiện|huy động)(?!\w)"
)
"""The subject that a sentence opens with."""
LISTED_PLACES = re.compile(
    rf"\s(?:ở|tại|gồm|là|thuộc|của)\s(?:(?:các|hai|ba)\s)?(?:(?:xã|huyện|thôn|bản)\s)?"
    rf"{NAME.pattern}(?:, {NAME.pattern})+(?:,? và {NAME.pattern})?(?=\s[^\W\d_])"
)
"""Where those counted are, named before what is said of them: "5 bản gồm Nà Sáy, Mường Khong chưa có điện"."""


def own_part(said: str) -> str:
    """After another figure, the words up to the first comma belong to that one."""
    if item := re.match(r"\s?[-–;]\s", said):
        return said[item.end() :]
    head = re.match(r"[^,]*?(?:,|\svà\s|\)|\()", said)
    if head:
        return said[head.end() :]
    cut = re.search(r"(?<!\w)(?:với|có|trong đó|nâng|cho|để|tăng|giảm)\s", said)
    return said[cut.start() :] if cut else said


def last_clause(said: str, alone: bool = True) -> str:
    """The last comma's clause, if it says enough by itself or need not."""
    parts = said.split(", ")
    last = parts[-1]
    if len(clean(last).split()) >= 2 or len(parts) == 1 or not alone:
        return last
    return ", ".join(parts[-2:])


@lru_cache(maxsize=256)
def clean(said: str) -> str:
    """Words without dates and without the light words, signs and verbs at their ends."""
    said = " ".join((dates.SAID.sub(" ", said) if dates.SAYS_WHEN.search(said) else said).split())
    said = re.sub(r"^(?:\d+(?:\.\d+)+\.?|[a-zđ]\)|\d{1,2}\.)\s", "", said)
    for _ in range(2):
        said = LEADING.sub("", said).strip()
        while end := TRAILING.search(said, max(0, len(said) - TAIL)):  # searched near the end alone, where it can be
            said = said[: end.start()].strip()
    return re.sub(r"\s+([,.)])", r"\1", said).strip(' ,.;:-–("“”|')


def limit(said: str) -> str:
    """The first words of a label, as many as it may have."""
    return " ".join(said.split()[:MAX_WORDS])


def joined(found: str, whole: str) -> str:
    """A part's own words with those of the whole that it has not."""
    return " ".join([found, *(w for w in whole.split() if w.lower() not in found.lower().split())])
