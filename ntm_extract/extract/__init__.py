"""Facts out of passages: one registry, one module a table. Pure."""

from ntm_extract.extract.budgets import extract_budgets
from ntm_extract.extract.coverage import extract_uncounted
from ntm_extract.extract.criteria import extract_criteria
from ntm_extract.extract.document import extract_document
from ntm_extract.extract.legal_refs import extract_legal_refs
from ntm_extract.extract.percentages import extract_percentages
from ntm_extract.extract.places import extract_places
from ntm_extract.extract.quantities import extract_quantities
from ntm_extract.extract.registry import Extractor

EXTRACTORS: tuple[Extractor, ...] = (
    extract_document,
    extract_criteria,
    extract_percentages,
    extract_budgets,
    extract_quantities,
    extract_legal_refs,
    extract_places,
    extract_uncounted,
)
"""All of them, in the order of the tables."""
