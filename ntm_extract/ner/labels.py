"""The labels of entities, and how their keys are made. A key is the identity of what is named, not its spelling."""

from __future__ import annotations

from typing import Final

PLACE: Final = "PLACE"  # bare name of a unit; key "xã:Kan Hồ"
ORG: Final = "ORG"  # office, organisation and the level word after it; key is the short name
LAW: Final = "LAW"  # kind and number or name of a document; key "Quyết định 12/QĐ-UBND"
PROGRAMME: Final = "PROGRAMME"
SOURCE: Final = "SOURCE"  # who pays
CAPITAL: Final = "CAPITAL"
CRITERION: Final = "CRITERION"  # key is its number
LEVEL: Final = "LEVEL"  # level of recognition
PERSON: Final = "PERSON"  # by the trained component alone, like INDICATOR: no key
INDICATOR: Final = "INDICATOR"  # what is measured, without its value

LABELS: Final = (PLACE, ORG, LAW, PROGRAMME, SOURCE, CAPITAL, CRITERION, LEVEL, PERSON, INDICATOR)
LEARNED: Final = (PLACE, ORG, PERSON, PROGRAMME, LAW, SOURCE, INDICATOR)  # what the trained component tells
LEARNED_ALONE: Final = frozenset((PLACE, PERSON))  # used where rules find none, without a key
