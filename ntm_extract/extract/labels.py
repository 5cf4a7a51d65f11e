"""What a figure is a figure of: a short name in the document's words, from around its number."""

from __future__ import annotations

import re

from ntm_extract.extract.mentions import Mention
from ntm_extract.extract.reading import Figures

MAX_WORDS = 18
HARD = re.compile(r"[;|!?]|\.(?=\s|$)|\.\.\.|…")
LIGHT = (
    r"và|còn|trong đó|trong đó có|trong đó:|gồm|gồm có|bao gồm|nhất là|đến nay|cho đến nay|hiện nay|hiện|tính|ước|là|được|cụ thể|có|với|"
    r"đã|kết quả|như|riêng|cùng|cùng với|cùng với đó|bên cạnh đó|ngoài ra|qua rà soát|thêm|mà|thì|nên|phấn đấu|dự kiến|toàn|cả|chỉ|"
    r"tỷ lệ|đạt|thực hiện|tổ chức|từ|mỗi|nay|đó|này|năm|đạt được|vào|lần lượt|cả nước có|hoặc|vẫn|mới|duy trì|khoảng|sẽ|hơn"
)
LEADING = re.compile(rf"^(?:[-+•*–\"“”'(),.:\s]+|(?:{LIGHT})(?=[\s,:]|$))+")
TRAILING = re.compile(
    r"(?:[-+•*–\"“”'(),:\s=<>≥≤]+|(?<!\w)(?:đạt|là|được|còn|với|có|chiếm|khoảng|ước|ước đạt|bằng|lên|xuống|từ|đến|tới|và|ở mức|mức|gồm|chỉ|"
    r"cho|gần|hơn|trên|dưới|đã|mới|vẫn|giảm còn|tăng lên|giảm xuống|giảm từ|tăng từ|tương đương|tương ứng|tỷ lệ|ít nhất|tối thiểu|trong đó|ở|"
    r"không quá|đủ|tới hơn|phấn đấu|dự kiến|sẽ|như sau|ước tính|cả|thêm))+$"
)
DATES = re.compile(
    r"(?:(?:tính\s)?(?:đến|trong|từ|vào|hết|cuối|đầu)\s)*(?:hết\s|cuối\s|đầu\s)*(?:giai đoạn|năm|tháng|ngày|nhiệm kỳ)\s\d[\d/ -]*\d?(?:\sđến nay)?|trong \d+ năm|đến \d+/\d+/\d+"
)
CUT_AFTER = re.compile(
    r",|(?<!\w)(?:với tổng|với kinh phí|với diện tích|với chiều dài|đạt|chiếm|trong khi|để|nhằm|do|nên|tăng|giảm|vượt|so với|nâng|tương ứng|thuộc|vào cuối)(?!\w)"
)
CHANGE = re.compile(r"(?<!\w)(tăng thêm|tăng|giảm|vượt|nâng thêm|gấp|cao gấp|thấp hơn|cao hơn)(?:\s(?:tới|hơn|lên|bình quân|gần|khoảng|thêm))*\s*$")
SO_WITH = re.compile(r"\s*(so với (?:cùng kỳ |cuối |đầu )?(?:năm )?[\w ]{2,24}|kế hoạch|chỉ tiêu|dự toán|mục tiêu)")


def label(figures: Figures, i: int) -> str:
    """The label of the passage's i-th mention: words before it, its counted noun, words after it."""
    mention = figures.mentions[i]
    before = _before(figures, i)
    after = _after(figures, i)
    counted = mention.unit if mention.role in ("count", "ratio") and mention.unit_kind in ("count", "noun") else ""
    change = CHANGE.search(figures.low[max(0, mention.start - 24) : mention.start])
    if change:
        return _changed(figures, i, change.group(1), counted)
    if mention.role == "percent" and (not before or len(before.split()) < 2):
        words = [before, after] if after else [before or _inherited(figures, i)]
    elif mention.role in ("percent", "money"):
        words = [before]
    elif not before and not after:
        words = [counted, _inherited(figures, i)]
    elif counted and _nominal(before, counted):
        words = [before]
    else:
        words = [before, counted, after]
    found = _limit(" ".join(w for w in words if w))
    if not found:
        found = _limit(_title(figures))
    return found


def _nominal(before: str, counted: str) -> bool:
    """"tổng số xã …: 12 xã" names the counted thing already."""
    return bool(re.match(r"(?:tổng )?số\s", before.lower())) and counted.split()[0] in before.lower().split()


