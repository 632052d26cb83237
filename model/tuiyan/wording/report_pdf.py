"""Texts that only the printed report has, and its stage of a run."""

TEXTS: dict[str, tuple[str, str]] = {
    "report.stage.pdf": ("排印 PDF", "setting the PDFs"),
    "report.failed.letters": (
        "随附字体缺字：{letters}。",
        "the shipped font lacks characters of the report: {letters}.",
    ),
    "report.failed.pdf": ("PDF 未能生成：{why}", "the PDF could not be set: {why}"),
    "report.pdf.data": ("附录　图中数据", "Appendix  Data of the figures"),
    "report.pdf.data.lead": (
        "每幅图背后的数字，按图的次序排列。",
        "The numbers behind every figure, in the order of the figures.",
    ),
    "report.pdf.data.caption": ("数据：{title}", "Data of {title}"),
}
