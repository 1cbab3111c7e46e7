"""Raw cells as text: as a person sees them, and as they are compared."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from decimal import Decimal
from typing import Any

import numpy as np

MISSING = ("NaTType", "NAType")  # of pandas, which whoever reads a workbook need not load
LARGEST_EXACT = 1e15  # whole numbers up to here are exact in a float
TEXT_FORMULA = re.compile(r'="([^"]*)"\s*')  # how systems keep Excel from taking a text for a number
SPACES = re.compile(r"\s+")
# Traditional characters of headers, units and court words, and the ones that mean the same here: 萬元 is 万元, 結案 is 结案.
TRADITIONAL = str.maketrans(
    "書爭產僅會債決況凍準務動勞區協單歷廳發變員團國場備復覆實審對導層屬幣廣慶庫應開異棄強歸錄録態總懲戶執報擔擇損換據斷無時權條來構標樣檔畢匯沒滿滯點狀環現電監盤確碼種稱稅筆簽簡類關聯糾紀約級納線組細終經結"
    "給統繼續緩編繳罰職節補視覽計認訓議記訟設訪證評訴詢詳說説請調談負財責帳賬貨質購費資賠車轉輪載轄達過還進遠違連遲適選遞釋銀銷長門閉問間隊階際陸險隨隱頁項順預領題額駁驗齡兩業東嚴個臨為爲鄉買於億從價優體餘"
    "減淨憑擊辦華縣號臺後諮圓萬與專舉賣歲訂許該誤賞貸貿閱陽縮擬撥償繫係戸佈佔內別製併並啟啓産參勝劃粵蘇遼陝贛魯雲貴滬閩寧晉瓊島灣龍鎮衆傷養撫醫農銜嶺澤陳劉張趙孫馬黃吳鄭馮鄧楊葉蔣韓"
    "舊數義烏麼亞僕側兌蘭興寫則創勢壓盧衛響圖圍處奧寬將爾崗帶恆掛擱顯極樺檢歐湯測瀏濟溫愛牽猶獨蓋離積競篩紋絡絕績維緣羅罷網薦獲覺規觀見觸誰貝趨軟較跡鄰錢銅錯鍵錦難靜頂須頓風麥詞識論讀採幾疊週託擡夠裡雙暫盡勸壞寶懷挾擾敵殘滅熱獎窮竊築繞罵聽膽藥虛蟲衝襲謀譯讓躍辭郵醜鑑閒隸雜頻驚鬥鹽黨齊齒",
    "书争产仅会债决况冻准务动劳区协单历厅发变员团国场备复复实审对导层属币广庆库应开异弃强归录录态总惩户执报担择损换据断无时权条来构标样档毕汇没满滞点状环现电监盘确码种称税笔签简类关联纠纪约级纳线组细终经结"
    "给统继续缓编缴罚职节补视览计认训议记讼设访证评诉询详说说请调谈负财责账账货质购费资赔车转轮载辖达过还进远违连迟适选递释银销长门闭问间队阶际陆险随隐页项顺预领题额驳验龄两业东严个临为为乡买于亿从价优体余"
    "减净凭击办华县号台后咨圆万与专举卖岁订许该误赏贷贸阅阳缩拟拨偿系系户布占内别制并并启启产参胜划粤苏辽陕赣鲁云贵沪闽宁晋琼岛湾龙镇众伤养抚医农衔岭泽陈刘张赵孙马黄吴郑冯邓杨叶蒋韩"
    "旧数义乌么亚仆侧兑兰兴写则创势压卢卫响图围处奥宽将尔岗带恒挂搁显极桦检欧汤测浏济温爱牵犹独盖离积竞筛纹络绝绩维缘罗罢网荐获觉规观见触谁贝趋软较迹邻钱铜错键锦难静顶须顿风麦词识论读采几叠周托抬够里双暂尽劝坏宝怀挟扰敌残灭热奖穷窃筑绕骂听胆药虚虫冲袭谋译让跃辞邮丑鉴闲隶杂频惊斗盐党齐齿",
)
INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def plain(value: Any) -> str:
    """Return a cell as comparable text: half width, no spaces, nothing invisible, lower case, simplified characters.

    >>> plain("　申请执行标的额（万元） "), plain("申請執行標的額（萬元）")
    ('申请执行标的额(万元)', '申请执行标的额(万元)')
    """
    text = written(value)
    if text.isascii():
        return text and SPACES.sub("", INVISIBLE.sub("", text)).lower()
    return SPACES.sub("", INVISIBLE.sub("", unicodedata.normalize("NFKC", text))).lower().translate(TRADITIONAL)


def written(value: Any) -> str:
    """Return a cell as the text that a person sees in it; a whole number has no ``.0``, and ="…" in a csv is its text.

    >>> written(833.0), written(dt.date(2011, 3, 5)), written(None), written('="20110305"'), written(True)
    ('833', '2011-03-05', '', '20110305', 'TRUE')
    """
    if isinstance(value, str):
        return found[1] if value[:1] == "=" and (found := TEXT_FORMULA.fullmatch(value)) else value
    if value is None or type(value).__name__ in MISSING:
        return ""
    if isinstance(value, (bool, np.bool_)):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (float, np.floating)):
        return _number(float(value))
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="seconds").removesuffix(" 00:00:00")
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8", errors="replace")
    return str(value)


def _number(number: float) -> str:
    if not math.isfinite(number):
        return "" if math.isnan(number) else repr(number)
    whole = number.is_integer() and abs(number) < LARGEST_EXACT
    return str(int(number)) if whole else f"{Decimal(repr(number)):f}"
