"""Word documents that are not sound."""

import io
import zipfile

import docx
import pytest

from analysis.files.document import document_sheets
from analysis.files.source import Source
from analysis.vocabulary.errors import InputError


@pytest.mark.parametrize(
    ("part", "sound", "broken"),
    [
        ("[Content_Types].xml", "wordprocessingml.document.main", "spreadsheetml.sheet.main"),
        ("word/document.xml", "王伟", "&王伟;"),
        ("word/_rels/document.xml.rels", "styles.xml", "王伟.xml"),
    ],
)
def test_an_error_quotes_nothing_that_stands_in_a_document_and_no_object_of_python(tmp_path, part, sound, broken):
    document, held, path = docx.Document(), io.BytesIO(), tmp_path / "纪要.docx"
    document.add_paragraph("王伟")
    document.save(held)
    with zipfile.ZipFile(held) as read, zipfile.ZipFile(path, "w") as written:
        for name in read.namelist():
            text = read.read(name)
            written.writestr(name, text.replace(sound.encode(), broken.encode()) if name == part else text)
    source = Source(path, path.name, "document", "", path.stat().st_size)
    with pytest.raises(InputError) as refused:
        list(document_sheets(source))
    said = refused.value.text
    assert said.en.endswith("it is not a sound Word document. Open it in Word or WPS and save it as docx.")
    assert "王伟" not in said.zh
