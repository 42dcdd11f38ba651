"""One profile as a PDF: tagged, dated, with every figure, its day and its source.

It is made when somebody asks for it and kept nowhere, unlike a guide's: a profile is three or four pages. Typst needs
40 milliseconds of one core for the median of those that come with the service and 60 for the longest, and the answer
as a whole about twice what the page needs. So it cannot be stale, needs no worker, and what is withdrawn lies on no
disk. Were one ever to take more than 100 milliseconds, it would have to be kept by its digest as the guides' are,
since anybody may ask for it as often as they like: ``bench.case_studies`` measures that.
"""

from case_studies.pdf.sheet import NotMade, contents, make

__all__ = ["NotMade", "contents", "make"]
