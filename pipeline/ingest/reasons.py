"""Why a record is rejected, and what to do about it: one table of stable codes."""

from __future__ import annotations

from pipeline.faults import where_raised
from pipeline.ingest.cleaning import one_line
from pipeline.models import DumpLocation, Rejected

_LONGEST = 500  # characters of a detail
HINTS = {
    "archive.bomb": "unpack it by hand and check what is in it, or raise [ingest] max_archive_ratio",
    "archive.corrupt": "fetch or pack the archive again",
    "archive.encrypted": "unpack it with its password and pass the unpacked folder",
    "archive.nested": "unpack the inner archive: one archive inside another is read, no deeper",
    "archive.truncated": "fetch or pack the archive again; what came before the break was read",
    "csv.columns": "quote the fields of this row that hold the delimiter",
    "csv.header": "write a header line that names the column of the body text, content, body or article; or name it in a table for [ingest] formats (docs/formats.md)",
    "csv.quote": "close the quote that opens in this row, or double the quotes inside the field",
    "csv.syntax": "write the row again with a CSV library",
    "document.too-large": "split the file, or write JSON Lines: these are read line by line",
    "encoding.undecodable": "save the file as UTF-8 (iconv -f THE-ENCODING -t UTF-8)",
    "extra.missing": "pip install 'twosource[html]', then run again",
    "file.kind": "pass the file itself: links, pipes and devices are never followed",
    "file.unreadable": "check the permissions and the disk",
    "format.binary": "pass one of the formats that README lists, plain or packed",
    "format.unsupported": "unpack it, or convert it to JSON Lines with the keys id, url, source, title, published, language, text",
    "id.conflict": "give each record an id of its own; the latest record was kept under this one",
    "json.limit": "flatten the record: it nests too deeply or holds a number of thousands of digits",
    "json.syntax": "write it with a JSON library (json.dumps): double quotes, no comments, no comma before a closing bracket",
    "line.too-long": "split the record, or raise [ingest] max_line_bytes",
    "program.fault": "report this, with the text if you may: twosource is at fault here; the others were scored",
    "record.type": "pass one JSON object an article, its text as a string",
    "table.columns": "name the column that holds the body text, content, body or article; or name it in a table for [ingest] formats (docs/formats.md)",
    "table.corrupt": "write the table again; the rows before the fault were read",
    "text.empty": "export the article with its body",
    "text.missing": "name the field that holds the body text, content, body or article; or name it in a table for [ingest] formats (docs/formats.md)",
    "text.too-long": "split it into articles, or raise [ingest] max_article_chars",
    "text.too-short": "export the whole body, or lower [ingest] min_words",
    "warc.no-page": "nothing: archives of the web hold pictures, redirections and errors beside pages",
    "warc.syntax": "write the archive again with a WARC library; the other records were read",
    "xml.entities": "write the document without a document type of its own: entities are never resolved",
    "xml.limit": "flatten the document: an article nests a dozen elements deep",
    "xml.records": "name the element that holds an article in a table of formats of your own (docs/formats.md)",
    "xml.syntax": "write this element again with an XML library; the others were read",
}


OUR_FAULT = "program.fault"


class Fault(ValueError):  # noqa: N818 - input at fault, not a program error
    """Input that can't be read: a stable reason code and what exactly is wrong."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


def reject(location: DumpLocation, fault: Fault) -> Rejected:
    """Return the quarantine row for a fault, with the hint of its reason."""
    detail = one_line(fault.detail)[:_LONGEST]  # it may quote the record
    return Rejected(location=location, reason=fault.reason, detail=detail, hint=HINTS[fault.reason])


def reject_raised(location: DumpLocation, error: Exception, lost: str = "") -> Rejected:
    """Return the quarantine row for a record that made this program raise; ``lost`` says what else was not read for it.

    Raises the error anew where no record is to blame.
    """
    return reject(location, Fault(OUR_FAULT, f"{where_raised(error)}{lost}"))
