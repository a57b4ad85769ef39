"""Text taken from pages, where the label of a merged cell stands in the middle of its rows."""

from __future__ import annotations

import random

import pytest

from perfgoals_lint.model import Document, Line, Location, Source, TextBlock
from perfgoals_lint.tables.grids.centred import put_in_front
from perfgoals_lint.tables.recognise import recognise

CLASSES = {
    "产出指标": ["数量指标", "质量指标", "时效指标", "成本指标"],
    "效益指标": ["经济效益指标", "社会效益指标", "可持续影响指标"],
    "满意度指标": ["服务对象满意度指标"],
}
HEAD = "一级指标 二级指标 三级指标 指标值"
ABOVE = [
    "项目支出绩效目标表",
    "项目名称 渡口栈桥维护",
    "预算金额（万元） 20",
    "年度目标 维护栈桥，方便渡客。",
]
Sized = list[tuple[str, list[tuple[str, int]]]]


def block(lines: list[str]) -> TextBlock:
    return TextBlock(
        [Line(text, Location("invented.txt", line=n, column=1)) for n, text in enumerate(lines, 1)]
    )


def read(lines: list[str]) -> Document:
    return recognise(Source("invented.txt", "text", [block(lines)]))


def drawn(seed: int) -> Sized:
    """Classes of both levels, each of the second with a number of rows."""
    rng = random.Random(seed)
    firsts = sorted(rng.sample(list(CLASSES), rng.randint(2, 3)), key=list(CLASSES).index)
    return [
        (first, [(name, rng.randint(1, 4)) for name in CLASSES[first][: rng.randint(1, 4)]])
        for first in firsts
    ]


def rows_of(sized: Sized) -> list[tuple[str, str, str, str]]:
    classes = [(first, second) for first, own in sized for second, count in own for _ in range(count)]
    names = [
        "栈桥",
        "缆绳",
        "护栏",
        "浮筒",
        "跳板",
        "救生圈",
        "航标",
        "灯具",
        "雨棚",
        "座椅",
        "标牌",
        "码头",
        "泊位",
        "船只",
        "锚链",
        "驳船",
        "水尺",
        "系缆桩",
    ]
    return [
        (first, second, f"{names[n % len(names)]}维护数{'甲乙丙丁戊己庚'[n // len(names)]}", f"≥{n + 2}处")
        for n, (first, second) in enumerate(classes)
    ]


def printed(sized: Sized, centred: bool) -> list[str]:
    """The rows line by line; a label in the middle of its rows, else in front of the first."""
    labels: dict[float, list[str]] = {}
    start = 0
    for first, own in sized:
        end = start + sum(count for _, count in own)
        labels.setdefault((start + end - 1) / 2 if centred else start, []).append(first)
        for second, count in own:
            labels.setdefault(start + (count - 1) / 2 if centred else start, []).append(second)
            start += count
    lines = []
    for n, (_, _, name, value) in enumerate(rows_of(sized)):
        lines += [" ".join(labels[n - 0.5])] if n - 0.5 in labels else []
        lines.append(" ".join([*labels.get(n, []), name, value]))
    return lines


def is_told(sized: Sized) -> bool:
    """Does a label that stands in the middle show it: the first of a level below the first row, or one between rows?"""
    counts = [[count for _, count in own] for _, own in sized]
    return (
        counts[0][0] > 1 or sum(counts[0]) > 1 or any(n % 2 == 0 for own in counts for n in (*own, sum(own)))
    )


@pytest.mark.parametrize("seed", range(40))
def test_labels_in_the_middle_of_their_rows(seed: int) -> None:
    sized = drawn(seed)
    lines = printed(sized, centred=True)
    document = read([*ABOVE, HEAD, *lines, "填表人：某某"])
    if not is_told(sized):
        assert put_in_front(block([HEAD, *lines])).lines == block([HEAD, *lines]).lines
        return
    (table,) = document.tables
    assert [(i.level1, i.level2, i.level3, i.annual_value) for i in table.indicators] == rows_of(sized)
    assert (table.project_name, table.annual_goal) == ("渡口栈桥维护", "维护栈桥，方便渡客。")


