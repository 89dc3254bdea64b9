"""Study logs to read and write: the seed, and what a careful reader finds in it."""

from datetime import date
from pathlib import Path

from bot.records.document import parsed
from bot.records.log.reading import log_of
from bot.records.understood import WeekRow

ROOT = Path(__file__).parents[2]
SEED = (ROOT / "bot" / "doors" / "playground" / "seeds" / "mlops-study.README.md").read_bytes()
MEMBERS = ("민우", "가경", "예람", "민수", "다은")
LINK = (
    "https://www.inflearn.com/course/%EB%A8%B8%EC%8B%A0%EB%9F%AC%EB%8B%9D-"
    "%EC%97%94%EC%A7%80%EB%8B%88%EC%96%B4-%EC%8B%A4%EB%AC%B4#curriculum"
)
WEEKS = (
    WeekRow(
        0,
        "0주차",
        title="Orientation",
        date=date(2023, 12, 29),
        homework="내가 생각하는 MLOps 생각해오기",
        due=date(2024, 1, 3),
        text=(
            "MLops study 동기 및 목표에 대해 이야기하였고",
            "앞으로 어떻게 스터디를 운영할지 결정하였습니다.",
            "스터디 운영 방향성",
            "강의를 보며 쿠버네티스 기반 MLOps를 만드는 것을 궁극적인 목표로 하며",
            "그에 도움되는 컨퍼런스, 논문, kaggle code review, 현업적용 사례 같은 "
            "부가적인 레퍼런스 대해 지속적으로 소통하며",
            "부족한 부분을 채우고 MLOps를 이해하고 구현",
        ),
    ),
    WeekRow(
        1,
        "1주차",
        title="내가 생각하는 MLops란?& 강의 선정",
        homework="Session 1까지 듣기",
        text=(
            "각자가 생각하는 MLops를 말하였습니다.",
            "그리고 mlops 강좌들을 살펴보며 강좌를 골랐습니다",
            "[선정 강좌]머신러닝 엔지니어 실무 - chris song",
            LINK,
        ),
    ),
    WeekRow(
        2,
        "2주차",
        title="Session 1 후기 및 mlops",
        homework="각자 MLops tool 한개씩 공부해오기",
        lectures=("Session0. 머신러닝 파이프라인 소개", "Session1.  머신러닝 프로젝트 실험관리"),
        insights=(
            "원디비의 존재를 알다.",
            "쉬운 머신러닝과 어려운 머신러닝의 차이",
            "달파는 모든 서비스가 2주안에 끝남",
            "데이터의 변환이 빨리 일어나면 모델 학습을 자동화하니까 모델학습을 자동화 시켜줌",
            "웨이트 인 바이어스로 결과를 도출하는 방식이 상당히 전문적이고 실제 발표에서 써볼만",
        ),
        references=(
            "elice MLOps conference 세션 2개 맛보기",
            "DATABRICKS를 활용한 MLOps",
            "MLOps를 시작하는 5단계 기초부터",
        ),
    ),
    WeekRow(
        3,
        "3주차",
        title="Session 2 후기 및 mlops tool",
        homework="MLOps 활용 사례 하나씩 조사해오기",
        lectures=("Session 2. 코드 품질, 데이터 검증, 모델 분석",),
        insights=(
            "각자 조사해온 툴을 발표하였고 발표하면서 데이터 수집부터 배포 부분을 맡거나 "
            "실험 검증 부분을 맡거나 전과정을 맡거나",
            "다양한 툴을 보면서 어떨 때 어떠어떠한 툴을 써야하는지 알게되었다.",
            "그리고 이러한 툴을 사용해서 자동화를 하여 전체적인 업무 효율이 올라갈 수 있고",
            "전체적인 품질 향상에 기여하고 researcher와 시너지도 날 것이다.",
        ),
        topics={
            "민우": "mlflow",
            "가경": "amazone sagemaker",
            "예람": "tensorflow extended",
            "민수": "jenkins",
            "다은": "github action",
        },
    ),
    WeekRow(
        4,
        "4주차",
        title="Session 3 후기 및 MLOps 활용 사례 공유",
        homework="MLOps 활용한 Code Review 하나씩 해오기",
        lectures=("Session 3. 도커&쿠버네티스 기초",),
        text=(
            "MLOps 엔지니어가 왜 도커와 쿠버네티스를 사용하는지 현업에서 협업을 할 때 "
            "도커와 쿠버네티스가 어떤 역할을 맡는지 알게되었고",
            "node, pod, container, docker, kubernetes 같은 기본 개념을 알게되었다.",
            "MLOps 활용 사례는",
            "기업들의 MLOps 파이프 라인 구축(SK, 네이버, 카카오)",
            "추천시스템, 자율 주행 기술에 쓰이는 파이프라인",
            "품질 관리, 실험",
            "그러한 현업 사례들을 살펴보며 왜 MLOps가 필요하고 데이터를 잘관리할 수 있어야하는지",
            "보다 직관적으로 알게 되었다.",
        ),
    ),
)
"""Written down by hand from the text: prose under no heading of its own stays text."""


def document(*lines: str) -> bytes:
    """A log of these lines under a title."""
    return "\n".join(["# 스터디", "", *lines, ""]).encode()


def weeks_in(content: bytes, *known: str) -> list[WeekRow]:
    """What a document's log says, week by week."""
    return [section.week for section in log_of(parsed(content), known).sections]


def week_in(content: bytes, number: int, *known: str) -> WeekRow:
    """What a document's log says of a week."""
    return next(week for week in weeks_in(content, *known) if week.number == number)
