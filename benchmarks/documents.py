"""CPU seconds and bytes of the sample's yearly report in every format: ``documents.md``."""

import tempfile
import time

import analysis as an

ALL = ("html", "xlsx", "pdf", "docx", "pptx")


def main() -> None:
    """Print a line for each set of formats, warm, and the size of each file."""
    cases, printed = an.read_cases(an.sample_path("register")), an.read_returns(an.sample_path("returns_fujin.csv"))
    peers = an.read_returns([an.sample_path("returns_courts.csv"), an.sample_path("returns_fujin.csv")])
    asked = {"period": 2011, "returns": printed, "peers": peers}
    with tempfile.TemporaryDirectory() as folder:
        an.build_report(cases, out=folder, formats=ALL, language="zh", **asked)  # everything loaded
        for formats in (("xlsx",), ("html", "xlsx"), ALL):
            begun = time.process_time()
            an.build_report(cases, out=folder, formats=formats, language="zh", **asked)
            print(f"{'+'.join(formats):24} {time.process_time() - begun:6.2f} CPU s")
        for language in ("zh", "en"):
            made = an.build_report(cases, out=folder, formats=ALL, language=language, **asked)
            for path in made.files:
                print(f"{path.name:24} {path.stat().st_size:>10,} bytes")


if __name__ == "__main__":
    main()
