### Everything a person sees, in English.

## Commands: what is typed, and what it is about

command-submit = submit
    .about = hand in this week's homework
command-withdraw = withdraw
    .about = take your link back (until the close)
command-homework = homework
    .about = see what is due, and when
command-mine = mine
    .about = see how you stand and what waiting costs
command-fines = fines
    .about = see a month's fines
command-notify = notify
    .about = choose where you are reminded
command-guide = guide
    .about = see what you can do
command-study = study
command-study-start = start
    .about = start a study in this channel
command-study-show = show
    .about = see calendar, rules and members
command-study-settings = settings
    .about = set cutoffs, fines and reminders
command-study-join = join
    .about = join the study
command-study-leave = leave
    .about = leave the study
command-study-add = add
    .about = add a member
command-study-remove = remove
    .about = remove a member
command-study-role = role
    .about = appoint a leader or treasurer
command-week = week
command-week-plan = plan
    .about = write down a week's homework
command-week-excuse = excuse
    .about = let a member off a week
command-break = break
command-break-add = add
    .about = add a break, or change its last day
command-break-list = list
    .about = see the breaks
command-break-remove = remove
    .about = remove a break, or end it today

## Options: what they are called, and what to write

option-link = link
    .about = where your homework is (https://…)
option-week = week
    .about = the week's number, such as 3
option-note = note
    .about = a short note
option-who = who
    .about = a member's name
option-text = text
    .about = what there is to do
option-title = title
    .about = the week's title
option-optional = optional
    .about = what may be done, but need not
option-reason = reason
    .about = why
option-month = month
    .about = a month, such as 2022-04
option-name = name
    .about = the name to go by here
option-study-start-name = name
    .about = what the study is called
option-first = first
    .about = the first day off, such as 2022-04-13
option-last = last
    .about = the last day off, such as 2022-04-26
option-starts = starts
    .about = the day week 1 opens, such as 2022-04-06
option-weeks = weeks
    .about = how many weeks, such as 12
option-rules = rules
    .about = whether to fine (late 3,000, absent 4,000 won)
option-timezone = timezone
    .about = the zone of the cutoffs, such as Asia/Seoul
option-language = language
    .about = the channel's language
option-role = role
    .about = the role to give
option-how = how
    .about = where to be reminded
option-about = about
    .about = a command, such as submit
option-due = due
    .about = late from this time on, such as 00:00
option-close = close
    .about = absent from this time on, such as 12:00
option-late = late
    .about = the fine for being late, such as 3000
option-absent = absent
    .about = the fine for being absent, such as 4000
option-reminders = reminders
    .about = when to remind: due 24h, due 3h, close 3h — or none

## Choices

choice-fines = with fines
choice-none = without fines
choice-ko = Korean
choice-en = English
choice-leader = leader
choice-treasurer = treasurer
choice-member = member
choice-channel = channel
choice-dm = dm
choice-off = off

## Buttons

button-submit = Hand in
button-mine = How I stand
button-other-week = Hand in for week { $week } too
button-record = Record it for week { $week }
button-join = Join
button-guide = Help
button-homework = See the homework
button-plan = Write the homework
button-settings = Change
button-share = Show the channel
button-show = See the study

## Pieces

as-name = { $name }
as-count = { $count }
as-money = { $amount }
as-command = { $command }
people-and-names = { $people } { $names }
listed = { $items }
week = Week { $week }
week-titled = Week { $week } · { $title }
form-send = Send

## Verdicts

verdict-on_time = on time
verdict-late = late
verdict-absent = absent
verdict-excused = excused
verdict-recorded = recorded
verdict-pending = not in yet

## A week

week-homework = Homework: { $text }
week-optional = Optional: { $text }
no-homework-yet = No homework has been written down yet.
week-opens = Opens { $opens }.
week-cutoffs = Late from { $due } ({ $late }), absent from { $closes } ({ $absent }).
week-cutoffs-free = Late from { $due }, absent from { $closes }.
next-opening = Week { $week } opens { $opens }.

## Announcements

opened-title = { $week } is open
who-is-in = In { $count }/{ $asked } · { $names }
nobody-in-yet = In 0/{ $asked }
nobody-in = In 0/{ $asked } · nobody has handed in yet.
nobody-asked = Nobody has to hand in this week.
due-title = { $week } is due
all-in =
    { $asked ->
        [one] The one who had to hand in is in, on time.
       *[other] All { $asked } are in, on time.
    }
until-close = { $people } hand in before { $closes } and it is late ({ $late }); from then on absent ({ $absent }).
until-close-free = { $people } hand in before { $closes } and it is late; from then on absent.
closed-title = { $week }: results
closed-line = { $verdict }: { $names }
closed-line-fined = { $verdict }: { $names } ({ $fine })
closed-line-fined-each = { $verdict }: { $names } ({ $fine } each)
break-begins-title = The break begins
break-ends-title = The break is over
break-days = { $first } – { $last } · { $reason }
remind-title = { $week }: reminder
remind-due = { $people } nothing from you yet. From { $at } on it is late ({ $fine }).
remind-due-free = { $people } nothing from you yet. From { $at } on it is late.
remind-close = { $people } nothing from you yet. From { $at } on it is an absence ({ $fine }).
remind-close-free = { $people } nothing from you yet. From { $at } on it is an absence.
late-note = Told late: this is about { $at }.

## What somebody did

started-title = { $study } begins
started-line =
    { $weeks ->
        [one] Led by { $leader }, one week in all.
       *[other] Led by { $leader }, { $weeks } weeks in all.
    }
started-members = Members: { $names }
started-week = Week { $week }: opens { $opens }, due { $due }
started-cutoffs = Each week late from { $due }, absent from { $close }. { $fines }
rules-fines = Fines: late { $late }, absent { $absent }
rules-none = No fines
told-joined = { $name } joined the study
told-left = { $name } left the study
told-role = { $name }: { $role }
told-settings = The settings have changed
told-break = A break is planned
told-break-ended = The break ends early
told-break-removed = A break is called off
break-moves =
    { $count ->
        [one] One week moves: week { $week } opens { $opens }.
       *[other] { $count } weeks move: week { $week } opens { $opens }.
    }
break-moves-nothing = No week opens in these days, so nothing moves.
planned-title = { $week }: homework
fines-title = Fines of { $month }
fines-none = No fines this month.
fines-pool = { $pool } in all
fines-provisional = So far; it may change until the settlement.
table-name = Name
table-late = Late
table-absent = Absent
table-waived = Waived
table-total = Sum

## Answers

submitted = { $week } · { $verdict }
submitted-done = You are in, as of { $at }.
submitted-kept = Your link is replaced; the time stays { $at }.
submitted-kept-untimed = Your link is replaced; its time is unknown, so it is only recorded.
submitted-again = You have handed in this link already. Nothing has changed.
submitted-record = The week is closed: the link is recorded, the verdict stays.
submitted-link = { $link }
submitted-for = Handed in for { $name }.
withdrawn = { $name }'s link for week { $week } is taken back
withdrawn-then = A new link counts from when you hand it in: late from { $due }, absent from { $closes }.
nothing-open-record = Your link for week { $week } is missing. You can still record it; the verdict stays.
homework-mine = You: { $verdict }
mine-title = How { $name } stands
mine-week = { $week }: { $verdict }
mine-week-so-far = { $week }: { $verdict } (so far)
wait-now-free = Hand in week { $week } now and it is on time.
wait-now-late = Hand in week { $week } now and it is late: { $fine }.
wait-late = From { $at } (in { $left }): late, { $fine }
wait-absent = From { $at } (in { $left }): absent, { $fine }
wait-now-late-free = Hand in week { $week } now and it is late.
wait-late-free = From { $at } (in { $left }): late
wait-absent-free = From { $at } (in { $left }): absent
mine-fines = Your fines this month: { $total }
mine-notify = Reminders: { $how } (change with { $command })
planned = Homework for { $week } is written down
excused = { $name } is excused from week { $week }
excused-corrected = The verdict is corrected, and its fine, if there was one, is reversed.
break-added = Break from { $first } to { $last }
break-ended = The break that began { $first } ends with { $last }
break-removed = The break { $first } – { $last } is called off
breaks-title = Breaks
breaks-none = No breaks are planned.
notify-channel = You are reminded in the channel from now on
notify-dm = You are reminded by direct message from now on
notify-off = You are not reminded from now on
guide-title = Help
guide-intro = Type these in the channel. Only you see the answers.
guide-member = For members
guide-all = For everybody
guide-leader = For leaders
guide-line = { $command } — { $about }
guide-option = { $name }: { $about }
guide-option-optional = { $name } (may be left out): { $about }
guide-for-leader = This is for leaders.
start-done = { $study } has begun
start-next = Now the members join, and you write down the first week's homework.
show-title = { $study } (ID { $id })
show-leader =
    { $count ->
        [one] Leader: { $names }
       *[other] Leaders: { $names }
    }
show-treasurer =
    { $count ->
        [one] Treasurer: { $names }
       *[other] Treasurers: { $names }
    }
show-member =
    { $count ->
        [one] Member: { $names }
       *[other] Members: { $names }
    }
show-weeks =
    { $weeks ->
        [one] One week, from { $first } to { $last }
       *[other] { $weeks } weeks, from { $first } to { $last }
    }
show-cutoffs = Each week late from { $due }, absent from { $close } ({ $zone })
show-undelivered =
    { $count ->
        [one] One message did not reach the channel. Please check the bot's permissions there.
       *[other] { $count } messages did not reach the channel. Please check the bot's permissions there.
    }
joined = You are in, as { $name }
joined-next = You hand in from week { $week } on, which is due { $due }.
left = You left { $study }
left-debts = What is in the ledger stays there.
added = { $name } is added to the study
removed = { $name } is removed from the study
role-set = { $name }: { $role }
settings-title = Settings
settings-done = The settings are changed
setting-due = Late from: { $time }
setting-close = Absent from: { $time }
setting-late = Fine for being late: { $amount }
setting-absent = Fine for being absent: { $amount }
setting-reminders = Reminders: { $reminders }
settings-how = Times apply to weeks that have not opened, amounts from the next verdict on.
reminder-due = { $before } before due
reminder-close = { $before } before the close
reminders-none = none

## Refusals: what is wrong, and what to do instead

fault = Something broke in the bot; nothing has changed. Try again, and if it happens again give your admin the number { $id }.
incomplete = Please add after { $command }: { $options }
unknown-command = There is no such command. Did you mean { $choices }?
which-subcommand = Please choose one: { $choices }
unknown-option = { $command } has no option "{ $name }". It takes: { $options }
too-many-words = I could not read from "{ $text }" on. { $command } takes { $options }; write option=value.
takes-nothing = { $command } takes nothing after it. Please send it alone.
empty-text = That is empty. Please write something.
text-too-long = { $length } characters are too many; the most is { $most }.
calls-everybody = Words that call everybody (such as @everyone) are not accepted. Please leave them out.
unseen-characters = There are invisible characters or line breaks in it. Please remove them.
not-a-name = Instead of "{ $text }", please write a name without commas that does not begin with @ or /.
link-too-long = The link is too long; the most is { $most } characters.
not-a-link = Please write a link that begins with http:// or https://.
not-in-range = Instead of "{ $text }", please write a number from { $least } to { $most }.
not-an-amount = Instead of "{ $text }", please write an amount from { $least } to { $most }, such as 3000.
not-a-week = Instead of "{ $text }", please write a week's number, such as 3.
not-a-date = Instead of "{ $text }", please write a date like 2022-04-13.
no-such-date = There is no such day as "{ $text }". Please check the date.
not-a-month = Instead of "{ $text }", please write a month like 2022-04.
not-a-choice = Instead of "{ $text }", please choose one of: { $choices }
not-a-time = Instead of "{ $text }", please write a time from 00:00 to 23:59.
not-a-reminder = I could not read the reminder "{ $text }". Write for instance "due 24h, close 3h", from 10 minutes to 6 days.
too-many-reminders = There can be 1 to { $most } reminders. To have none, write "none".
unknown-timezone = There is no time zone "{ $name }". Write one like Asia/Seoul.
weeks-out-of-range = Please write a number of weeks from 1 to { $most }.
starts-out-of-range = The start must be between the years { $first } and { $last }.
no-study = No study is running in this channel. You can start one with { $command }.
no-such-study = I could not find that study. Please try again in its channel.
which-study = You are in several studies. Which one do you mean?
study-running-here = { $study } is running in this channel. Please start yours in another one.
not-a-member = Only members of { $study } can do that. You can join with { $command }.
not-allowed = Only a leader can do that. Please ask yours.
not-allowed-treasurer = Only a treasurer or a leader can do that. Please ask yours.
not-allowed-start = Only who manages this channel can start a study. Please ask them.
no-such-member = "{ $who }" is not in the study. Its members: { $members }
already-in = You are in { $study } already, as { $name }.
is-in-already = { $name } is in the study already.
name-taken = There is a { $name } already. Please choose another name.
study-full = A study has { $most } members at most.
last-leader = { $name } is the only leader. First make somebody else a leader ({ $command }).
role-unchanged = { $name } has that role already.
no-such-week = There is no week { $week }; the last is week { $last }.
week-not-open = Week { $week } is not open yet. It opens { $opens }.
nothing-open = No week is open now. Week { $week } opens { $opens }.
nothing-open-ever = No week is open, and none will open any more.
nothing-to-withdraw = There is no link to take back.
withdraw-after-close = Week { $week } closed { $closed }; a link can no longer be taken back. Name the week in { $command } to replace it.
submit-for-other-leader = Only a leader can hand in for somebody else.
submit-for-other-note = To hand in for { $name }, please say why in a note (note=…).
excused-already = { $name } is excused from week { $week } already.
break-backwards = The last day ({ $last }) is before the first ({ $first }). Please swap them.
break-too-long = A break is a year at most.
break-too-early = A week that has opened does not move. Please begin on { $earliest } or later.
break-overlaps = It overlaps the break { $first } – { $last }. Choose other days, or change that break first.
break-past = Days gone by cannot change. Please choose a last day from { $today } on.
break-over = That break ended { $last } and cannot change.
no-such-break = No break begins on { $first }. See { $command } for the first days.

## The playground's clock

clock-is-real = A real clock cannot be moved. Make it virtual first.
clock-backwards = The clock does not go back. Start over instead.
clock-too-far = Three years at once is the most.
clock-nothing-next = Nothing is planned any more.
start-over-server = Starting over needs a database file; this is a database server. Configure a file or an empty database.

## The playground's page

page-title = Studybot
page-bot = studybot
page-bot-badge = bot
page-default-name = Sky
page-default-study = Our study
page-language = Language
page-views = Views
page-channel = Channel
page-season = Season
page-weeks-and-members =
    { $weeks ->
        [one] one week
       *[other] { $weeks } weeks
    } · { $members ->
        [one] one member
       *[other] { $members } members
    }
page-start-over = Start over
page-start-over-title = Start over?
page-start-over-about = The database file stays beside the new one, under a name with the time. You begin with an empty one.
page-start-over-yes = Start over
page-cancel = Cancel
page-gone = The server cannot be reached. The page goes on by itself once it is back.
page-broken = That did not work. Please reload the page and try again.
page-button-gone = This button can no longer be used.
page-newer = New messages

page-welcome = There is no study yet
page-welcome-about = This page is one chat channel. Here you can watch the bot open weeks, chase homework, and keep track of who was late and what it costs.
page-sample = Look around
page-sample-about = The MLOps study of 2022, on the Tuesday evening before its first week. You move the clock yourself.
page-load-sample = Load the sample
page-empty = Make your own
page-empty-about = Choose a name and a first day, and open your own study.
page-my-name = My name
page-start-empty = Start empty

page-clock-virtual = Virtual clock
page-clock-real = Real clock
page-clock-make-virtual = Make it virtual
page-clock-real-about = With a virtual clock you move the time yourself.
page-clock-exact = Set the time
page-clock-go = Go there
page-clock-unreadable = Please write date and time like 2022-04-13 09:00.
page-step-10m = +10 min
page-step-1h = +1 h
page-step-1d = +1 day
page-step-next = To the next moment
page-next = { $at } · { $what }
page-next-real = Next: { $at } · { $what }
page-next-none = Nothing is planned
page-next-opened = week { $week } opens
page-next-due = week { $week } is due
page-next-closed = week { $week } closes
page-next-reminder = week { $week } reminder
page-next-break_begins = break begins
page-next-break_ends = break ends

page-you-are = You are
page-not-member = not a member
page-newcomer = Somebody new
page-newcomer-name = Name of somebody new
page-be = Use this name
page-say = Message
page-say-placeholder = Type / to see the commands
page-send = Send
page-suggestions = Ways to go on
page-keys = Arrows choose · Tab takes · Esc closes
page-required = required
page-for-leader = leader
page-more-options = More options
page-choose = Please choose
page-unchanged = not set

page-only-you = Only you can see this
page-edited = edited
page-silent = silent

page-no-season = Once a study runs, you see here who has handed in, week by week.
page-season-of = { $study }: verdicts by week and member
page-fines-of = Fines, { $month }
page-left = left
page-week-open = open
page-due = Due { $at }
page-closes = Closes { $at }
page-break = Break
page-break-now = now
page-so-far = (so far)
page-provisional = dashed: so far
