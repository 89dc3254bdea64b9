"""Words of a study's plan, its materials and its tasks: whatever stands under them is nobody's name."""

import re
from unicodedata import normalize

KOREAN = re.compile(
    r"(?:이론|실습|자료|강의|강좌|수강|코드|문제|풀이|정답|해설|해답|목표|달성|계획|일정|회의|회고|정리|요약|"
    r"영상|동영상|녹화|발표|발제|교재|교안|도서|키워드|개념|예제|예시|연습|숙제|과제|제출|미션|퀴즈|시험|공지|"
    r"노트|필기|기록|후기|리뷰|피드백|질문|답변|토론|논문|참고|링크|문서|주제|내용|범위|분량|진도|챕터|단원|"
    r"안내|공지사항|가이드|템플릿|학습|공부|복습|예습|준비|독서|읽기|쓰기|듣기|개발|배포|모임|진행|장소|시간|날짜|여부|현황|상태|"
    r"완료|완성|달성도|출석|참석|출결|벌금|회비|납부|정산|점수|비고|난이도|분류|태그|블로그|깃허브|노션|"
    r"인원|총원|누적|합산|결과|개수|건수|횟수|비율|평가|주최|마감|시작|종료|장점|단점|방법|종류|역할|"
    r"운영체제|네트워크|알고리즘|자료구조|데이터베이스|컴퓨터구조|컴퓨터|소프트웨어|프로그래밍|자바|자바스크립트|"
    r"스프링|파이썬|리액트|도커|쿠버네티스|머신러닝|딥러닝|인공지능|영어|수학|통계|면접|코딩테스트|코테|"
    r"슬라이드|사이트|유튜브|프로젝트|스터디|온라인|오프라인|기초|심화|입문|초급|중급|고급|오전|오후)+"
    r"|이유|정의|특징|유형|회의록|강의록|회고록|정답지|해설지|시험지|문제[집지]|(?:출석|참석|제출|달성|완료)률|"
    r"(?:제출|마감|시작|종료|발표|모임|진행|시험)일|강의안|정리[본글]|결과물|출석부|일정표|시간표|계획서|보고서"
)
ENGLISH = re.compile(
    r"(?:theory|practices?|goals?|done|plan(?:ned)?|lectures?|slides?|decks?|codes?|videos?|recordings?|"
    r"problems?|solutions?|answers?|exercises?|projects?|tests?|exams?|quiz(?:zes)?|reviews?|summar(?:y|ies)|"
    r"chapters?|books?|papers?|articles?|readings?|resources?|references?|refs?|materials?|docs?|notes?|"
    r"pdf|pptx?|colab|notebooks?|repo(?:sitory)?|github|notion|youtube|blog|posts?|links?|urls?|"
    r"basics?|advanced|intro(?:duction)?|concepts?|tutorials?|examples?|demos?|labs?|assignments?|homeworks?|"
    r"hw|tasks?|todos?|deadline|due|completed?|progress|attendance|attended|submitted|submissions?|reports?|"
    r"presentations?|discussions?|questions?|feedback|comments?|topics?|titles?|level|difficulty|tags?|type|"
    r"docker|kubernetes|k8s|java|javascript|typescript|python|react|spring|sql|database|db|os|network|algorithms?|cs|"
    r"status|online|offline|minutes|agenda|keywords?|watched|read|paid|fines?|optional|required|extra)"
)
EVERYBODY = re.compile(
    r"전원|모두|전체|다\s*같이|다\s*함께|각자|개인별?|공통|미정|없음|n\s*/\s*a|all|every(?:one|body)|none|tb[da]",
    re.IGNORECASE,
)
LONGEST = 60
"""Characters of a heading; longer ones are looked up nowhere."""

COUNTED = re.compile(
    r"제?\d+\s*(?:장|강|절|과|부|권|편|번|문제|월|일|차|기)|[월화수목금토일](?:요일)?|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
)
"""A chapter, a month, a day of the week."""


def is_nobody(words: str) -> bool:
    """Whether the words are of a plan, a material, a task, and not somebody's name."""
    plain = " ".join(re.sub(r"[^\w\s]|_", " ", normalize("NFKC", words)).casefold().split())
    parts = [part for part in plain.split() if not part.isdecimal()] or [""]
    if len(plain) > LONGEST or COUNTED.fullmatch(plain):
        return len(plain) <= LONGEST
    return bool(KOREAN.fullmatch("".join(parts))) or all(ENGLISH.fullmatch(part) for part in parts)


def could_be_name(words: str) -> bool:
    """Whether a point of a list may be somebody: a Korean name, capitals, or one word; no task to do."""
    parts = re.sub(r"\(.*\)", "", words).split()
    if is_nobody(words) or not parts or any(part.isdecimal() for part in parts):
        return False
    if len(parts) == 1:
        return True
    if any("가" <= sign <= "힣" for sign in words):
        return len(parts) == 2 and (len(parts[0]) == 1 or parts[1].startswith(("님", "@")))
    return len(parts) <= 3 and all(not part[0].isalpha() or part[0].isupper() for part in parts)
