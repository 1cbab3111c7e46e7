"""The sections of a yearly report in their order; each takes the material and gives one section."""

from __future__ import annotations

from collections.abc import Callable

from analysis.report.content import Section
from analysis.report.inputs import Material
from analysis.report.sections.annual import annual
from analysis.report.sections.assessment import assessment
from analysis.report.sections.cycle import cycle
from analysis.report.sections.definitions import definitions
from analysis.report.sections.limits import limits
from analysis.report.sections.officers import officers
from analysis.report.sections.peers import peers
from analysis.report.sections.petitions import petitions
from analysis.report.sections.printed import printed
from analysis.report.sections.provenance import provenance
from analysis.report.sections.quality import quality
from analysis.report.sections.revisions import revisions
from analysis.report.sections.summary import summary

SECTIONS: tuple[Callable[[Material], Section], ...] = (
    summary,
    annual,
    printed,
    cycle,
    limits,
    officers,
    petitions,
    peers,
    assessment,
    revisions,
    quality,
    definitions,
    provenance,
)