def _bounds(figures: Figures, i: int) -> tuple[int, int]:
    """The stretch before the mention that may name it: from the last clause border or the mention before."""
    mention = figures.mentions[i]
    text = figures.passage.text
    start = figures.sentence(mention.start)[0]
    for border in HARD.finditer(text, start, mention.start):
        start = border.end()
    previous = [m for m in figures.mentions[:i] if m.role != "none" and m.end > start]
    if previous:
        start = max(start, previous[-1].end)
    depth = 0
    for at in range(mention.start - 1, start - 1, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if depth < 0:  # inside a bracket: only its own words name the figure
            start = at + 1
            break
    return start, mention.start


def _before(figures: Figures, i: int) -> str:
    start, end = _bounds(figures, i)
    said = figures.passage.text[start:end]
    said = re.sub(r"\([^()]*\)", " ", said)
    if start and any(m.end == start for m in figures.mentions[:i] if m.role != "none"):
        comma = max(said.rfind(", "), said.find(" và ") if said.count(",") == 0 else -1)
        head = re.match(r"[^,]*?(?:,| và )", said)
        if head and comma >= 0:
            said = said[head.end() :]
        elif re.match(r"\s*(?:\)|\(|[^\W\d_])", said) and not said.lstrip().startswith("("):
            said = said if ":" in said else _after_verb(said)
    colon = said.rfind(": ", 0, len(said.rstrip()) - 1)
    if colon >= 0:
        said = said[colon + 1 :]
    return _clean(said)


def _after_verb(said: str) -> str:
    """What stands between two mentions without a comma belongs to the first up to its verb."""
    cut = re.search(r"(?<!\w)(?:với|trong đó|và|nâng|cho|để)\s", said)
    return said[cut.start() :] if cut else said


def _after(figures: Figures, i: int) -> str:
    mention = figures.mentions[i]
    text = figures.passage.text
    end = figures.sentence(mention.start)[1]
    following = [m.start for m in figures.mentions[i + 1 :] if m.role != "none"]
    end = min([end, *following[:1]])
    border = HARD.search(text, mention.end, end)
    said = text[mention.end : border.start() if border else end]
    said = re.sub(r"^\s*\([^()]*\)?", " ", said)
    bracket = said.find("(")
    said = said[:bracket] if bracket >= 0 else said
    closing = said.find(")")
    said = said[:closing] if closing >= 0 else said
    said = said.split(":")[0]
    if following and end == following[0]:
        said = re.sub(r"(?:,| và)\s[^,]*$", "", said) if "," in said else said
    said = re.sub(r"^\s*(?:các|số|tổng số|toàn bộ)\s", " ", said)
    cut = CUT_AFTER.search(said, 3)
    if mention.role == "percent":
        cut = re.compile(r", (?=\d|trong đó|bảo đảm|đảm bảo|đạt|tăng|giảm)|,$").search(said)
    return _clean(said[: cut.start()] if cut else said)


def _changed(figures: Figures, i: int, verb: str, counted: str) -> str:
    """"tăng 74 xã so với năm 2010": the verb, what changed, and against what."""
    mention = figures.mentions[i]
    start = _bounds(figures, i)[0]
    own = re.sub(r"\([^()]*\)", " ", figures.passage.text[start : mention.start])
    own = _clean(CHANGE.sub("", own))
    base = own if len(own.split()) > 1 else _inherited(figures, i)
    against = SO_WITH.match(figures.passage.text, mention.end)
    return _limit(" ".join(w for w in (verb, base or counted, against.group(1) if against else "") if w))


def _inherited(figures: Figures, i: int) -> str:
    """The label of the mention before, where this one only adds a share or a change to it."""
    start = figures.sentence(figures.mentions[i].start)[0]
    for j in range(i - 1, -1, -1):
        m = figures.mentions[j]
        if m.role != "none":
            return label(figures, j) if m.end > start else ""
    return ""


def _title(figures: Figures) -> str:
    """The list head or heading over a figure that stands alone."""
    for above in figures.above:
        if above.text.rstrip().endswith(":"):
            return _clean(above.text)
    if figures.passage.section:
        return _clean(re.sub(r"^\W*[\dIVXa-zđ]{1,4}[.)]\s*(?:[\d.]+\s)?", "", figures.passage.section[-1]))
    return ""


def _clean(said: str) -> str:
    said = DATES.sub(" ", said)
    said = re.sub(r"(?i)" + DATES.pattern, " ", said)
    said = re.sub(r"\s+", " ", said).strip()
    for _ in range(2):
        said = re.sub("(?i)" + LEADING.pattern, "", said).strip()
        said = re.sub("(?i)" + TRAILING.pattern, "", said).strip()
    return re.sub(r"\s+([,.)])", r"\1", said).strip(" ,.;:-–(\"“”|")


def _limit(said: str) -> str:
    words = said.split()
    return " ".join(words[:MAX_WORDS])
