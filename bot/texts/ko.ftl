### Everything a person sees, in Korean. Particles: { JOSA($name, "은/는") } writes the word with the fitting one.

## Commands: what is typed, and what it is about

command-submit = 제출
    .about = 이번 주 과제 링크를 내요
command-withdraw = 제출취소
    .about = 낸 링크를 거둬요 (결석 처리 전까지)
command-homework = 과제
    .about = 무엇을 언제까지 내는지 봐요
command-mine = 내현황
    .about = 내 제출과 벌금, 지금 내면 얼마인지 봐요
command-fines = 벌금
    .about = 한 달 벌금을 봐요
command-notify = 알림
    .about = 어디로 알림을 받을지 정해요
command-guide = 도움말
    .about = 무엇을 할 수 있는지 봐요
command-study = 스터디
command-study-start = 시작
    .about = 이 채널에서 스터디를 시작해요
command-study-show = 보기
    .about = 일정, 규칙, 스터디원을 봐요
command-study-settings = 설정
    .about = 마감, 벌금, 알림을 정해요
command-study-join = 참여
    .about = 스터디에 들어와요
command-study-leave = 나가기
    .about = 스터디에서 나가요
command-study-add = 추가
    .about = 스터디원을 추가해요
command-study-remove = 내보내기
    .about = 스터디원을 내보내요
command-study-role = 역할
    .about = 스터디장이나 총무를 정해요
command-week = 주차
command-week-plan = 계획
    .about = 한 주의 과제를 적어요
command-week-excuse = 인정
    .about = 한 주를 빠져도 되게 해요
command-break = 휴식
command-break-add = 추가
    .about = 쉬는 기간을 넣거나 그 끝을 바꿔요
command-break-list = 목록
    .about = 쉬는 기간을 봐요
command-break-remove = 삭제
    .about = 쉬는 기간을 없애거나 오늘로 끝내요

## Options: what they are called, and what to write

