"""The names that can be asked for, and how one is found: by any of its names, or by words that its texts hold."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from regionsim.engine.compile import Model
from regionsim.language.declarations import Declaration
from regionsim.language.inputs import AnyInput
from regionsim.place.agreements import Agreement, load_agreements
from regionsim.place.clusters import Cluster, load_clusters
from regionsim.place.counties import AREAS_ZH, County, county_spellings, load_counties
from regionsim.place.hubs import Hub, load_hubs
from regionsim.place.plan_instruments import Instrument, load_instruments
from regionsim.place.projects import Project, load_projects
from regionsim.problems import nearest_name
from regionsim.scenarios.measures import Measure, load_measures
from regionsim.studies.levers import Lever, all_levers
from regionsim.studies.model import evidence

Thing = Measure | Lever | Instrument | Project | County | Hub | Agreement | Cluster | Declaration | AnyInput

LEAST_PART = 0.5  # of the words, where no text holds them all
LEAST_WORDS = 2
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[a-z0-9]+(?:[.'][a-z0-9]+)*")


@dataclass(frozen=True)
class Entry:
    """One thing with a name: what kind of thing, the name to ask for, its titles, all its names, and further text."""

    kind: str
    name: str
    titles: tuple[str, ...]
    names: tuple[str, ...]
    text: str
    thing: Thing


def all_entries(model: Model) -> tuple[Entry, ...]:
    """Everything that can be explained: what the plan and the place have names for, then the names of the model.

    The input of a lever stands there as the lever.
    """
    levers = all_levers()
    entries = [_measure(each) for each in load_measures()]
    entries += [_lever(each) for each in levers]
    entries += [_county(each) for each in load_counties()]
    entries += [_hub(each) for each in load_hubs()]
    entries += [_project(each) for each in load_projects()]
    entries += [_agreement(each) for each in load_agreements()]
    entries += [_cluster(each) for each in load_clusters()]
    entries += [_instrument(each) for each in load_instruments()]
    for group in (model.stocks, model.equations, model.ledgers):
        entries += [_declared(each) for each in group.values()]
    in_levers = {lever.effort.input for lever in levers}
    entries += [_input(each) for each in model.inputs.values() if each.name not in in_levers]
    return tuple(entries)


def named(name: str, entries: Iterable[Entry]) -> list[Entry]:
    """The entries that are called so, in their order; hyphens, low lines, blanks and case do not matter.

    The kind may stand before the name: `agreement shangyou` is not the county.
    """
    wanted = _plain(name)

    def is_called_so(entry: Entry) -> bool:
        return any(wanted in (_plain(each), _plain(f"{entry.kind} {each}")) for each in (entry.name, *entry.names))

    return [entry for entry in entries if is_called_so(entry)]


def holding(words: str, entries: Iterable[Entry]) -> list[Entry]:
    """The entries whose titles or text hold all of the words, best first.

    A word of English is held where a word of the text begins with it, Chinese where it stands.
    """
    return [entry for part, _, entry in _ranked(_tokens(words, pairs=False), words, entries) if part == 1]


def holding_most(words: str, entries: Iterable[Entry]) -> list[Entry]:
    """The entries that hold most of the words, best first, Chinese by its pairs of characters.

    Less than half of the words, or one of several, is not enough.
    """
    tokens = _tokens(words, pairs=True)
    found = _ranked(tokens, words, entries)
    most = max((part for part, _, _ in found), default=0.0)
    if len(tokens) < LEAST_WORDS or most < LEAST_PART or most * len(tokens) < LEAST_WORDS:
        return []
    return [entry for part, _, entry in found if part == most]


def nearest(name: str, entries: Iterable[Entry], likeness: float) -> str:
    """The name that is spelt most like `name`, or an empty string where none is as like."""
    return nearest_name(name, [each for entry in entries for each in (entry.name, *entry.names)], likeness)


def _ranked(tokens: Collection[str], words: str, entries: Iterable[Entry]) -> list[tuple[float, int, Entry]]:
    """Entries that hold some of the tokens with the part that they hold and how far from the title, best first."""
    found = []
    for entry in entries:
        title = _plain(" ".join((entry.name, *entry.names, *entry.titles)))
        text = f"{title} {_plain(entry.text)}"
        part = sum(_holds(text, token) for token in tokens) / max(len(tokens), 1)
        if part:
            in_title = all(_holds(title, token) for token in tokens)
            found.append((part, 0 if _plain(words) in title else 1 if in_title else 2, entry))
    return sorted(found, key=lambda each: (-each[0], each[1]))


def _tokens(words: str, *, pairs: bool) -> list[str]:
    plain = _plain(words)
    tokens = [word.removesuffix("s") if len(word) > 3 else word for word in _WORD.findall(plain)]
    for chinese in _CHINESE.findall(plain):
        in_pairs = [chinese[k : k + 2] for k in range(len(chinese) - 1)]
        tokens += in_pairs if pairs and in_pairs else [chinese]
    return tokens


def _holds(text: str, token: str) -> bool:
    if _CHINESE.match(token):
        return token in text
    return re.search(rf"(?<![a-z0-9]){re.escape(token)}", text) is not None


def _plain(words: str) -> str:
    return re.sub(r"[-_\s]+", " ", words).strip().casefold()


def _declared(found: Declaration) -> Entry:
    return Entry(type(found).__name__.lower(), found.name, (), (), found.about, found)


def _input(found: AnyInput) -> Entry:
    kind = "parameter" if found.name in evidence() else "figure"
    return Entry(kind, found.name, (), (), found.about, found)


def _measure(measure: Measure) -> Entry:
    names = (measure.number, measure.slug, measure.title_en, measure.title_zh)
    return Entry("measure", measure.name, (measure.title_en, measure.title_zh), names, "", measure)


def _lever(lever: Lever) -> Entry:
    effort = lever.effort
    return Entry("lever", lever.name, (effort.about,), (effort.name,), "", lever)


def _instrument(row: Instrument) -> Entry:
    return Entry("instrument", row.row_id, (row.item, row.item_zh), (row.item, row.item_zh), row.target, row)


def _project(project: Project) -> Entry:
    names = (project.project_id, project.name, project.name_zh)
    return Entry("project", project.slug, (project.name, project.name_zh), names, "", project)


def _county(county: County) -> Entry:
    names = tuple(spelling for spelling, found in county_spellings().items() if found == county)
    area = (county.prefecture, AREAS_ZH[county.prefecture], county.province, AREAS_ZH[county.province])
    return Entry("county", county.code, (county.full_name, county.name_zh), names, " ".join(area), county)


def _hub(hub: Hub) -> Entry:
    return Entry("hub", hub.key, (hub.name, hub.name_zh), (hub.name, hub.name_zh), "", hub)


def _agreement(agreement: Agreement) -> Entry:
    titles = (agreement.name, agreement.name_zh)
    return Entry("agreement", agreement.key.replace("_", "-"), titles, titles, agreement.note, agreement)


def _cluster(cluster: Cluster) -> Entry:
    return Entry("cluster", cluster.key, (cluster.name, cluster.name_zh), (cluster.name, cluster.name_zh), "", cluster)
