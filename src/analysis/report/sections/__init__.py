"""The sections of a yearly report in their order, page one and body, then the annexes; each takes the material and gives one section."""

from __future__ import annotations

from collections.abc import Callable

from analysis.report.content import Section
from analysis.report.inputs import Material
from analysis.report.sections.annual import annual
from analysis.report.sections.assessment import features, measures, problems
from analysis.report.sections.cycle import cycle, turning_points
from analysis.report.sections.definitions import definitions
from analysis.report.sections.indicators import indicators
from analysis.report.sections.limits import durations, limits
from analysis.report.sections.officers import officers
from analysis.report.sections.peers import peers, published_elsewhere
from analysis.report.sections.petitions import petitions
from analysis.report.sections.printed import printed
from analysis.report.sections.provenance import provenance
from analysis.report.sections.quality import quality
from analysis.report.sections.revisions import revisions
from analysis.report.sections.situation import situation
from analysis.report.sections.summary import summary

BODY: tuple[Callable[[Material], Section], ...] = (
    summary, situation, indicators, cycle, limits, peers, features, problems, measures,
)  # fmt: skip
ANNEXES: tuple[Callable[[Material], Section], ...] = (
    annual, turning_points, durations, officers, petitions, printed, published_elsewhere, revisions, quality, definitions, provenance,
)  # fmt: skip
