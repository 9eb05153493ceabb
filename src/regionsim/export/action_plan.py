"""The numbered measures of the action plan and what carries each of them in the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from regionsim.language.declarations import Equation
from regionsim.language.inputs import AnyInput

PLAN = "江西省推动湘赣边区域合作示范区建设行动方案, 赣府厅字〔2022〕48号, 24 May 2022"

# Headings of part two of the plan; the English is ours.
MEASURES: dict[int, tuple[str, str]] = {
    1: ("Bases of red culture and education", "建设红色文化传承教育基地"),
    2: ("Protection and use of revolutionary relics", "加强革命文物保护利用"),
    3: ("Culture and tourism combined", "培育文化旅游融合发展新优势"),
    4: ("Bases of strong and special industries", "建设特色优势产业基地"),
    5: ("Clusters of modern services", "做强现代服务业集聚区"),
    6: ("Brands of good farm products", "唱响优质农产品品牌"),
    7: ("Industrial parks shared across the border", "打造高水平产业合作园"),
    8: ("Rural revitalization", "全面推进乡村振兴"),
    9: ("Reform of agriculture and rural land", "大力深化农业农村改革"),
    10: ("Attractive towns of the region", "努力建设区域魅力城镇"),
    11: ("Joint control of the environment", "强化环境共保联治"),
    12: ("Quality of ecosystems", "提升生态系统质量"),
    13: ("Institutions for green development", "创新绿色发展制度"),
    14: ("Transport network of all modes", "构筑立体交通运输网络"),
    15: ("Supply of energy and water", "增强能源资源保障能力"),
    16: ("Digital demonstration area", "推进信息示范区建设"),
    17: ("Education and culture well distributed", "合理配置教育文化资源"),
    18: ("Medical care and health", "强化医疗卫生健康保障能力"),
    19: ("Social security as in one city", "推动社会保障同城化"),
}

# The one measure whose works a scenario names one by one.
BY_PROJECT = 14


@dataclass(frozen=True)
class Coverage:
    """A measure, the equations that say they carry it, and the parameters that these read."""

    number: int
    title: str
    title_zh: str
    equations: tuple[Equation, ...]
    parameters: tuple[str, ...]

    @property
    def state(self) -> str:
        """What a scenario can do about the measure today."""
        if self.number == BY_PROJECT:
            return "acts: a scenario opens its projects, each with its year"
        if self.equations:
            return "no key of its own: a scenario can only change parameters, with a size that the user must justify"
        return "no mechanism yet: the model says nothing about it"


def coverage(equations: Iterable[Equation], parameters: Mapping[str, AnyInput]) -> tuple[Coverage, ...]:
    """All measures in their order. Raises ValueError for an equation that names a measure which the plan lacks."""
    equations = tuple(equations)
    for equation in equations:
        unknown = [number for number in equation.measures if number not in MEASURES]
        if unknown:
            raise ValueError(f"{equation.place} {equation.name}: the plan has no measure {unknown[0]}")
    found = []
    for number, (title, title_zh) in MEASURES.items():
        carriers = tuple(equation for equation in equations if number in equation.measures)
        asked = dict.fromkeys(name for equation in carriers for name in equation.arguments if name in parameters)
        found.append(Coverage(number, title, title_zh, carriers, tuple(asked)))
    return tuple(found)
