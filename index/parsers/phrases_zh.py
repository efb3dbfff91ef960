"""What Chinese says about a transcript's shape; see `phrases`.

The one decision: capitals do not tell names here, so a label that nobody knows must end with the word for journalist or
an office, or begin with a common surname.
"""

import re

from index.parsers.phrases import Phrases

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤华耿洪章乐傅"
)
_CONFERENCE = "(?:外交部|国防部|商务部)?(?:网上)?(?:例行)?记者会"

CHINESE = Phrases(
    question=re.compile(r"(?:提?问\d{0,2}|有记者问)\Z"),
    answer=re.compile(r"(?:回?答\d{0,2}|答问)\Z"),
    podium=re.compile(r"(?:外交部)?(?:新闻)?发言人\Z"),
    follow_up=re.compile(
        r"(?P<outlet>[^:\uff1a\u3002\uff0c]{0,25}?)(?:记者)?(?:接着|继续|再次|进一步|又)?(?:追问|再问)(?P<from>(?!))?\Z"
    ),
    journalist=re.compile(
        r"(?:该|该名|这位|这名|同一|外国|外方)?记者(?:接着|继续|再|又)?(?:问|说|答|回答|解释|澄清|补充|表示|插话)?\Z"
    ),
    reporter=re.compile(r"(?:驻华|驻京)?(?:首席)?(?:记者|分社社长)\Z"),
    ordinary=re.compile(
        r"(?:第[一二三四五六七八九十]+[点个条]?|[一二三四五六七八九十]+是?|首先|其次|再次|此外|另外|最后|总之|于是|何谓|"
        r"马上|高兴|金句|方案|谢谢|事实(?:真相)?|真相|谎言|谬论|现实|注|备注|来源|时间|日期|地点|主题|例如|比如|任务)\Z"
    ),
    connectors=frozenset(),
    name=re.compile(
        r"(?:[\w\u300a\u300b\u00b7\u2019'. -]{2,22}(?:记者|社|报|电视台|电台|网)"
        r"|[\w\u00b7]{2,20}(?:司长|部长|大使|主任|局长|处长|代表|负责人|参赞|院士|专家|主席|秘书长)(?:[\w\u00b7]{2,4})?"
        rf"|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})\Z"
    ),
    person=re.compile(
        r"(?:[\w\u00b7]{2,20}(?:司长|部长|大使|主任|局长|处长|代表|负责人|参赞|院士|专家|主席|秘书长)(?:[\w\u00b7]{2,4})?"
        rf"|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})\Z"
    ),
    announces=re.compile(r"(?:现场)?(?:宣布|通报|发布消息)\Z"),
    asked_after=re.compile(
        rf"(?:{_CONFERENCE}|会)(?:结束)?后[\uff0c,]?\s?(?:又)?有?[^\uff0c\u3002]{{0,10}}记者[^\uff0c\u3002]{{0,8}}?"
        r"(?:问及|问到|问道|提问|追问|问)\Z"
    ),
    after=re.compile(
        rf"(?:{_CONFERENCE}|会)(?:结束)?后[\uff0c,]?\s?(?:又)?(?:有|一名|一位|多名)[^\uff0c\u3002]{{0,12}}记者"
        r"[^\u3002]{0,60}?(?:问|提出)"
        rf"|以下[^\u3002]{{0,12}}问题?[^\u3002]{{0,12}}{_CONFERENCE}(?:结束)?后"
    ),
    reported=re.compile(r"[:\uff1a]\s*\S|[?\uff1f]"),
    notice=re.compile(
        r"(?:例行|网上|外交部)记者会[^\u3002\uff1f?]{0,60}?(?:休会|暂停|停止|提前至|推迟至|提前到|推迟到|改在|顺延)"
        r"|(?:不再?举行|取消|暂停)(?:当[日天])?(?:外交部)?(?:网上)?例行记者会"
    ),
    notice_goes_on=re.compile(r"(?:但)?(?:休会|暂停|放假|假期|节日|在此)期间|祝(?:大家|各位)"),
    event=re.compile(
        r"外交部[^\uff0c\u3002]{0,30}将于[^\u3002]{2,60}?举[行办][^\u3002]{0,200}?(?:吹风会|推介活动|新闻发布会|义卖活动)"
    ),
)
