"""The one source of table and column names, types and meanings; CSV, workbook, data package and docs follow it."""

from ntm_extract.outputs.schema.columns import Column, ColumnType, Row, Table, Value
from ntm_extract.outputs.schema.documents import DOCUMENTS, PAGES, PLACES, TABLE_CELLS
from ntm_extract.outputs.schema.facts import BUDGETS, CRITERIA, EVIDENCE, LEGAL_REFS, PERCENTAGES, QUANTITIES
from ntm_extract.outputs.schema.findings import CHECKS, COVERAGE, CRITERIA_MATRIX, FAILURES, SERIES

__all__ = ["BY_NAME", "EVIDENCE", "FACT_TABLES", "TABLES", "Column", "ColumnType", "Row", "Table", "Value"]

FACT_TABLES = (CRITERIA, PERCENTAGES, BUDGETS, QUANTITIES, LEGAL_REFS)
TABLES = (DOCUMENTS, PAGES, *FACT_TABLES, PLACES, CRITERIA_MATRIX, SERIES, TABLE_CELLS, CHECKS, FAILURES, COVERAGE)
BY_NAME = {table.name: table for table in TABLES}