option-link = 링크
    .about = 과제를 올린 주소 (https://…)
option-week = 주차
    .about = 몇 주차인지 (예: 3)
option-note = 메모
    .about = 짧은 메모
option-who = 누구
    .about = 스터디원 이름
option-text = 내용
    .about = 해야 할 것
option-title = 제목
    .about = 그 주의 제목
option-optional = 선택과제
    .about = 해도 되고 안 해도 되는 것
option-reason = 사유
    .about = 왜 그런지
option-month = 월
    .about = 어느 달인지 (예: 2022-04)
option-name = 이름
    .about = 스터디에서 쓸 이름
option-study-start-name = 이름
    .about = 스터디 이름 (예: 우리 스터디)
option-first = 첫날
    .about = 쉬는 첫날 (예: 2022-04-13)
option-last = 마지막날
    .about = 쉬는 마지막 날 (예: 2022-04-26)
option-starts = 시작일
    .about = 1주차가 열리는 날 (예: 2022-04-06)
option-weeks = 주차수
    .about = 모두 몇 주인지 (예: 12)
option-rules = 규칙
    .about = 벌금을 걷을지 (지각 3,000원, 결석 4,000원)
option-timezone = 시간대
    .about = 마감을 세는 시간대 (예: Asia/Seoul)
option-language = 언어
    .about = 채널에 쓸 언어
option-role = 역할
    .about = 맡길 역할
option-how = 방법
    .about = 알림을 받을 곳
option-about = 무엇
    .about = 궁금한 명령 (예: 제출)
option-due = 마감시각
    .about = 이 시각부터 지각 (예: 00:00)
option-close = 결석시각
    .about = 이 시각부터 결석 (예: 12:00)
option-late = 지각벌금
    .about = 지각 한 번의 벌금 (예: 3000)
option-absent = 결석벌금
    .about = 결석 한 번의 벌금 (예: 4000)
option-reminders = 알림목록
    .about = 언제 알릴지 (예: 마감 24시간, 마감 3시간, 결석 3시간 또는 없음)

## Choices

choice-fines = 벌금 있음
choice-none = 벌금 없음
choice-ko = 한국어
choice-en = 영어
choice-leader = 스터디장
choice-treasurer = 총무
choice-member = 스터디원
choice-channel = 채널
choice-dm = 개인메시지
choice-off = 끄기

## Buttons

button-submit = 과제 내기
button-mine = 내 현황
button-other-week = { $week }주차에도 내기
button-record = { $week }주차에 기록하기
button-join = 참여하기
button-guide = 도움말
button-homework = 과제 보기
button-plan = 과제 적기
button-settings = 바꾸기
button-share = 채널에 보이기
button-show = 스터디 보기

## Pieces

as-name = { $name }
as-count = { $count }
as-money = { $amount }
as-command = { $command }
people-and-names = { $people } { $names }
listed = { $items }
week = { $week }주차
week-titled = { $week }주차 · { $title }
form-send = 보내기

## Verdicts

verdict-on_time = 정시
verdict-late = 지각
verdict-absent = 결석
verdict-excused = 인정
verdict-recorded = 기록됨
verdict-pending = 미제출

## A week

week-homework = 과제: { $text }
week-optional = 선택: { $text }
no-homework-yet = 과제가 아직 적혀 있지 않아요.
week-opens = { $opens }에 열려요.
week-cutoffs = { $due }부터 지각({ $late }), { $closes }부터 결석({ $absent })이에요.
week-cutoffs-free = { $due }부터 지각, { $closes }부터 결석이에요.
next-opening = { $week }주차는 { $opens }에 열려요.

## Announcements

opened-title = { $week } 시작
who-is-in = 제출 { $count }/{ $asked } · { $names }
nobody-in-yet = 제출 0/{ $asked }
nobody-in = 제출 0/{ $asked } · 아직 아무도 내지 않았어요.
nobody-asked = 이번 주에는 낼 사람이 없어요.
due-title = { $week } 마감
all-in = { $asked }명 모두 제때 냈어요.
until-close = { $people } { $closes } 전까지 내면 지각({ $late }), 그 뒤로는 결석({ $absent })이에요.
until-close-free = { $people } { $closes } 전까지 내면 지각, 그 뒤로는 결석이에요.
closed-title = { $week } 결과
closed-line = { $verdict }: { $names }
closed-line-fined = { $verdict }: { $names } ({ $fine })
closed-line-fined-each = { $verdict }: { $names } (각 { $fine })
break-begins-title = 휴식이 시작돼요
break-ends-title = 휴식이 끝났어요
break-days = { $first } ~ { $last } · { $reason }
remind-title = { $week } 과제 알림
remind-due = { $people } 아직 과제가 없어요. { $at }부터는 지각({ $fine })이에요.
remind-due-free = { $people } 아직 과제가 없어요. { $at }부터는 지각이에요.
remind-close = { $people } 아직 과제가 없어요. { $at }부터는 결석({ $fine })이에요.
remind-close-free = { $people } 아직 과제가 없어요. { $at }부터는 결석이에요.
late-note = 늦게 전해요: { $at }의 소식이에요.

## What somebody did

started-title = { $study } 스터디를 시작해요
started-line = 스터디장은 { $leader }, 모두 { $weeks }주예요.
started-members = 스터디원: { $names }
started-week = { $week }주차: { $opens } 시작, { $due } 마감
started-cutoffs = 매주 { $due }부터 지각, { $close }부터 결석이에요. { $fines }
rules-fines = 벌금: 지각 { $late }, 결석 { $absent }
rules-none = 벌금 없음
told-joined = { JOSA($name, "이/가") } 스터디에 들어왔어요
told-left = { JOSA($name, "이/가") } 스터디에서 나갔어요
told-role = { $name }: { $role }
told-settings = 설정이 바뀌었어요
told-break = 쉬는 기간을 정했어요
told-break-ended = 휴식을 일찍 끝냈어요
told-break-removed = 쉬는 기간을 취소했어요
break-moves = { $count }개 주차의 일정이 바뀌어요. { $week }주차는 { $opens }에 열려요.
break-moves-nothing = 이 기간에는 열리는 주차가 없어서 아무 일정도 바뀌지 않아요.
planned-title = { $week } 과제
fines-title = { $month } 벌금
fines-none = 이 달에는 벌금이 없어요.
fines-pool = 모인 벌금 { $pool }
fines-provisional = 지금까지의 벌금이에요. 정산 전까지는 바뀔 수 있어요.
table-name = 이름
table-late = 지각
table-absent = 결석
table-waived = 취소
table-total = 합계

## Answers

submitted = { $week } · { $verdict }
submitted-done = 제출했어요. { $at } 기준이에요.
submitted-kept = 링크를 바꿨어요. 처음 낸 { $at } 기준이에요.
submitted-kept-untimed = 링크를 바꿨어요. 낸 시각은 알 수 없어 기록으로만 남아요.
submitted-again = 이미 같은 링크로 냈어요. 바뀐 것은 없어요.
submitted-record = 결석 처리 뒤라 기록만 남겼어요. 판정은 그대로예요.
submitted-link = { $link }
submitted-for = { $name } 대신 냈어요.
withdrawn = { $name }의 { $week }주차 제출을 취소했어요
withdrawn-then = 다시 내면 그때 시각으로 쳐요. { $due }부터 지각, { $closes }부터 결석이에요.
nothing-open-record = { $week }주차 링크가 비어 있어요. 원하면 판정은 그대로 두고 기록만 남길 수 있어요.
homework-mine = 나: { $verdict }
mine-title = { $name }의 현황
mine-week = { $week }: { $verdict }
mine-week-so-far = { $week }: { $verdict } (아직 확정 전)
wait-now-free = { $week }주차를 지금 내면 정시예요.
wait-now-late = { $week }주차를 지금 내면 지각 { $fine }이에요.
wait-late = { $at }부터({ $left } 뒤) 내면 지각 { $fine }
wait-absent = { $at }부터({ $left } 뒤) 결석 { $fine }
wait-now-late-free = { $week }주차를 지금 내면 지각이에요.
wait-late-free = { $at }부터({ $left } 뒤) 내면 지각
wait-absent-free = { $at }부터({ $left } 뒤) 결석
mine-fines = 이번 달 벌금 { $total }
mine-notify = 알림: { $how } (바꾸기: { $command })
planned = { $week } 과제를 적었어요
excused = { $name }의 { $week }주차를 인정했어요
excused-corrected = 이미 내려진 판정을 고치고, 벌금이 있었다면 취소했어요.
break-added = { $first }부터 { $last }까지 쉬어요
break-ended = { $first }에 시작한 휴식을 { $last }까지로 끝냈어요
break-removed = { $first } ~ { $last } 휴식을 취소했어요
breaks-title = 쉬는 기간
breaks-none = 정해진 휴식이 없어요.
notify-channel = 앞으로 알림을 채널에서 받아요
notify-dm = 앞으로 알림을 개인 메시지로 받아요
notify-off = 앞으로 알림을 받지 않아요
guide-title = 스터디 도움말
guide-intro = 아래 명령을 채널에 입력해 보세요. 답은 나에게만 보여요.
guide-member = 스터디원
guide-all = 누구나
guide-leader = 스터디장
guide-line = { $command } — { $about }
guide-option = { $name }: { $about }
guide-option-optional = { $name } (생략 가능): { $about }
guide-for-leader = 스터디장이 쓰는 명령이에요.
start-done = { $study } 스터디를 시작했어요
start-next = 이제 스터디원이 참여하고, 첫 주의 과제를 적으면 돼요.
show-title = { $study } (번호 { $id })
show-leader = 스터디장: { $names }
show-treasurer = 총무: { $names }
show-member = 스터디원: { $names }
show-weeks = 모두 { $weeks }주, { $first }부터 { $last }까지
show-cutoffs = 매주 { $due }부터 지각, { $close }부터 결석 ({ $zone })
show-undelivered = 채널에 전하지 못한 메시지가 { $count }개 있어요. 채널에서 봇의 권한을 확인해 주세요.
joined = { JOSA($name, "으로/로") } 스터디에 들어왔어요
joined-next = { $week }주차부터 과제를 내면 돼요. { $due } 마감이에요.
left = { $study } 스터디에서 나왔어요
left-debts = 지금까지의 벌금 기록은 장부에 남아요.
added = { JOSA($name, "을/를") } 스터디에 추가했어요
removed = { JOSA($name, "을/를") } 스터디에서 내보냈어요
role-set = { $name }: { $role }
settings-title = 스터디 설정
settings-done = 설정을 바꿨어요
setting-due = 마감시각: { $time }
setting-close = 결석시각: { $time }
setting-late = 지각벌금: { $amount }
setting-absent = 결석벌금: { $amount }
setting-reminders = 알림: { $reminders }
settings-how = 시각은 아직 열리지 않은 주차부터, 금액은 다음 판정부터 적용돼요.
reminder-due = 마감 { $before } 전
reminder-close = 결석 { $before } 전
reminders-none = 없음

## Refusals: what is wrong, and what to do instead

fault = 봇에 문제가 생겨 처리하지 못했어요. 아무것도 바뀌지 않았어요. 다시 해 보고, 또 그러면 관리자에게 번호 { JOSA($id, "을/를") } 알려 주세요.
incomplete = { $command } 뒤에 { JOSA($options, "을/를") } 적어 주세요.
unknown-command = 그런 명령은 없어요. 혹시 { JOSA($choices, "이었/였") }나요?
which-subcommand = 무엇을 할지 골라 주세요: { $choices }
unknown-option = { $command }에는 "{ $name }" 항목이 없어요. 쓸 수 있는 항목: { $options }
too-many-words = "{ $text }"부터는 읽지 못했어요. { $command } 뒤에는 { JOSA($options, "을/를") } 적을 수 있어요. 항목=값 꼴로 적어 주세요.
takes-nothing = { $command } 뒤에는 아무것도 적지 말고 그대로 보내 주세요.
empty-text = 내용이 비어 있어요. 한 글자 이상 적어 주세요.
text-too-long = { $length }자는 너무 길어요. { $most }자까지 적을 수 있어요.
calls-everybody = 모두를 부르는 말(@everyone 등)은 쓸 수 없어요. 빼고 다시 적어 주세요.
unseen-characters = 보이지 않는 글자나 줄바꿈이 들어 있어요. 지우고 다시 적어 주세요.
not-a-name = "{ $text }" 대신 쉼표 없이, @나 /로 시작하지 않는 이름을 적어 주세요.
link-too-long = 링크가 너무 길어요. { $most }자까지 낼 수 있어요.
not-a-link = http:// 나 https:// 로 시작하는 링크를 적어 주세요.
not-in-range = "{ $text }" 대신 { $least }부터 { $most } 사이의 숫자를 적어 주세요.
not-an-amount = "{ $text }" 대신 { $least }부터 { $most } 사이의 금액을 숫자로 적어 주세요 (예: 3000).
not-a-week = "{ $text }" 대신 주차를 숫자로 적어 주세요 (예: 3).
not-a-date = "{ $text }" 대신 날짜를 2022-04-13처럼 적어 주세요.
no-such-date = "{ $text }"{ PARTICLE($text, "은/는") } 달력에 없는 날이에요. 날짜를 확인해 주세요.
not-a-month = "{ $text }" 대신 달을 2022-04처럼 적어 주세요.
not-a-choice = "{ $text }" 대신 다음 중에서 골라 주세요: { $choices }
not-a-time = "{ $text }" 대신 시각을 00:00부터 23:59까지로 적어 주세요.
not-a-reminder = "{ $text }"{ PARTICLE($text, "은/는") } 알림으로 읽지 못했어요. "마감 24시간, 결석 3시간"처럼, 10분에서 6일 사이로 적어 주세요.
too-many-reminders = 알림은 1개에서 { $most }개까지예요. 없애려면 "없음"이라고 적어 주세요.
unknown-timezone = "{ $name }"{ PARTICLE($name, "은/는") } 모르는 시간대예요. Asia/Seoul처럼 적어 주세요.
weeks-out-of-range = 주차 수는 1에서 { $most } 사이로 적어 주세요.
starts-out-of-range = 시작일은 { $first }년에서 { $last }년 사이로 적어 주세요.
no-study = 이 채널에는 진행 중인 스터디가 없어요. { $command } 명령으로 만들 수 있어요.
no-such-study = 그 스터디를 찾지 못했어요. 스터디 채널에서 다시 해 주세요.
which-study = 참여 중인 스터디가 여럿이에요. 어느 스터디인가요?
study-running-here = 이 채널에는 { $study } 스터디가 진행 중이에요. 다른 채널에서 시작해 주세요.
not-a-member = { $study } 스터디원만 할 수 있어요. { $command } 명령으로 들어올 수 있어요.
not-allowed = 스터디장만 할 수 있어요. 스터디장에게 부탁해 주세요.
not-allowed-treasurer = 총무나 스터디장만 할 수 있어요. 총무에게 부탁해 주세요.
not-allowed-start = 이 채널을 관리하는 사람만 스터디를 시작할 수 있어요. 관리자에게 부탁해 주세요.
no-such-member = "{ $who }"{ PARTICLE($who, "은/는") } 스터디원이 아니에요. 지금 스터디원: { $members }
already-in = 이미 { JOSA($name, "으로/로") } { $study } 스터디에 있어요.
is-in-already = { JOSA($name, "은/는") } 이미 스터디에 있어요.
name-taken = { JOSA($name, "이라는/라는") } 이름은 이미 있어요. 다른 이름을 적어 주세요.
study-full = 스터디원은 { $most }명까지예요.
last-leader = { JOSA($name, "은/는") } 하나뿐인 스터디장이에요. 먼저 다른 사람을 스터디장으로 정해 주세요 ({ $command }).
role-unchanged = { JOSA($name, "은/는") } 이미 그 역할이에요.
no-such-week = { $week }주차는 없어요. { $last }주차까지 있어요.
week-not-open = { $week }주차는 아직 열리지 않았어요. { $opens }에 열려요.
nothing-open = 지금은 열린 주차가 없어요. { $week }주차가 { $opens }에 열려요.
nothing-open-ever = 지금은 열린 주차가 없고, 앞으로 열릴 주차도 없어요.
nothing-to-withdraw = 취소할 제출이 없어요.
withdraw-after-close = { $week }주차는 { $closed }에 결석 처리가 끝나 취소할 수 없어요. { $command } 명령에 주차를 적으면 링크를 바꿀 수 있어요.
submit-for-other-leader = 다른 사람 대신 내는 것은 스터디장만 할 수 있어요.
submit-for-other-note = { $name } 대신 내려면 메모에 이유를 적어 주세요 (메모=…).
excused-already = { $name }의 { $week }주차는 이미 인정됐어요.
break-backwards = 마지막 날({ $last })이 첫날({ $first })보다 앞서요. 순서를 바꿔 주세요.
break-too-long = 휴식은 1년까지예요.
break-too-early = 이미 열린 주차는 옮길 수 없어요. 첫날을 { $earliest }부터로 적어 주세요.
break-overlaps = { $first } ~ { $last } 휴식과 겹쳐요. 겹치지 않는 날을 적거나 먼저 그 휴식을 고쳐 주세요.
break-past = 지나간 날은 바꿀 수 없어요. 마지막 날을 { $today } 이후로 적어 주세요.
break-over = { $last }에 끝난 휴식은 바꿀 수 없어요.
no-such-break = { $first }에 시작하는 휴식이 없어요. { $command }에서 첫날을 확인해 주세요.

## The playground's clock

clock-is-real = 실제 시계는 옮길 수 없어요. 가상 시계로 바꿔 주세요.
clock-backwards = 시계를 뒤로 돌릴 수는 없어요. 처음부터 다시 시작해 주세요.
clock-too-far = 한 번에 3년까지만 갈 수 있어요.
clock-nothing-next = 앞으로 예정된 일이 없어요.
start-over-server = 데이터베이스 서버에서는 처음부터 다시 시작할 수 없어요. 파일 데이터베이스를 쓰거나 빈 데이터베이스를 설정해 주세요.

## The playground's page

page-title = 스터디봇 놀이터
page-bot = 스터디봇
page-bot-badge = 봇
page-default-name = 하늘
page-default-study = 우리 스터디
page-language = 언어
page-views = 보기
page-channel = 채널
page-season = 시즌
page-weeks-and-members = { $weeks }주 · { $members }명
page-start-over = 처음부터 다시
page-start-over-title = 처음부터 다시 시작할까요?
page-start-over-about = 지금 데이터베이스 파일은 날짜를 붙여 옆에 남겨 두고, 빈 파일로 새로 시작해요.
page-start-over-yes = 다시 시작
page-cancel = 취소
page-gone = 서버에 닿지 않아요. 다시 켜지면 저절로 이어져요.
page-broken = 방금 한 일을 처리하지 못했어요. 새로고침한 뒤 다시 해 보세요.
page-button-gone = 이 버튼은 이제 쓸 수 없어요.
page-newer = 새 메시지 보기

page-welcome = 스터디가 아직 없어요
page-welcome-about = 이 페이지는 채팅방 하나예요. 봇이 주차를 열고, 과제를 챙기고, 지각과 벌금을 정리하는 모습을 여기서 볼 수 있어요.
page-sample = 바로 둘러보기
page-sample-about = 2022년 MLOps 스터디가 첫 주를 앞둔 화요일 밤으로 가요. 시계는 직접 넘길 수 있어요.
page-load-sample = 샘플 불러오기
page-empty = 직접 만들기
page-empty-about = 이름과 시작일을 정하고 내 스터디를 열어요.
page-my-name = 내 이름
page-start-empty = 빈 스터디로 시작

page-clock-virtual = 가상 시계
page-clock-real = 실제 시계
page-clock-make-virtual = 가상 시계로 바꾸기
page-clock-real-about = 가상 시계로 바꾸면 시간을 직접 넘겨 볼 수 있어요.
page-clock-exact = 시각 정하기
page-clock-go = 이때로 가기
page-clock-unreadable = 날짜와 시각을 2022-04-13 09:00처럼 적어 주세요.
page-step-10m = +10분
page-step-1h = +1시간
page-step-1d = +1일
page-step-next = 다음 일정으로
page-next = { $at } · { $what }
page-next-real = 다음: { $at } · { $what }
page-next-none = 남은 일정이 없어요
page-next-opened = { $week }주차 시작
page-next-due = { $week }주차 마감
page-next-closed = { $week }주차 결석 처리
page-next-reminder = { $week }주차 과제 알림
page-next-break_begins = 휴식 시작
page-next-break_ends = 휴식 끝

page-you-are = 나는
page-not-member = 스터디원 아님
page-newcomer = 새로운 사람
page-newcomer-name = 새 사람의 이름
page-be = 이 이름으로
page-say = 메시지 입력
page-say-placeholder = / 를 입력하면 명령이 보여요
page-send = 보내기
page-suggestions = 이어서 쓸 수 있는 말
page-keys = 방향키 고르기 · Tab 넣기 · Esc 닫기
page-required = 필수
page-for-leader = 스터디장
page-more-options = 더 적기
page-choose = 골라 주세요
page-unchanged = 정하지 않음

page-only-you = 나에게만 보여요
page-edited = 수정됨
page-silent = 알림 없이

page-no-season = 스터디가 시작되면 여기에 주차마다 누가 냈는지 보여요.
page-season-of = { $study }의 주차와 스터디원별 판정
page-fines-of = { $month } 벌금
page-left = 나감
page-week-open = 진행 중
page-due = 마감 { $at }
page-closes = 결석 { $at }
page-break = 휴식
page-break-now = 쉬는 중
page-so-far = (확정 전)
page-provisional = 점선은 확정 전
