"""The forms in which criteria are counted: patterns on the lowered view of a text, used by scene, bands and claims."""

from __future__ import annotations

import re

from ntm_extract.text.folding import UPPER

LAST = 19  # criteria in the set
CRITERION = re.compile(r"tiêu chí|(?<!\w)tc(?=\s?\d)")
SIDE = re.compile(
    r"\s*(?:\([^()]*\)|,?\s?(?:chiếm|bằng|đạt|tương đương)\s(?:tỷ lệ\s)?[\d.,]+\s?%(?:\stổng số xã|\ssố xã)?,?)"
)
HOW = (
    r"(?:(?:đã|được|sẽ|cơ bản|hiện|hiện nay|nay|đều|mới|chỉ|còn lại|công nhận|duy trì|giữ vững|hoàn thành|cũng|vẫn|"
    r"đang|tiếp tục|tự|đánh giá|thẩm định|thẩm tra|kiểm tra|xét|đề nghị|rà soát|phấn đấu|đăng ký|dự kiến|"
    r"đủ điều kiện)\s)*"
)
"""Between communes and what they have reached."""
WITHIN = re.compile(
    r"\s?\(?(?:(?:mới|chỉ|đã|cơ bản|đạt|hoàn thành|có|và|được|số|còn|chuẩn|đủ|ở mức|còn lại|hoàn thành và|duy trì|"
    r"nào)\s?)*"
    r"|\s(?:(?!(?:thêm|tăng|giảm|chưa|thiếu|phải|cần|mỗi|bình quân|trung bình|vượt|nâng)(?!\w))"
    r"(?:(?:đợt|nhóm|khu vực|vùng|loại)\s\d|[^\W\d_]+)\s){0,8}?"
    r"(?:đạt|có|đủ|còn|hoàn thành|giữ|giữ vững|duy trì|đáp ứng|dừng)\s"
    r"(?:(?:lại|được|đủ|cả|toàn bộ|khoảng|xuống|lên|mức|ở|bền vững|từ|và|cơ bản|đạt|còn|chuẩn)\s)*"
)
"""Between communes and the criteria that they have: light words, or a clause that ends with having them."""
LABELLED = re.compile(
    r"\s?;?\s?(?:nông thôn mới|ntm|trở lên|trở xuống|là|có|đạt|:|,|-|\(|\)|còn|gồm|từ|xuống|lên|hiện|chỉ|mới|nay|"
    r"(?:giảm|tăng)\s(?=còn|xuống|lên|từ)|\s)*"
)
MET = re.compile(
    rf"\s{HOW}(?:đạt|hoàn thành|đủ|giữ vững|đáp ứng)(?:\s(?:và|hoặc|,)\s(?:cơ bản\s|duy trì\s)?(?:đạt|hoàn thành))?"
    r"\s(?:(?:được|chuẩn|yêu cầu|các|đủ|và duy trì|nhóm)\s)*(?:tiêu chí|tc(?=\s?\d))"
)
MET_AS = re.compile(rf"\s{HOW}(?:đạt|hoàn thành)\schuẩn\s(?:về\s)?(?=\w)")
"""Before a criterion's own name: "15/20 xã đạt chuẩn giao thông"."""
BARE_MET = re.compile(
    rf"\s{HOW}(?:đạt|đạt chuẩn|đạt tiêu chí|"
    r"hoàn thành|hoàn thành tiêu chí)(?:\stiêu chí)?(?:\snày|\strên)?(?=\s?[.;,():|]|\s*$|\sso với|"
    r"\stăng|\sbằng|\sđạt tỷ lệ|\s(?:gồm|là):?|\s[\d.,]+\s?%|\svà cơ bản|\snăm\s\d|"
    r"\stheo bộ tiêu chí(?! thôn| bản| ấp))"
)
NAMED_THEN = re.compile(
    r"\s?(?:[:,;–-]\s?)?(?:(?:tăng|giảm)\s\d+\sxã,\s)?"
    r"(?:(?:toàn (?:huyện|tỉnh|xã)|trên địa bàn huyện|số xã đạt(?: tiêu chí| chuẩn)?|số xã|tổng số|"
    r"cả|đều|cùng|mỗi tiêu chí|hiện|hiện nay|đến nay|đã|mới|chỉ|có|đạt|là|được|còn|kết quả|tăng|giảm|từ|lên|xuống)"
    r"[\s:,]{1,2})*"
    r"(?:[\d.,]+\s?%\s?(?:(?:tổng\s)?số xã\s)?\()?$"
)
"""Between the criteria that a clause names and the count of their communes: "tiêu chí điện: mới có 10/13 xã"."""
STANDARD = re.compile(
    r"\s(?:(?:điểm|đã|được|sẽ|mới|đều|cơ bản|hiện|nay|phấn đấu|đăng ký|công nhận|ubnd tỉnh|thủ tướng(?: chính phủ)?|"
    r"tỉnh|huyện|thuộc|của tỉnh|trực thuộc trung ương|(?:có |ra |ban hành )?quyết định|\d+ tỉnh\S*)\s)*"
    r"(?:được\s(?:(?:ubnd tỉnh|thủ tướng(?: chính phủ)?)\s)?công nhận(?=\s?(?:[.;,)”\"]|$)|\s(?:trong|vào)\s)|"
    r"(?:được\s)?công nhận\s(?:là\s)?(?:xã\s|huyện\s|thôn\s|bản\s|ấp\s|khu dân cư\s)?(?:đạt chuẩn\s|về đích\s|đạt\s|"
    r"hoàn thành\s(?:mục tiêu\s|nhiệm vụ\s)?)?|"
    r"(?:công nhận\s)?(?:đạt chuẩn/\s?hoàn thành nhiệm vụ|hoàn thành nhiệm vụ/\s?đạt chuẩn)\s|"
    r"đạt chuẩn\squốc gia\s(?:về\s)?(?=xây dựng n|nông thôn mới|ntm)|"
    r"đạt (?:tiêu )?chuẩn\s?(?:(?:xã|huyện|thôn|bản|ấp|khu dân cư|danh hiệu)(?:\s|/\s?))*|"
    r"đạt danh hiệu\s(?:xã\s)?|về đích\s?(?:xã\s)?|"
    r"cán đích\s?(?:danh hiệu\s)?|đạt\s(?:xã\s|tiêu chí\s|chuẩn\s)?(?=nông|ntm|kiểu|nâng)|"
    r"đáp ứng\s(?:bộ\s)?tiêu chí\s(?:xã\s)?(?=nông|ntm|kiểu|nâng)|"
    r"hoàn thành\s(?:mục tiêu\s|nhiệm vụ\s)?(?=xây dựng|nông))"
    r"(?:xây dựng\s)?(?P<what>nông thôn mới kiểu mẫu|nông thôn mới nâng cao|ntm kiểu mẫu|ntm nâng cao|"
    r"kiểu mẫu|nâng cao|nông thôn mới|ntm|này|)(?!\w)"
)
LEVEL = re.compile(
    r"\s(?:(?:xã|đạt chuẩn|đạt|được công nhận|là|ntm|nông thôn mới)\s)*(?P<what>kiểu mẫu|nâng cao)(?!\w)"
)
PLAIN = re.compile(r"\s(?P<what>nông thôn mới|ntm)(?=\s?(?:[.,;:()]|$)|\s(?:của|trong|thuộc|trên địa bàn)\s)")
"""As communes are called that stand at the plain level: "6 xã nông thôn mới, 2 xã nâng cao"."""
LEVEL_LEFT = re.compile(
    r"(?:(?:số|tỷ lệ|tỷ lệ số|số lượng|nhóm)\s|(?:^|[.;:,]\s)[\s\-+*•]*)(?:xã|huyện|đơn vị|thôn|bản|thôn, bản|xóm|ấp)\s"
    rf"{HOW}(?:đạt chuẩn\s?|về đích\s?|cán đích\s?|đạt\s|được công nhận\s?|là\s)?(?:xã\s)?(?:chuẩn\s)?"
    r"(?P<what>nông thôn mới kiểu mẫu|nông thôn mới nâng cao|ntm kiểu mẫu|ntm nâng cao|kiểu mẫu|"
    r"nâng cao|nông thôn mới|ntm|)(?:\s(?:của|trên địa bàn|"
    r"trong)[^.;:,\d]{0,30})?[\s:]*(?:(?:đã có quyết định công nhận|được công nhận|toàn huyện|hiện nay|đến nay|"
    r"lên|là|đạt|còn|có|tới|tăng|giảm|từ|xuống|"
    r"thành)[\s:]*)*$"
)
LEVEL_ITEM = re.compile(
    r"(?:[,;(]|(?<!\w)và)\s?(?:số\s)?(?:xã\s)?(?:ntm\s|nông thôn mới\s)?(?P<what>kiểu mẫu|nâng cao)\s?(?::|là|có)\s$"
)
"""The next level in a list of them: "xã nâng cao: 4 xã, kiểu mẫu: 1 xã"."""
IN_BRACKETS = re.compile(r"\s?(?:[\d.,]+\s?%\s?)?\((?:(?:tương đương|tương ứng|tức|khoảng|bằng|với|là)\s)*$")
"""Before communes in brackets behind their share or the words that say what they are."""
AFTER_STANDARD = re.compile(
    r"\s*(?:[.,;:()|\"”…–-]|$|(?:vào|trong|trước|lên|và|năm|nông|ntm|này|thuộc|trên|"
    r"theo bộ tiêu chí(?! thôn| bản| ấp)|có|so|giai|đạt|tăng|gồm|là|đến|ở|như|bằng|còn|hoặc|của|với|"
    r"từ|bền vững|mới)(?!\w))"
)
NOT_NTM = re.compile(
    r"\s?(?:quốc gia|văn hóa|tiếp cận|phổ cập|y tế|về\s(?:y tế|văn hóa|tiếp cận)|đô thị|chất lượng|an toàn|sáng)"
)
OBJECT = re.compile(
    r"(?<!\w)(?:ntm|nông thôn mới|hỗ trợ|cho|của|ở|(?<!hiện )tại|thưởng|giúp|chỉ đạo(?= \d)|quy hoạch|"
    r"trong đó các|về)\s?$"
)
"""Before communes that something is done for: no count of those recognised."""
RAISED = re.compile(
    r"(?:(?:nâng|đưa)\s(?:tổng\s)?số[^.;,\d]{0,50}?(?:lên|thành)|(?<!\w)nâng lên)\s"
    r"(?:trên\s|hơn\s|ít nhất\s|khoảng\s|gần\s)?$"
)
ADDED_UP = re.compile(
    r"(?<!\w)(?:l(?:ũy|uỹ) kế|cộng dồn|tổng cộng)(?!\w)[^.;,:(\d]{0,40}(?:năm\s\d{4}[^.;,:(\d]{0,20})?:?\s?$"
)
"""Before the sum of the recognitions just told: "thêm 3 xã đạt chuẩn nâng cao, lũy kế 5/15 xã"."""
OTHERS = re.compile(r"(?<!\w)các xã (?:còn lại|khác)(?!\w)[^.;,]{0,40}$")
"""Before the criteria of communes that nobody counts."""
STILL_OPEN = re.compile(r"\s(?:ntm\s)?(?:còn\s)?chưa\s")
"""Behind criteria that a commune does not meet: "còn 3/19 tiêu chí chưa đạt"."""
NO_UNIT = re.compile(r"(?:chưa có|không có|không còn|không để)\s(?P<unit>xã|huyện|thôn|bản)(?:\snào)?")
NONE_MET = re.compile(
    r"(?:chưa có|không có|không còn)\s(?P<unit>xã)(?:\snào)?\s(?:(?:được|công nhận|cơ bản|hoàn thành)\s)*"
    r"(?:đạt|hoàn thành)\s(?:chuẩn\s)?tiêu chí"
)
"""As "chưa có xã nào đạt tiêu chí y tế"."""
UNMET = re.compile(r"(?<!\w)(?:chưa|không)\s(?:đạt|hoàn thành)[^.;,\d]{0,30}$")
"""Before communes that do not meet it."""
GOES_ON = re.compile(
    r"[^.;:(\d]*(?:\([^()]*\))?[^.;:(\d]*(?:năm\s\d{4})?[^.;:(\d]{0,20}"
    r"(?<!\w)(?:tăng lên|nâng lên|lên|còn|xuống|giảm còn|thành|lên thành|lên tới|tới|là|đạt|có)\s$"
)
"""From a count to the later one of the same: "từ 3 xã năm 2015 lên 9 xã"."""
NONE_LEFT = re.compile(
    r"(?:không còn|không có|không để(?: còn)?|không|chưa có)\s(?P<unit>xã|huyện)"
    r"(?:\snào)?(?:\scòn)?(?:\schỉ)?(?:\sđạt)?\s?$"
)
MORE = re.compile(
    r"(?<!\w)(?:thêm|tăng thêm|phấn đấu thêm|công nhận mới)(?:\s(?:mỗi năm|được|ít nhất|khoảng|từ|mới|có))*\s*$"
)
CHANGED = re.compile(
    r"(?<!\w)(?:tăng|giảm|vượt|tăng thêm|giảm được|(?:cao|thấp|ít|nhiều) hơn)(?:\s(?:được|khoảng|bình quân|thêm))*\s*$"
)
WHOLE_IN_BRACKETS = re.compile(r"(?:số|tổng số) xã \((?:khoảng |tương đương )?$")
"""Before communes counted beside their share: "100% số xã (20/20 xã) đạt …"."""
OF_NTM = re.compile(r"\s(?:về\s)?(?:xây dựng\s)?(?:nông thôn mới|ntm)")
THE_SET = re.compile(
    r"(?<!\w)(?:trong|trong số|trong tổng số|toàn bộ|đồng bộ|đánh giá|bộ|các|chất lượng|"
    r"thực hiện(?: được)?(?: tốt| có hiệu quả| đồng bộ| đủ| đầy đủ)?|"
    r"(?:để|nhằm) (?:hoàn thành|đạt)(?: đủ)?)\s(?:cả\s)?$"
)
"""Before "19 tiêu chí": the set itself, no count of what is met."""
ONE_COMMUNE = re.compile(
    r"(?:^|[,;:.]\s|(?:thì|nay|hiện|toàn)\s)xã\s(?:[^,;:.\d]{0,45}\s)?(?:đã\s|mới\s|cơ bản\s)*"
    r"(?:đạt|hoàn thành|giữ vững|duy trì|được)\s(?:chuẩn\s|được\s)?$"
)
OWN_CRITERIA = re.compile(
    r"(?:^|[,;:.]\s)\W*(?:\d{1,2}[.)]\s)?(?:(?:phấn đấu|đã|mới|hiện|chỉ|từ chỗ|cơ bản|"
    r"(?:đến|cuối|hết)\s[^,;:.]{3,24}?|năm\s\d{4})\s)*đạt\s(?:chuẩn\s)?$"
)
"""Before criteria of the commune that a paper is of, named nowhere near: "Đạt 16 - 17 tiêu chí"."""
MEAN_IS = re.compile(
    r"(?:tiêu chí[^.;:,\d]{0,40}(?:bình quân|trung bình)|(?:bình quân|trung bình)[^.;:,\d]{0,40}tiêu chí)[^.;,\d]{0,40}"
    r"(?:là|đạt|:|/xã|xã)\s$"
)
"""Before a bare mean: "Tiêu chí bình quân/xã đạt 17,2"."""
MEAN = re.compile(r"(?:bình quân|trung bình)[^.;]{0,90}$")
NAME = re.compile(rf"[{UPPER}][\w']*(?:[ -][{UPPER}][\w']*)*")
NAMES_THEN = re.compile(
    rf"\s{NAME.pattern}(?:, {NAME.pattern})*(?:,? và {NAME.pattern})?"
    r"(?=\s(?:đã\s|đều\s|được\s)*(?:công nhận|đạt chuẩn|về đích|cán đích|hoàn thành)(?!\w))"
)
"""The names of those counted, straight behind: "02 xã Nà Sáy và Mường Khong về đích"."""
ALIKE = re.compile(
    r"(?:,|;|\svà)\s(?:(?:tiếp đến là|tiếp theo là|sau đó là|kế đến là|rồi đến|còn)\s)?"
    r"(?:(?:huyện|thị xã|thành phố|xã)\s)?"
    rf"{NAME.pattern}(?:\s\([^)]*\))?(?:\s?(?:có|với|đạt|là|:))?\s$"
)
"""Between counts of one kind, told by place: "huyện Nà Hang có 9 xã về đích, huyện Mường Khong 7 xã"."""
NAMES_BEFORE = re.compile(rf":?\s{NAME.pattern}(?:, {NAME.pattern})*(?:,? và {NAME.pattern})?(?=\s)")
"""The names of those counted, before the criteria that they have: "05 xã: Nà Sáy, Mường Khong đạt 18 tiêu chí"."""
MISSING = re.compile(r"\s(?:[^\W\d_]+\s){0,2}?(?:chưa|không(?! còn))\s")
"""Behind criteria that are not met."""
IN_TURN = re.compile(r"(?<!\w)lần lượt\s(?:là\s|có\s|đạt\s)?")
"""Between criteria and the counts of their communes, one each: "tiêu chí điện và y tế lần lượt là 22 và 23 xã"."""
OWN_COUNT = re.compile(r"\s?:?\s?(?:(?:mới|đã|hiện|chỉ)\s)*(?:có\s|đạt\s)?")
"""Between a criterion that opens a clause and the count of its communes."""
REACHED = re.compile(r"đạt chuẩn|về đích|cán đích|công nhận")
ARRIVES = re.compile(rf"\s{HOW}(?:về đích|cán đích)(?!\w)")
ARRIVED = re.compile(r"(?<!\w)(?:về đích|cán đích)\s$")
DUTY_DONE = re.compile(r"\s(?:(?:đã|đều|được công nhận|cũng)\s)*hoàn thành nhiệm vụ(?=\s?(?:[.;,)]|$))")
"""What districts have done when their communes are new-rural."""
LISTED_THEN = re.compile(
    r"(?:\sđiểm)?(?:\scủa (?:tỉnh|huyện))?,?\s(?:đó là|là|gồm|bao gồm)(?:\scác xã)?:?\s(?P<names>[^.;:\d]{3,160}?)"
    r"(?=\s(?:đã\s|đều\s)?(?:được (?:(?:ubnd tỉnh|thủ tướng(?: chính phủ)?) )?công nhận|đạt chuẩn|"
    r"hoàn thành nhiệm vụ|về đích|cán đích)(?!\w))"
)
"""The names of those counted, before what they have reached."""
NEWLY = re.compile(r"(?<!\w)công nhận\s(?:mới|thêm)\s$")
CLAUSE_END = re.compile(r"(?:\s?\([^()]*\))?\s?(?:[.,;)]|$)|\s(?:nông thôn mới|ntm)(?!\w)")
OTHER_STANDARD = re.compile(r"chuẩn (?:quốc gia|văn hóa|tiếp cận)")
RECOGNISED_TOO = re.compile(
    r"\s?,?\s(?:và\s)?(?:đã\s)?được (?:ubnd tỉnh )?công nhận (?:đạt (?:tiêu )?chuẩn\s)?(?:quốc gia\s)?(?:về\s)?"
    r"(?:xây dựng\s|xã\s)?(?:nông thôn mới|ntm)"
)
NAME_LEFT = re.compile(r"(?:^|[;:,.(]|(?<!\w)(?:và|như|là|gồm|tiêu chí))[\s\-+*•]*(?:tiêu chí\s)?(?:về\s)?$")
"""What may stand before a criterion's name in a list of names with their counts."""
NAME_RIGHT = re.compile(r"(?:\s[\d.,]+\s?%)?\s?(?:\(|:|có|đạt|là|với|-)?\s?(?:(?:mới|chỉ|đã|hiện|đều|có|đạt)\s)*$")
ENTRY_END = re.compile(r"\s?(?:[),;.=]|$)|\s?\([\d.,]+\s?%|\s(?:đã\s|đều\s)?đạt(?!\w)")
A_COMMUNE = re.compile(
    rf"(?<!\w)[Xx]ã\s({NAME.pattern})(?:\s(?:của|thuộc)[^.;:,\d]{{2,40}}?)?"
    r"(?:\s(?:đã|mới|chỉ|hiện|cũng|cơ bản|đều))*\s(?:đạt|hoàn thành|có|được|còn)(?:\sđược)?\s$"
    rf"|;\sxã\s({NAME.pattern})\s$"
)
"""Before the criteria of a commune that is named: "xã Nà Sáy của huyện này mới đạt"."""
FROM_TO = re.compile(rf"(?:(?<!\w)[Xx]ã\s|[;:]\s)({NAME.pattern})(?::|\stăng|\sđi)?\s(?:tăng\s)?(?:từ\s)?$")
"""Before criteria that a commune had, those that it has standing behind: "Xã Nà Sáy: từ 16 tiêu chí lên 19"."""
RISES = re.compile(r"(?:\s?tiêu chí)?\s(?:tăng lên|nâng lên|lên|đến nay đạt|xuống còn|xuống|còn)\s")
LATER = re.compile(r",\s(?:(?:đến|cuối|hết)\s)*(?:năm \d{4}|nay)\s(?:đã\s)?(?:lên|tăng lên|nâng lên|đạt|còn)\s")
"""From a commune's criteria to those that it has later."""
COMMUNES_ALL = re.compile(r"(?:^|[,;:.]\s)\W*(?:các|những)\sxã(?:\s[^.;:,\d]{2,30})?\s(?:đạt|có|hoàn thành)\s$")
"""Before criteria that each of some communes has: "các xã điểm đạt tối thiểu 17 tiêu chí"."""
COMMUNE_LEAD = re.compile(rf"^\W*Xã\s({NAME.pattern}):\s(?:(?:đã\s)?đạt\s)?$")
"""Before the criteria of one commune: "Xã Nà Sáy: 12/19"."""
MOST_CRITERIA = re.compile(
    rf"(?:cao|thấp|nhiều|ít) nhất(?:\slà)?\s(?:xã\s)?(?P<name>{NAME.pattern})(?:\s\([^()]*\))?"
    r"\s(?:(?:với|đạt|có|mới|chỉ)\s)*\(?$"
)
"""Before the criteria of the commune that has most or least of them."""
NONE_SUCH = re.compile(r"\s?:\s?không(?: có| còn)?(?: xã)?(?: nào)?(?=\s?[.;,)|]|$)")
"""Behind a band without communes: "Số xã dưới 8 tiêu chí: Không có"."""
COMMUNES_WITH = re.compile(r"(?<!\w)(?:số\s)?(?P<unit>xã)(?:\s(?:đạt|có|đạt được|còn))?(?:\s(?:từ|dưới))?\s$")
"""Before a band that names what is counted: "Số xã dưới 8 tiêu chí"."""
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
