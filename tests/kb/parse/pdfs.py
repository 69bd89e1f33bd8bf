"""Small PDF files, written by hand."""

from collections.abc import Sequence

Text = tuple[float, float, float, str]
"""x and y from the lower left in points, size of the font, words."""

_FONT = "/Type /Font /Subtype /Type1 /BaseFont /Helvetica"


def pdf(pages: Sequence[Sequence[Text]], title: str = "") -> bytes:
    """A PDF in Helvetica; a negative size is bold."""
    objects = ["", "", ""]
    kids = []
    for page in pages:
        stream = "".join(
            f"BT /{'F2' if size < 0 else 'F1'} {abs(size)} Tf {x} {y} Td ({_escape(text)}) Tj ET\n"
            for x, y, size, text in page
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}endstream")
        fonts = f"/F1 << {_FONT} >> /F2 << {_FONT}-Bold >>"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Contents {len(objects)} 0 R /Resources << /Font << {fonts} >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = "<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects[2] = f"<< /Title ({_escape(title)}) >>"
    return _assemble(objects)


def _assemble(objects: Sequence[str]) -> bytes:
    written = "%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(written)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    written += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 3 0 R >>\n"
    return (written + f"startxref\n{start}\n%%EOF\n").encode("latin-1")


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