@pytest.mark.parametrize("seed", range(40))
def test_labels_in_front_stay_there(seed: int) -> None:
    lines = block([*ABOVE, HEAD, *printed(drawn(seed), centred=False)])
    assert put_in_front(lines).lines == lines.lines


def test_labels_on_two_lines_around_their_row() -> None:
    lines = ["产出指标 数量指标 维护栈桥数量 3座", "服务对象", "满意度指标 渡客满意度 ≥90%", "满意度指标"]
    sized = ["产出指标 数量指标 维护栈桥数量 3座", "更换缆绳数量 12根"]
    moved = put_in_front(block([HEAD, *lines]))
    assert [line.text for line in moved.lines][-4:] == [
        "满意度指标",
        "服务对象",
        "满意度指标",
        "渡客满意度 ≥90%",
    ]
    assert put_in_front(block([HEAD, *sized])).lines == block([HEAD, *sized]).lines


def test_places_stay_those_of_the_print() -> None:
    lines = [
        "维护栈桥数量 3座",
        "产出指标 数量指标",
        "更换缆绳数量 12根",
        "效益指标 社会效益指标 受益渡客 ≥9人",
    ]
    (table,) = read([*ABOVE, HEAD, *lines]).tables
    places = [(row.locations["level3"].line, row.locations["level3"].column) for row in table.indicators]
    assert places == [(6, 1), (8, 1), (9, 13)]
    assert table.indicators[0].locations["level2"].line == 7


def test_the_label_of_the_table_and_times_below_the_header() -> None:
    head = ["一级指标 二级指标 三级指标 指标值", "三年目标 2026年目标"]
    lines = ["维护栈桥数量 9座 3座", "产出指标 数量指标", "年度绩效指标 更换缆绳数量 30根 12根"]
    lines += ["效益指标 社会效益指标 受益渡客 ≥27人 ≥9人"]
    (table,) = read([*ABOVE, *head, *lines]).tables
    assert [(i.level1, i.level2, i.level3, i.cycle_value, i.annual_value) for i in table.indicators] == [
        ("产出指标", "数量指标", "维护栈桥数量", "9座", "3座"),
        ("产出指标", "数量指标", "更换缆绳数量", "30根", "12根"),
        ("效益指标", "社会效益指标", "受益渡客", "≥27人", "≥9人"),
    ]


def test_what_does_not_come_out_is_said() -> None:
    lines = [
        "维护栈桥数量 3座",
        "更换缆绳数量 12根",
        "产出指标 数量指标 补漆面积 40平方米",
        "验收合格率 100%",
    ]
    assert "PGX104" in {problem.code for problem in read([*ABOVE, HEAD, *lines]).problems}


def test_rows_in_front_of_the_first_project_of_a_list_are_said() -> None:
    lines = [
        "项目名称 预算金额（万元） 绩效目标 一级指标 二级指标 三级指标 指标值",
        "产出指标 数量指标 维护栈桥数量 3座",
        "产出指标 数量指标 更换缆绳数量 12根",
        "渡口栈桥维护 20 维护栈桥，方便渡客。 产出指标 质量指标 验收合格率 100%",
        "效益指标 社会效益指标 受益渡客 ≥9人",
    ]
    document = read(lines)
    assert "PGX104" in {problem.code for problem in document.problems}
    assert "维护栈桥数量" in {cell.text for cell in document.tables[0].unread}


def test_short_names_of_classes_are_no_part_of_a_value() -> None:
    head = "一级目标 二级目标 指标内容 指标目标值"
    lines = ["维护栈桥数量 3座", "数量", "更换缆绳数量 12根", "产出目标 质量 验收合格率 100%"]
    lines += [
        "时效 维护完成时间 2026年11月底前",
        "成本 单座维护成本 ≤1.2万元",
        "效果目标 社会效益 受益渡客 ≥9人",
    ]
    (table,) = read([*ABOVE, head, *lines]).tables
    assert [(i.level2, i.level3, i.annual_value) for i in table.indicators] == [
        ("数量", "维护栈桥数量", "3座"),
        ("数量", "更换缆绳数量", "12根"),
        ("质量", "验收合格率", "100%"),
        ("时效", "维护完成时间", "2026年11月底前"),
        ("成本", "单座维护成本", "≤1.2万元"),
        ("社会效益", "受益渡客", "≥9人"),
    ]


