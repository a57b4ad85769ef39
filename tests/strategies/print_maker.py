"""Invented goal forms and lists with what they say: their words, and forms made of them at random."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tables.grids.printing import Table

NAMES = ["灌区渠道衬砌", "村级卫生室设备更新", "冷链仓库改建", "校园足球推广", "古桥修缮保护", "蔬菜大棚补助", "水库大坝安全鉴定",
         "残疾人辅具适配", "图书馆总分馆建设", "农村道路安防工程"]  # fmt: skip


PLACES = ["桐柏山县", "清河口市", "石鼓区", "白杨县", "南坪镇"]


BODIES = ["水利局", "卫生健康局", "商务局", "教育局", "文物保护中心", "农业农村局", "残疾人联合会"]


ROWS = {
    ("产出指标", "数量指标"): [
        ("新建改建设施数量", "≥", "12", "处"), ("开展巡查次数", "≥", "48", "次"), ("购置设备台套数", "=", "35", "台（套）"),
        ("培训技术人员", "≥", "260", "人次"), ("发放宣传手册", "≥", "1.5", "万份"), ("完成渠道衬砌长度", "≥", "3.6", "公里"),
    ],
    ("产出指标", "质量指标"): [
        ("工程验收合格率", "=", "100", "%"), ("设备完好率", "≥", "98", "%"), ("资料归档规范性", "", "规范", ""),
        ("培训考核通过率", "≥", "92.5", "%"),
    ],
    ("产出指标", "时效指标"): [
        ("项目完成时间", "", "2026年11月底前", ""), ("故障处置时限", "≤", "24", "小时"), ("资金支付及时率", "≥", "95", "%"),
    ],
    ("产出指标", "成本指标"): [
        ("单位工程造价", "≤", "850", "元/米"), ("项目总成本", "≤", "96.4", "万元"), ("人均培训成本", "≤", "420", "元/人"),
    ],
    ("效益指标", "经济效益指标"): [("带动农户增收", "≥", "300", "万元"), ("节约运行经费", "≥", "6", "%")],
    ("效益指标", "社会效益指标"): [("受益人口", "≥", "2.8", "万人"), ("群众出行条件", "", "明显改善", ""), ("服务覆盖率", "≥", "85", "%")],
    ("效益指标", "生态效益指标"): [("节约用水量", "≥", "40", "万立方米"), ("减少水土流失", "", "有效减少", "")],
    ("效益指标", "可持续影响指标"): [("管护制度健全性", "", "健全", ""), ("设施持续使用年限", "≥", "5", "年")],
    ("满意度指标", "服务对象满意度指标"): [("受益群众满意度", "≥", "90", "%"), ("服务对象满意度", "≥", "93", "%")],
}  # fmt: skip


EXTRA = {
    "评分标准": ["达标得满分", "每少1个扣1分", "未完成不得分"],
    "责任科室": ["工程科", "财务室", "综合科"],
    "数据来源": ["工作台账", "验收报告", "问卷调查"],
    "备注": ["", "续建", "新增"],
    "指标说明": ["反映任务完成", "反映质量水平", "反映社会影响"],
    "指标值确定依据": ["行业标准", "历史数据", "计划文件"],
}


@dataclass
class Said:
    """What one project says: its heads, and its rows as levels, name, values of the period and of the year."""

    heads: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[str | None, str | None, str, str | None, str | None]] = field(default_factory=list)


class Maker:
    """Makes one form or list at random."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.values = rng.choice(["one", "one", "one", "two", "parts", "parts", "nested"])
        self.extra = rng.sample(sorted(EXTRA), rng.choice([0, 0, 1, 1, 2]))
        self.weight = rng.random() < 0.4
        self.numbered = rng.random() < 0.15
        self.side = rng.random() < 0.4
        self.used: list[str] = []
        self.parts: dict[str, tuple[str, str, str]] = {}

    def project(self) -> tuple[Said, dict[str, str]]:
        """What a project says, and the texts of its boxes."""
        rng = self.rng
        place, name = rng.choice(PLACES), rng.choice([name for name in NAMES if name not in self.used])
        self.used.append(name)
        fiscal, other = rng.randint(100, 9000), rng.randint(10, 500)
        texts = {
            "name": f"{place}{name}" if rng.random() < 0.5 else name,
            "department": place + rng.choice(BODIES),
            "unit": place + rng.choice(BODIES) + "服务中心",
            "total": f"{(fiscal + other) / 10:g}",
            "fiscal": f"{fiscal / 10:g}",
            "other": f"{other / 10:g}",
            "goal": rng.choice(
                [
                    f"完成{name}任务，设施运行正常，群众满意。",
                    f"1.完成{name}主体工程；2.开展培训12期。",
                    f"按计划推进{name}，年内完成投资并通过验收，改善当地群众生产生活条件，受益人口不少于2.8万人。",
                ]
            ),
            "cycle": f"三年内全面完成{name}，建立长效管护机制。",
            "code": "5301" + str(rng.randint(10**6, 10**7)),
        }
        said = Said({"project_name": texts["name"], "annual_goal": texts["goal"]})
        for (first, second), listed in ROWS.items():
            most = 2 if rng.random() < 0.7 else 1
            if rng.random() < 0.25 and second not in ("数量指标", "服务对象满意度指标"):
                continue
            for row in rng.sample(listed, min(most, len(listed))):
                said.rows.append((first, second, row[0], None, "".join(row[1:])))
                self.parts[row[0]] = (row[1], row[2], row[3])
        return said, texts

    def columns(self) -> tuple[list[str], list[str]]:
        """The names of the columns behind the levels, and below the last of them where the header has two rows."""
        rng = self.rng
        names = [rng.choice(["三级指标", "指标名称", "三级指标名称", "指标内容"])]
        lower: list[str] = []
        if self.values == "one":
            names.append(rng.choice(["指标值", "目标值", "年度指标值", "预期指标值", "指标值（含单位）"]))
        elif self.values == "two":
            names += rng.choice(
                [
                    ["实施期指标值", "年度指标值"],
                    ["总体目标值", "年度目标值"],
                    ["实施周期指标值", "当年度指标值"],
                ]
            )
        elif self.values == "parts":
            names += rng.choice(
                [
                    ["指标性质", "指标值", "计量单位"],
                    ["符号", "指标值", "单位"],
                    ["指标方向", "目标值", "计量单位"],
                ]
            )
        else:
            names.append(rng.choice(["指标值", "绩效指标值"]))
            lower = rng.choice([["实施期", "年度"], ["三年目标", "2026年目标"], ["总体", "当年"]])
        if self.weight:
            names.append(rng.choice(["分值", "权重", "分值权重"]))
        return names + self.extra, lower

    def cells(self, said: Said, index: int) -> list[str]:
        """The cells of a row behind the levels; the truth of its values is set."""
        rng = self.rng
        first, second, name, _, value = said.rows[index]
        sign, number, unit = self.parts[name]
        cells = [name]
        cycle = None
        if self.values in ("two", "nested"):
            cycle = (
                sign
                + (f"{float(number) * 3:g}" if sign == "≥" and unit not in ("%", "年") else number)
                + unit
            )
            cycle = cycle.replace("2026", "2028")
            cells += [cycle, value or ""]
        elif self.values == "parts":
            cells += [sign or "定性", number, unit]
        else:
            cells.append(value or "")
        if self.weight:
            cells.append(rng.choice(["5", "10", "15"]))
        said.rows[index] = (first, second, name, cycle, value)
        return cells + [rng.choice(EXTRA[name]) for name in self.extra]

    def indicators(self, table: Table, said: Said) -> None:
        """Append header and rows."""
        names, lower = self.columns()
        levels = [self.rng.choice(["一级指标", "一级指标名称"]), "二级指标"]
        lead: list[str] = ["序号"] if self.numbered else []
        at = len(lead) + len(levels) + 1
        table.header = table.rows
        head: list[str | tuple[str, int, int]] = []
        side: list[str | tuple[str, int, int]] = []
        if self.side:
            side = [(self.rng.choice(["绩效指标", "年度绩效指标"]), 1, len(said.rows) + (2 if lower else 1))]
        for n, name in enumerate([*lead, *levels, *names]):
            spread = bool(lower) and n == at
            head.append((name, 2 if spread else 1, 1 if spread or not lower else 2))
        table.row(*side, *head)
        if lower:
            table.row(*lower)
        previous: tuple[str | None, str | None] = (None, None)
        for n, (first, second, _, _, _) in enumerate(list(said.rows)):
            row: list[str | tuple[str, int, int]] = [str(n + 1)] * len(lead)
            if first != previous[0]:
                row.append((first or "", 1, sum(other[0] == first for other in said.rows)))
            if (first, second) != previous:
                row.append((second or "", 1, sum(other[:2] == (first, second) for other in said.rows)))
            previous = (first, second)
            table.row(*row, *self.cells(said, n))

    @property
    def width(self) -> int:
        """Columns of the table."""
        values = {"one": 1, "two": 2, "nested": 2, "parts": 3}[self.values]
        return 3 + values + self.weight + len(self.extra) + self.numbered + self.side

    def form(self) -> tuple[Table, Said]:
        """A form: boxes, then the indicators."""
        rng = self.rng
        said, texts = self.project()
        table = Table(self.width)
        wide = self.width
        label = rng.choice(["项目名称", "项目支出名称", "专项名称"])
        table.row(label, (texts["name"], wide - 1))
        if rng.random() < 0.4:
            table.row(
                rng.choice(["项目编码", "项目代码"]),
                texts["code"],
                rng.choice(["项目类型", "项目类别"]),
                ("其他运转类", wide - 3),
            )
            said.heads["project_code"] = texts["code"]
        table.row(
            "主管部门", texts["department"], rng.choice(["实施单位", "项目单位"]), (texts["unit"], wide - 3)
        )
        said.heads |= {"department": texts["department"], "unit": texts["unit"]}
        self.money(table, said, texts)
        goals = rng.random()
        if goals < 0.25:
            table.row(("总体目标", 1, 2), (rng.choice(["实施期目标", "中期目标"]), 1), ("年度目标", wide - 2))
            table.row((texts["cycle"], 1), (texts["goal"], wide - 2))
            said.heads["cycle_goal"] = texts["cycle"]
        elif goals < 0.4:
            table.row("实施期绩效目标", (texts["cycle"], wide - 1))
            table.row("年度绩效目标", (texts["goal"], wide - 1))
            said.heads["cycle_goal"] = texts["cycle"]
        else:
            table.row(
                rng.choice(["年度目标", "绩效目标", "年度总体目标", "项目绩效目标"]),
                (texts["goal"], wide - 1),
            )
        self.indicators(table, said)
        if rng.random() < 0.25:
            table.row(rng.choice(["审核意见", "财政部门审核意见"]), ("同意申报。", wide - 1))
        return table, said

    def money(self, table: Table, said: Said, texts: dict[str, str]) -> None:
        """The boxes of the amounts."""
        rng = self.rng
        wide = self.width
        kind = rng.random()
        if kind < 0.4:
            table.row(
                (rng.choice(["项目资金（万元）", "预算金额（万元）"]), 1, 3),
                "年度资金总额",
                (texts["total"], wide - 2),
            )
            table.row("其中：财政拨款", (texts["fiscal"], wide - 2))
            table.row("其他资金", (texts["other"], wide - 2))
        elif kind < 0.6:
            table.row(rng.choice(["预算金额（万元）", "年度预算（万元）"]), (texts["total"], wide - 1))
            texts["fiscal"] = ""
        elif kind < 0.8:
            table.row("资金总额（万元）", texts["total"], "其中：财政拨款", (texts["fiscal"], wide - 3))
            texts["other"] = ""
        else:
            table.row(
                (f"年度资金总额：{texts['total']}万元", 2), (f"其中：财政拨款{texts['fiscal']}万元", wide - 2)
            )
            texts["fiscal"] = ""
        said.heads["budget_yuan"] = f"{float(texts['total']) * 10000:g}"
