"""Write the two documents beside this script that no editor writes: a PDF in two columns and a DOCX with lists.

python benchmarks/distill/make_documents.py     # needs fpdf2 and python-docx, which the dev extra brings
"""

from pathlib import Path

import docx
from fpdf import FPDF

FOLDER = Path(__file__).parent / "documents"
QUESTIONS = [
    (
        "What is the difference between precision and recall?",
        "Precision is the share of predicted positives that are correct. Recall is the share of actual positives that "
        "were found. Raising the decision threshold usually raises precision and lowers recall.",
    ),
    (
        "Why do we need cross-validation?",
        "A single split depends on chance, above all with little data. Cross-validation trains and tests on several "
        "splits and averages the scores. It also shows how much the score varies.",
    ),
    (
        "How does gradient boosting work?",
        "Gradient boosting adds trees one after the other. Each new tree is fitted to the negative gradient of the "
        "loss of the trees before it. A small learning rate shrinks the contribution of each tree "
        "and reduces overfitting.",
    ),
    (
        "Explain the curse of dimensionality",
        "In high dimensions the volume grows so fast that data become sparse. Distances between points become nearly "
        "equal, so nearest neighbours mean little. Feature selection or projection to fewer dimensions helps.",
    ),
    (
        "What is data leakage and how do you prevent it?",
        "Data leakage means that information from the test set or from the future reaches the training. Scores look "
        "far too good and collapse in production. Splitting before any preprocessing and fitting every "
        "transformation on the training set only prevents it.",
    ),
    (
        "When would you prefer a linear model to a deep network?",
        "A linear model is preferable with few samples, because it has fewer parameters to estimate. Its weights can "
        "be explained to others. It trains in seconds and is cheap to serve.",
    ),
    (
        "How do you detect and treat outliers?",
        "Outliers can be found by the interquartile range, by robust z-scores or by an isolation forest. Errors of "
        "measurement are removed or corrected. Real but extreme values can be clipped, or a robust loss can be used.",
    ),
]


def columns() -> None:
    """Write the PDF: a title over two columns, a running head and page numbers."""

    class Sheet(FPDF):
        def header(self) -> None:
            self.set_font("Helvetica", size=8)
            self.cell(0, 6, "Screening questions, internal edition", align="C", new_x="LMARGIN", new_y="NEXT")

        def footer(self) -> None:
            self.set_y(-14)
            self.set_font("Helvetica", size=8)
            self.cell(0, 6, f"Page {self.page_no()}", align="C")

    sheet = Sheet(format="A5")
    sheet.add_page()
    sheet.set_font("Helvetica", style="B", size=14)
    sheet.cell(0, 10, "Machine learning screening", new_x="LMARGIN", new_y="NEXT")
    sheet.set_font("Helvetica", size=9)
    with sheet.text_columns(ncols=2, gutter=8, text_align="L") as text:
        for number, (question, answer) in enumerate(QUESTIONS, start=1):
            text.write(f"{number}. {question}\n")
            text.write(f"{answer}\n\n")
    sheet.output(str(FOLDER / "columns.pdf"))


def lists() -> None:
    """Write the DOCX: headings for groups, numbered questions, bullets and a table in the answers."""
    made = docx.Document()
    made.add_heading("图像与语音岗位面试题", level=1)
    made.add_heading("图像", level=2)
    made.add_heading("卷积核的大小怎么选择？", level=3)
    for text in ("小卷积核叠加可以得到大的感受野，参数更少。", "3×3 是最常用的大小，能区分上下左右和中心。"):
        made.add_paragraph(text, style="List Bullet")
    made.add_heading("池化层的作用是什么？", level=3)
    for text in ("降低特征图的分辨率，减少计算量。", "扩大后面各层的感受野。", "对小的平移不敏感。"):
        made.add_paragraph(text, style="List Number")
    made.add_heading("为什么残差连接能训练更深的网络？", level=3)
    made.add_paragraph("残差连接给梯度一条直接回传的路，缓解了梯度消失。每一层只需要学习和输入的差，更容易优化。")
    made.add_heading("数据增强有哪些常用方法？", level=3)
    made.add_paragraph("几何变换：翻转、旋转、裁剪和缩放。", style="List Bullet")
    made.add_paragraph("颜色变换：调整亮度、对比度和饱和度。", style="List Bullet")
    made.add_paragraph("混合样本：Mixup 按比例混合两张图和它们的标签。", style="List Bullet")
    made.add_heading("语音", level=2)
    made.add_heading("什么是梅尔频谱？", level=3)
    made.add_paragraph("梅尔频谱把频率换算到接近人耳感觉的梅尔刻度上，低频分得细，高频分得粗。")
    made.add_heading("CTC 损失解决了什么问题？", level=3)
    made.add_paragraph(
        "语音帧和文字的长度不同，又没有逐帧的对齐标注。CTC 引入空白符，对所有可能的对齐求和，不需要事先对齐。"
    )
    made.add_heading("语音识别用什么指标评价？", level=3)
    table = made.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "指标", "含义"
    for name, meaning in (("字错误率", "插入、删除、替换的字数除以标准答案的字数"), ("实时率", "处理时间除以音频时长")):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, meaning
    made.save(str(FOLDER / "lists.docx"))


if __name__ == "__main__":
    columns()
    lists()
