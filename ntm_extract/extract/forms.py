"""The forms in which criteria are counted: patterns on the lowered view of a text, used by scene, bands and claims."""

from __future__ import annotations

import re

from ntm_extract.text.folding import UPPER

LAST = 19  # criteria in the set
COMMUNES = (
    "xã",
    "đơn vị cấp xã",
    "phường",
    "huyện",
    "đơn vị cấp huyện",
    "thị xã",
    "thành phố",
    "đơn vị",
    "địa phương",
    "thôn",
    "bản",
    "ấp",
    "xóm",
    "buôn",
    "thị trấn",
)
SIDE = re.compile(
    r"\s*(?:\([^()]*\)|,?\s?(?:chiếm|bằng|đạt|tương đương)\s(?:tỷ lệ\s)?[\d.,]+\s?%(?:\stổng số xã|\ssố xã)?,?)"
)
WITHIN = re.compile(
    r"\s(?:(?:mới|chỉ|đã|cơ bản|đạt|hoàn thành|có|và|được|số|còn|chuẩn|đủ|ở mức|còn lại|hoàn thành và|duy trì|nào)\s?)*"
)
LABELLED = re.compile(
    r"\s?;?\s?(?:nông thôn mới|ntm|trở lên|trở xuống|là|có|đạt|:|,|-|\(|\)|còn|gồm|từ|xuống còn|xuống|lên|\s)*"
)
MET = re.compile(
    r"\s(?:(?:đã|được|cơ bản|hiện|đều|mới|chỉ|còn lại|công nhận|duy trì|giữ vững|hoàn thành|"
    r"cũng)\s)*(?:đạt|hoàn thành|đủ|giữ vững)\s(?:chuẩn\s)?(?:và duy trì\s)?tiêu chí"
)
BARE_MET = re.compile(
    r"\s(?:(?:đã|được|cơ bản|đều|mới|công nhận|hoàn thành)\s?)*(?:đạt|đạt chuẩn|đạt tiêu chí|"
    r"hoàn thành|hoàn thành tiêu chí)(?:\stiêu chí)?(?:\snày|\strên)?(?=\s?[.;,():|]|\s*$|\sso với|"
    r"\stăng|\sbằng|\sđạt tỷ lệ|\s(?:gồm|là):?)"
)
HEADED = re.compile(
    r"(?:^|[;.]\s)\W*tiêu chí\s(?:(?:số\s)?\d{1,2}\W{0,3})?(?:[^.;:,\d]{2,60}(?::\s?|\s)|[^.;:\d]{2,80}:\s?)"
    r"(?:mới\s)?(?:có\s|đạt\s)?$"
)
"""A clause that names a criterion and goes on with its count: "tiêu chí điện: 10/13 xã"."""
STANDARD = re.compile(
    r"\s(?:(?:đã|được|sẽ|mới|đều|cơ bản|hiện|nay|phấn đấu|đăng ký|công nhận|ubnd tỉnh|thủ tướng(?: chính phủ)?|"
    r"tỉnh|huyện|thuộc|của tỉnh|trực thuộc trung ương|(?:có |ra |ban hành )?quyết định|\d+ tỉnh\S*)\s)*"
    r"(?:được\s(?:(?:ubnd tỉnh|thủ tướng(?: chính phủ)?)\s)?công nhận(?=\s?(?:[.;,)”\"]|$))|"
    r"(?:được\s)?công nhận\s(?:là\s)?(?:xã\s|huyện\s)?(?:đạt chuẩn\s|về đích\s|đạt\s|"
    r"hoàn thành\s(?:mục tiêu\s|nhiệm vụ\s)?)?|"
    r"(?:công nhận\s)?(?:đạt chuẩn/\s?hoàn thành nhiệm vụ|hoàn thành nhiệm vụ/\s?đạt chuẩn)\s|"
    r"đạt chuẩn\s?(?:xã\s|huyện\s|thôn\s|danh hiệu\s)?|đạt danh hiệu\s(?:xã\s)?|về đích\s?(?:xã\s)?|"
    r"cán đích\s?(?:danh hiệu\s)?|đạt\s(?:xã\s|tiêu chí\s|chuẩn\s)?(?=nông|ntm|kiểu|nâng)|"
    r"hoàn thành\s(?:mục tiêu\s|nhiệm vụ\s)?(?=xây dựng|nông))"
    r"(?:xây dựng\s)?(?P<what>nông thôn mới kiểu mẫu|nông thôn mới nâng cao|ntm kiểu mẫu|ntm nâng cao|"
    r"kiểu mẫu|nâng cao|nông thôn mới|ntm|này|)(?!\w)"
)
LEVEL = re.compile(
    r"\s(?:(?:xã|đạt chuẩn|đạt|được công nhận|là|ntm|nông thôn mới)\s)*(?P<what>kiểu mẫu|nâng cao)(?!\w)"
)
LEVEL_LEFT = re.compile(
    r"(?:số|tỷ lệ)\s(?:xã|huyện|đơn vị|thôn|bản|thôn, bản|xóm|ấp)\s(?:được công nhận\s)?(?:đã\s)?(?:đạt chuẩn|về đích|"
    r"cán đích|đạt|được công nhận)\s?(?:chuẩn\s)?"
    r"(?P<what>nông thôn mới kiểu mẫu|nông thôn mới nâng cao|ntm kiểu mẫu|ntm nâng cao|kiểu mẫu|"
    r"nâng cao|nông thôn mới|ntm|)(?:\s(?:của|trên địa bàn|"
    r"trong)[^.;:,\d]{0,30})?[\s:]*(?:(?:đã có quyết định công nhận|được công nhận|"
    r"toàn huyện|hiện nay|đến nay|lên|là|đạt|còn|có|tới|"
    r"thành)[\s:]*)*$"
)
AFTER_STANDARD = re.compile(
    r"\s*(?:[.,;:()|\"”…–-]|$|(?:vào|trong|trước|lên|và|năm|nông|ntm|này|thuộc|trên|"
    r"theo bộ tiêu chí(?! thôn| bản| ấp)|so|giai|đạt|tăng|gồm|là|đến|ở|như|bằng|còn|hoặc|của|với|"
    r"từ|bền vững)(?!\w))"
)
NOT_NTM = re.compile(
    r"\s?(?:quốc gia|văn hóa|tiếp cận|phổ cập|y tế|về\s(?:y tế|văn hóa|tiếp cận)|đô thị|chất lượng|an toàn|sáng)"
)
SUBJECT = re.compile(
    r"(?:^|[(,;:.\"“’'\d-]|(?<!\w)(?:có|còn|là|lên|thêm|và|hiện|được|đạt|với|đã|gồm|nhận|nay|nước|tỉnh|"
    r"huyện|đó|hơn|trên|cả|toàn|mới|đấu|trì|vững|chỉ đạo|tương đương|đưa|"
    r"đích|số|chỉ|nhất|thiểu|năm|từ|đến|thành|công nhận|xét|kiến|tiêu|khoảng|gần|riêng|nào|thành phố|"
    r"bàn|dưới|quá|đa|để|sẽ|ra|ước|kế|dồn))\s?$"
)
"""What may stand before communes that are recognised; after any other noun they are its object, not a count."""
RAISED = re.compile(
    r"(?:(?:nâng|đưa)\s(?:tổng\s)?số[^.;,\d]{0,50}?(?:lên|thành)|(?<!\w)nâng lên)\s"
    r"(?:trên\s|hơn\s|ít nhất\s|khoảng\s|gần\s)?$"
)
ADDED_UP = re.compile(
    r"(?<!\w)(?:l(?:ũy|uỹ) kế|cộng dồn|tổng cộng)(?!\w)[^.;,:(\d]{0,40}(?:năm\s\d{4}[^.;,:(\d]{0,20})?:?\s?$"
)
"""Before the sum of the recognitions just told: "thêm 3 xã đạt chuẩn nâng cao, lũy kế 5/15 xã"."""
STILL_OPEN = re.compile(r"\s(?:ntm\s)?(?:còn\s)?chưa\s")
"""Behind criteria that a commune does not meet: "còn 3/19 tiêu chí chưa đạt"."""
NO_UNIT = re.compile(r"(?:chưa có|không có|không còn|không để)\s(?P<unit>xã|huyện|thôn|bản)(?:\snào)?")
NONE_LEFT = re.compile(
    r"(?:không còn|không có|không để(?: còn)?|không|chưa có)\s(?P<unit>xã|huyện)"
    r"(?:\snào)?(?:\scòn)?(?:\schỉ)?(?:\sđạt)?\s?$"
)
MORE = re.compile(
    r"(?<!\w)(?:thêm|tăng thêm|phấn đấu thêm|công nhận mới)(?:\s(?:mỗi năm|được|ít nhất|khoảng|từ|mới|có))*\s*$"
)
CHANGED = re.compile(r"(?<!\w)(?:tăng|giảm|vượt|tăng thêm|giảm được)(?:\s(?:được|khoảng|bình quân|thêm))*\s*$")
WHOLE_IN_BRACKETS = re.compile(r"(?:số|tổng số) xã \((?:khoảng |tương đương )?$")
"""Before communes counted beside their share: "100% số xã (20/20 xã) đạt …"."""
THE_SET = re.compile(
    r"(?<!\w)(?:trong|trong số|trong tổng số|toàn bộ|đồng bộ|đánh giá|bộ|các|thực hiện(?: tốt| có hiệu quả| đồng bộ)?|"
    r"(?:để|nhằm) (?:hoàn thành|đạt)(?: đủ)?)\s(?:cả\s)?$"
)
"""Before "19 tiêu chí": the set itself, no count of what is met."""
ONE_COMMUNE = re.compile(
    r"(?:^|[,;:.]\s|(?:thì|nay|hiện|toàn)\s)xã\s(?:[^,;:.\d]{0,20}\s)?(?:đã\s|mới\s|cơ bản\s)*đạt\s(?:chuẩn\s|được\s)?$"
)
MEAN = re.compile(r"(?:bình quân|trung bình)[^.;]{0,90}$")
NAME = re.compile(rf"[{UPPER}][\w']*(?:[ -][{UPPER}][\w']*)*")
NAMES_THEN = re.compile(
    rf"\s{NAME.pattern}(?:, {NAME.pattern})*(?:,? và {NAME.pattern})?"
    r"(?=\s(?:đã\s|đều\s|được\s)*(?:công nhận|đạt chuẩn|về đích|cán đích|hoàn thành)(?!\w))"
)
"""The names of those counted, straight behind: "02 xã Nà Sáy và Mường Khong về đích"."""
OWN_COUNT = re.compile(r"\s?:?\s?(?:(?:mới|đã|hiện|chỉ)\s)*(?:có\s|đạt\s)?")
"""Between a criterion that opens a clause and the count of its communes."""
REACHED = re.compile(r"đạt chuẩn|về đích|cán đích|công nhận")
EQUAL_TO = re.compile(
    r"%\s(?:tổng\s)?số xã (?:được công nhận\s)?đạt chuẩn(?:\s(?:nông thôn mới|ntm))?"
    r"(?P<what>\s(?:nâng cao|kiểu mẫu))?\s"
    r"\((?:tương đương|tức|khoảng)\s(?:với\s|là\s|khoảng\s)*$"
)
"""Before the communes that a share of communes amounts to."""
ARRIVED = re.compile(r"(?<!\w)(?:về đích|cán đích)\s$")
DUTY_DONE = re.compile(r"\s(?:(?:đã|đều|được công nhận|cũng)\s)*hoàn thành nhiệm vụ(?=\s?(?:[.;,)]|$))")
"""What districts have done when their communes are new-rural."""
LISTED_THEN = re.compile(
    r"\s(?:đó là|là|gồm):?\s[^.;:\d]{3,80}?"
    r"(?=\s(?:đã\s|đều\s)?(?:được (?:(?:ubnd tỉnh|thủ tướng(?: chính phủ)?) )?công nhận|đạt chuẩn|"
    r"hoàn thành nhiệm vụ|về đích|cán đích)(?!\w))"
)
"""The names of those counted, before what they have reached."""
NEWLY = re.compile(r"(?<!\w)công nhận\s(?:mới|thêm)\s$")
CLAUSE_END = re.compile(r"\s?(?:[.,;)]|$)|\s(?:nông thôn mới|ntm)(?!\w)")
OTHER_STANDARD = re.compile(r"chuẩn (?:quốc gia|văn hóa|tiếp cận)")
RECOGNISED_TOO = re.compile(
    r"\s(?:và\s)?(?:đã\s)?được (?:ubnd tỉnh )?công nhận (?:đạt chuẩn\s)?(?:xã\s)?(?:nông thôn mới|ntm)"
)
IN_WORDS = re.compile(
    r"(?<!\w)(?P<word>một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s(?P<unit>xã|huyện|đơn vị)"
    r"(?P<rest>\s[^.;:,\d]{0,40}?)?$"
)
"""Communes counted in words before a band: "hai xã còn lại đạt"."""
WORDS = {w: n for n, w in enumerate(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"], 1)}
NUMBERED_IS = re.compile(r"xã (?:đã )?đạt (?:chuẩn )?tiêu chí(?P<what>\s[^.;,:]{1,60}?)(?:\slà|:|\scó|\sđạt)\s$")
"""Before the bare ratio of the communes that meet a criterion: "xã đạt tiêu chí số 15 là"."""
NUMBERED_ENTRY = re.compile(
    r"tiêu chí\s(?:số\s)?(?P<number>1?\d)\s\([^()\d]{2,60}\)\s?[:,-]?(?:\s?(?:là|có|đạt|mới|chỉ|hiện|đã)(?!\w))*\s$"
)
"""Before the communes that meet a criterion told by number and, in brackets, name: "tiêu chí số 6 (văn hóa) mới có"."""
NUMBERED_END = re.compile(r"\s?(?:[(),;.]|$)|\s(?:đã\s|đều\s)?đạt(?!\w)")
NAME_LEFT = re.compile(r"(?:^|[;:,.(]|(?<!\w)(?:và|như|là|gồm|tiêu chí))[\s\-+*•]*(?:tiêu chí\s)?(?:về\s)?$")
"""What may stand before a criterion's name in a list of names with their counts."""
NAME_RIGHT = re.compile(r"\s?(?:\(|:|có|đạt|là|-)?\s?(?:có\s|đạt\s)?$")
ENTRY_END = re.compile(r"\s?(?:[),;.]|$)|\s(?:đã\s|đều\s)?đạt(?!\w)")
COMMUNE_LEAD = re.compile(rf"^\W*Xã\s({NAME.pattern}):\s(?:(?:đã\s)?đạt\s)?$")
"""Before the criteria of one commune: "Xã Nà Sáy: 12/19"."""
UNCOUNTED = re.compile(
    r"(?:^|[;:.+-]\s)\W*(?:số\s(?:xã\s)?|nhóm\s)(?:đạt|có)?\s?(?:từ\s|dưới\s)?$"
    r"|(?<!\w)(?:các|những|tỷ lệ(?: số)?|số)\sxã\s(?:còn lại\s)?(?:đạt|có)\s$"
)
"""Before a band whose communes must follow: "Số xã đạt từ 15 - 18 tiêu chí: …"."""
LOST_UNIT = re.compile(r"(?:\s\w)?\s?(?:[;.,]|$)")
NO_AIM = re.compile(
    r"(?:giải ngân|thực hiện|hoàn thành)[^.;:\d]{0,30}kế hoạch(?: vốn)?|"
    r"(?:chương trình )?mục tiêu quốc gia|(?:so với|vượt|hoàn thành)\s(?:các\s)?mục tiêu|(?:mục tiêu|"
    r"kế hoạch|chỉ tiêu)[^.,;]{0,20} đề ra|đăng ký (?:phấn đấu )?đạt (?:danh hiệu|gia đình)|"
    r"%\s(?:so với\s)?(?:dự toán|kế hoạch[^.,;]{0,30})"
)
"""Words of aim that name a programme or a plan to compare with, and set none."""