def rounded(sized: Sized) -> list[str]:
    """The rows with each label on the line of the middle one, of an even number on the upper of the two."""
    labels: dict[int, list[str]] = {}
    start = 0
    for first, own in sized:
        labels.setdefault(start + (sum(count for _, count in own) - 1) // 2, []).append(first)
        for second, count in own:
            labels.setdefault(start + (count - 1) // 2, []).append(second)
            start += count
    return [" ".join([*labels.get(n, []), *row[2:]]) for n, row in enumerate(rows_of(sized))]


@pytest.mark.parametrize("seed", range(60))
def test_labels_on_the_upper_of_two_lines_are_read_right_or_said(seed: int) -> None:
    sized = drawn(seed)
    lines = rounded(sized)
    begun = [line.split()[0] in CLASSES for line in lines]
    seconds = {name for own in CLASSES.values() for name in own}
    beside = [line.split()[1] in seconds for line in lines]
    if begun[0] and beside[0] and all(own for first, own in zip(begun, beside, strict=True) if first):
        pytest.skip("so would labels be printed in front of their rows")
    document = read([*ABOVE, HEAD, *lines])
    (table,) = document.tables
    found = [(i.level1, i.level2, i.level3, i.annual_value) for i in table.indicators]
    assert found == rows_of(sized) or "PGX104" in {problem.code for problem in document.problems}


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("upper", [False, True])
def test_projects_of_a_list_in_the_middle_of_their_rows(seed: int, upper: bool) -> None:
    rng = random.Random(seed)
    lines = ["单位/项目名称 预算金额（万元） 绩效目标 一级指标 二级指标 三级指标 指标值"]
    projects = ["渡口栈桥维护", "航标更新", "救生设备配置"][: rng.randint(1, 3)]
    said = []
    for number, project in enumerate(projects):
        rows = rows_of([("产出指标", [("数量指标", rng.randint(1, 3)), ("质量指标", rng.randint(1, 3))])])
        rows = [(*row[:2], f"{project[:2]}{row[2]}", row[3]) for row in rows]
        lead = f"{project} {number + 12}.5 完成{project}，方便渡客。"
        middle = (len(rows) - 1) / 2
        for place, row in enumerate(rows):
            lines += [lead] if not upper and place - 0.5 == middle else []
            beside = place == (middle // 1 if upper else middle)
            lines.append(" ".join([*([lead] if beside else []), *row]))
        said.append((project, rows))
    if upper and lines[1].startswith(projects[0]):
        pytest.skip("so would projects be printed in front of their rows")
    document = read(lines)
    found = [
        (t.project_name, [(i.level1, i.level2, i.level3, i.annual_value) for i in t.indicators])
        for t in document.tables
    ]
    assert found == said or "PGX104" in {problem.code for problem in document.problems}


@pytest.mark.parametrize("page", [True, False])
def test_a_row_beside_its_class_in_front_of_a_header_printed_again(page: bool) -> None:
    header = "一级指标   二级指标     三级指标           指标值"
    lines = [
        "项目名称   竹排栈道修缮",
        header,
        "           数量指标     修缮栈道长度       320米",
        "产出指标                更换护栏长度       150米",
        *(["", "          - 2 -", ""] * page),
        header,
        "           质量指标     修缮验收合格率     100%",
        "效益指标   社会效益指标 游客安全事故       0起",
        "满意度指标 服务对象满意度指标 游客满意度   ≥90%",
    ]
    block = TextBlock([Line(text, Location("invented.txt", line=n)) for n, text in enumerate(lines, 1)])
    (table,) = recognise(Source("invented.txt", "text", [block])).tables
    assert [(i.level3, i.annual_value) for i in table.indicators] == [
        ("修缮栈道长度", "320米"),
        ("更换护栏长度", "150米"),
        ("修缮验收合格率", "100%"),
        ("游客安全事故", "0起"),
        ("游客满意度", "≥90%"),
    ]
