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
    .about = the study and its members
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
    .about = a week's homework, notes and cutoffs
command-week-plan = plan
    .about = write down a week's homework
command-week-excuse = excuse
    .about = let a member off a week
command-break = break
    .about = days on which no week opens
command-break-add = add
    .about = add a break, or change its last day
command-break-list = list
    .about = see the breaks
command-break-remove = remove
    .about = remove a break, or end it today
command-blog = blog
    .about = see whose turn it is; with a link, note that your post is up
command-board = board
    .about = see who handed in, week by week
command-research = research
    .about = write down the topic you look into this week
command-study-move = move
    .about = move the study to this channel
command-study-end = end
    .about = end the study and close its books
command-week-extend = extend
    .about = put a week's cutoffs off, for everybody or one member
command-week-note = note
    .about = keep something of this week for the study log
command-week-log = log
    .about = see what has been kept of a week
command-turn = turn
    .about = who writes the team blog
command-turn-order = order
    .about = set the order of the team blog
command-turn-swap = swap
    .about = have two weeks change writers
command-turn-skip = skip
    .about = let the next in order take a week
command-turn-done = done
    .about = tell that a post is up
command-ledger = ledger
    .about = fines and payments
command-ledger-waive = waive
    .about = take back a fine, a charge or a payment
command-ledger-charge = charge
    .about = charge a member by hand
command-ledger-paid = paid
    .about = mark what a settlement asks for as paid
command-ledger-settle = settle
    .about = settle a month before the 1st
command-ledger-history = history
    .about = see what each fine and share follows from
command-question = question
    .about = the week's question thread
command-question-show = show
    .about = see where to ask about this week
command-question-open = open
    .about = open the question thread again
command-question-close = close
    .about = close the question thread
command-records = records
    .about = README, files, calendar, GitHub
command-records-import = import
    .about = make a study from a README's table
command-records-export = export
    .about = get the records as a file
command-records-connect = connect
    .about = publish the record in a GitHub repository
command-records-publish = publish
    .about = publish the record on GitHub right now
command-records-disconnect = disconnect
    .about = stop publishing on GitHub
command-records-calendar = calendar
    .about = an address for your calendar app

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
option-other = other
    .about = the other week (such as 5)
option-until = until
    .about = the new due (such as 2022-05-05 09:00; a day alone means its end)
option-members = members
    .about = members in order, with commas between
option-amount = amount
    .about = an amount (such as 3000)
option-entry = entry
    .about = the number that the ledger's history shows (such as 12)
option-practice = practice
    .about = whether to begin with a practice week without fines
option-questions = questions
    .about = whether each week has a question thread
option-research-text = text
    .about = the topic you look into
option-week-note-text = text
    .about = what to keep
option-kind = kind
    .about = what kind of note it is (an insight by default)
option-week-note-entry = entry
    .about = the number of the note to change (such as 12)
option-remove = remove
    .about = the number of the note to remove (such as 12)
option-turn-done-link = link
    .about = the post's address (https://…)
option-blog-link = link
    .about = the post's address (https://…)
option-ledger-paid-amount = amount
    .about = what was paid (all that is open by default)
option-records-import-text = text
    .about = the whole text of the README
option-year = year
    .about = the year it began (such as 2022)
option-breaks = breaks
    .about = days off (such as 2022-04-13..2022-04-26,2022-06-08..2022-06-21, or none)
option-records-import-last = last
    .about = who is in last place
option-answer = answer
    .about = answers to other questions (such as blank::=missing), a line each or with ; between
option-format = format
    .about = the format of the file
option-repository = repository
    .about = the GitHub repository, such as owner/repo
option-path = path
    .about = the file for the record (README.md if left out)
option-labels = labels
    .about = labels for the question issues, with commas between
option-assignee = assignee
    .about = the GitHub name of whoever the question issues go to

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
choice-show = show
choice-renew = renew
choice-off = off
choice-yes = yes
choice-no = no
choice-on = on
choice-most_fines = most-fines
choice-readme = README
choice-csv = table
choice-json = everything
choice-ics = calendar
choice-page = links
choice-log = study-log
choice-insight = insight
choice-lecture = lecture
choice-reference = reference

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
button-share = Show it in the channel
button-show = See the study
button-blog = Blog turns
button-note = Add a note
button-log = See the log
button-note-edit = Change #{ $number }
button-note-remove = Remove #{ $number }
button-posted = My post is up
button-swap = Swap my turn
button-fines = See the fines
button-paid = Mark as paid
button-history = See the ledger
button-board = See the board
button-missing = Who is missing
button-end = Yes, end it
button-answer = Answer
button-again = Fill it in again
button-import = Make the study
button-import-as = I am { $name }
button-connect = Connect { $name }
button-confirm = This is { $name }
button-join-otherwise = Join under another name
button-add-otherwise = Add under another name
button-ours = Put in the study's record
button-add-table = Add a table at the end
button-make-again = Make the file again

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
fund = the fund
week-practice = Practice

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
week-cutoffs = Late ({ $late }) from { $due }, absent ({ $absent }) from { $closes }.
week-cutoffs-free = Late from { $due }, absent from { $closes }.
next-opening = Week { $week } opens { $opens }.
week-cutoffs-practice = Late from { $due }, absent from { $closes }. It is for practice: nothing is fined.

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
until-close = Not in yet: { $people } · before { $closes } it is late ({ $late }), from then on absent ({ $absent }).
until-close-free = Not in yet: { $people } · before { $closes } it is late, from then on absent.
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
opened-writer = Team blog: { $people }
opened-posted = Team blog: { $name } · { $link }
opened-questions = Questions: { $thread }
questions-link = the question thread
closed-title-alone = { $week }: result for those with more time
remind-turn-title = { $week }: team blog
remind-turn = { $people } the team blog is yours this week. Please post by { $at }.
remind-study = Study: { $study }
questions-title = { $week }: questions
questions-until = Ask and answer about this week's homework here until { $due }.
questions-issue = Issue on GitHub: { $issue }
issue-title = { $week } questions
issue-thread = The thread in the chat: { $thread }
issue-closing = The questions of { $week } are closed. Please ask in the new week's issue.
settlement-title = Settlement of { $month }
supplement-title = Supplement to { $month }
supplement-why = Fines have changed since the last settlement, so the difference is settled at once.
summary-title = { $study }: the season
told-questions-closed = The questions of { $week } are closed. Please ask in the new week's thread.
told-questions-closed-last = The questions of { $week } are closed. They can still be read.
told-questions-reopened = The questions of { $week } are open again.
told-questions-late = The questions of { $week } are closed. Please ask in { $thread } now.
told-questions-late-none = The questions of { $week } are closed. No thread is open now: please ask in the channel.
slack-thread-closed = 🔒 These questions are closed
home-none = You are in no study yet.
home-none-how = Use { $command } in a study's channel, and your homework and how you stand are shown here.

## What somebody did

started-title = { $study } begins
started-line =
    { $weeks ->
        [one] Led by { $leader }, one week in all.
       *[other] Led by { $leader }, { $weeks } weeks in all.
    }
started-members = Members: { $names }
started-week = Week { $week }: opens { $opens }, due { $due }
started-cutoffs = Each { $day } late from { $due }, absent from { $close }. { $fines }
rules-fines = Fines: late { $late }, absent { $absent }
rules-none = No fines
told-joined = { $name } joined the study
told-claimed = { $person } says they are { $name } of the record
told-claimed-how = If so, a leader presses the button below, and the record goes on as theirs.
told-left = { $name } left the study
told-role = { $name } is now a { $role }
told-moved = { $study } has moved to this channel. From now on its news is posted here.
told-resumed = The news is back. What could not be posted since { $since } stands above.
resumed-extend = If somebody could not hand in meanwhile, a leader can put the cutoffs off with { $command }.
paused-title = { $study }: its channel cannot be reached
paused-gone = The study's channel is gone. Use { $command } in a new channel, and what waits is posted there first.
paused-gone-slack = The study's channel cannot be found, or is archived. Invite the bot again if it is private, or unarchive it. Or use { $command } in a new channel, and what waits is posted there first.
paused-closed = The bot may not post in { $channel }. Give it permission, or use { $command } in another channel, and what waits is posted first.
paused-channel = the study's channel
paused-permissions-discord = It needs: View Channel, Send Messages, Read Message History, Create Public Threads, Send Messages in Threads, Manage Threads
paused-permissions-slack = Add the app to the channel (channel name, Integrations). If it is in there, it lacks a permission: install the app again to grant it.
paused-goes-on = The cutoffs stand. Homework can be handed in from other channels too.
paused-away = The bot is no longer in the server. Invite it again, and what waits is posted first.
paused-away-slack = The app is no longer in the workspace. Install it again and invite the bot to the channel, and what waits is posted first.
paused-back = The app is in the workspace again, but not in { $channel } yet. Type { $invite } there, and what waits is posted first. If the channel is no more, use { $command } in a new one.
paused-away-extend = Until then nothing can be handed in, but the cutoffs stand. Once it is back, { $command } puts them off.
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
fines-provisional = Not final yet: it is settled on { $at }.
table-name = Name
table-late = Late
table-absent = Absent
table-waived = Waived
table-total = Sum
started-practice = The first week is for practice: late and absent are shown, but nothing is fined.
told-extended = { $week }: more time
told-extended-one = { $week }: more time for { $name }
extended-until = Late from { $due }, absent from { $closes }.
extended-reason = Reason: { $reason }
told-turn-order = The order of the team blog is set
turn-order = { $names }
told-turn-swapped = Team blog turns have been swapped
told-turn-skipped = A team blog turn has been put off by a week
turn-line = { $week }: { $name }
told-posted = { $name }'s post for { $week } is up
told-ended = { $study } has ended. Thank you all!
told-ended-records = Records and ledger stay as they are. What is still to be paid can be marked as paid afterwards.
fines-pool-carried = Pool { $pool } (with { $carried } carried in)
fines-last = Last place: { $names }
fines-share = Share: { $names } { $share } each
fines-share-one = Share: { $names } { $share }
fines-carry = Carried on to the next month: { $carry }
fines-given = The season is over, so the remaining { $carry } is given out too.
fines-returned = Fines that changed after their settlement: { $amounts }
fines-adjusted = Shares of earlier months that change: { $amounts }
fines-amount = { $name } { $amount }
fines-transfers = To pay: { $payments }
fines-transfer = { $payer } → { $payee } { $amount }
fines-sealed = Settled on { $at }.
fines-open = Not paid yet: { $payments }
fines-all-paid = Everything has been paid.
fines-no-season = This month is no part of the season.
table-charged = Charged
table-streak = best run
table-posts = Posts
told-imported = { $count ->
    [1] One link was
   *[other] { $count } links were
} taken from the README

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
homework-log = Kept so far
homework-mine = You: { $verdict }
mine-title = How { $name } stands
mine-week = { $week }: { $verdict }
mine-week-so-far = { $week }: { $verdict } (so far)
wait-now-free = Hand in week { $week } now and it is on time.
wait-now-late = Hand in week { $week } now and it is late: { $fine }.
wait-late = From { $at }: late, { $fine }
wait-absent = From { $at }: absent, { $fine }
wait-now-late-free = Hand in week { $week } now and it is late.
wait-late-free = From { $at }: late
wait-absent-free = From { $at }: absent
time-left = in { $left }
mine-fines = Your fines this month: { $total }
mine-notify = Reminders: { $how } · change: { $command }
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
show-break = Break: { $first } – { $last } · { $reason }
show-cutoffs = Each { $day } late from { $due }, absent from { $close } ({ $zone })
show-paused = Nothing could be posted in the channel since { $since }.
show-undelivered =
    { $count ->
        [one] One message did not reach the channel. Please check the bot's permissions there.
       *[other] { $count } messages did not reach the channel. Please check the bot's permissions there.
    }
joined = You are in, as { $name }
joined-next = You hand in from week { $week } on, which is due { $due }.
left = You left { $study }
moved = { $study } now lives in this channel.
left-debts = What is in the ledger stays there.
added = { $name } is added to the study
connected = { $name } is now connected with that person. Everything on record stays theirs.
unconnected = Names not connected yet: { $names }
unconnected-how = Press a name's button and pick who it is.
add-same-name = The record has a { $name }, too. Is it the same person?
add-same-name-how = Nobody has been added yet.
join-asked = { $name } is a name of the record already
join-asked-how = You are not in yet. The channel has been asked whether it is you; once a leader confirms, the record goes on as yours.
join-asked-otherwise = If you are somebody else, write another name after { $command } or press the button below.
removed = { $name } is removed from the study
role-set = { $name } is now a { $role }
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
mine-open = Not paid yet: { $payment }
questions-read = Past questions: { $thread }
mine-turn = Team blog: week { $week }, by { $due }
waived = Taken back: { $kind } { $amount } of { $name }
waived-later = That month is settled already, so the difference comes with the next settlement.
charged = { $name } is charged { $amount } ({ $month })
paid = Marked as paid: { $name }
paid-line = { $month }: { $payment }
paid-left = Still open: { $left }
paid-all = Nothing is left to pay.
button-paste = Paste it
button-settle = Settle
settle-sure = Settle { $month } now?
settle-stays = Once settled it stays so; what changes later is adjusted in the next settlement.
settled = { $month } is settled
turn-skipped = A team blog turn has been put off by a week
history-sign = Plus: owed by the member, or received already. Minus: owed to the member, or paid already.
state-on = on
state-off = off
history-title = Ledger
history-none = There are no entries yet.
history-older = Only the newest are shown; { $count ->
    [1] one is older
   *[other] { $count } are older
}. Name a member or a month to see fewer.
history-line = { $entry } — { $why }
history-entry = #{ $number } { $name } { $kind } { $amount }
entry-late = late
entry-absent = absent
entry-charge = charge
entry-waiver = waiver
entry-share = share
entry-carry = carry
entry-adjustment = adjustment
entry-payment = payment
entry-choice = #{ $number } { $kind } { $amount }
why-late = week { $week }, due { $due }, handed in { $at }
why-absent = week { $week }, due { $due }, nothing in by { $closes }
why-waiver = takes back #{ $number }, { $by }, { $at }, reason: { $reason }
why-charge = { $by }, { $at }, reason: { $reason }
why-payment-made = paid to { $other }, marked by { $by }, { $at }
why-payment-got = paid by { $other }, marked by { $by }, { $at }
why-share = settlement of { $month }, { $pool } ÷ { $count }
why-carry = end of the season, { $carry } given out
why-adjustment = settlement of { $at }, sealed months came out otherwise
blog-title = Team blog
blog-posted = Week { $week }: { $name } · { $link }
blog-missing = Week { $week }: { $name } · no post
blog-now = Week { $week }: { $name } · by { $due }
blog-ahead = Week { $week }: { $name }
turn-ordered = The order of the team blog is set
turn-swapped = Team blog turns have been swapped
posted = { $week }: the post is noted ({ $name })
posted-again = { $week }: the post has a new link ({ $name })
posted-where = { $command } shows all turns.
questions-are-closed = The questions of { $week } are closed
questions-closed-then = The next week brings a new thread.
board-title = Board
board-weeks = Week { $first } to { $last } of { $weeks }
board-line = { $name } { $marks }
board-mark = { $mark } { $verdict }
board-so-far = Open weeks are not final yet.
board-missing = Not in yet for week { $week }: { $names }
researched = { $week }: your topic is noted
noted = { $week }: noted
log-topic = { $name } - { $text }
log-note = { $kind }: { $text } ({ $name })
log-note-read = { $kind }: { $text }
log-plain = { $text }
log-numbered = #{ $number } { $note }
log-title = { $week }: log
log-none = Nothing has been kept yet.
note-edited = { $week }: the note is changed
note-removed = { $week }: the note is removed
extended = { $week }: more time
extended-one = { $week }: more time for { $name }
extended-corrected = Verdicts that changed: { $names }
ended = { $study } has ended
end-sure = End { $study }?
end-open-weeks = { $count ->
    [1] One week is not over and will not be judged.
   *[other] { $count } weeks are not over and will not be judged.
}
end-settles = All months not settled yet are settled, and what is left is given out.
end-then = This cannot be undone. Records and ledger stay, and a new study can be started in this channel.
setting-questions = Question threads: { $choice }
guide-treasurer = For treasurers
guide-for-treasurer = For treasurers and leaders.
import-preview = This is what "{ $study }" says
import-members = Members: { $names }
import-weeks = Weeks: { $weeks }; links handed in: { $links }
import-turns = Order of the team blog: { $names }
import-log = Study log: { $notes } notes, { $topics } topics, homework of { $homeworks } weeks
import-starts = First day: { $starts }, { $year }
import-ignored = Passages passed over: { $count }
import-asks = Please answer first
import-question = { $ask } (answer: { $about }=…)
import-sure = Make this study? Nothing is written before you press.
import-you = The first button makes you a leader as { $name }. If the record has you under another name, press the button with that name.
imported = { $study } has been made (links: { $links })
imported-then = Weeks gone by are kept for the record and never fined.
exported = Here is { $file }
calendar-address = Your calendar's address
calendar-url = { $url }
calendar-secret = Put it into your calendar app ("from URL") to see your cutoffs and blog turns there; what changes here changes there. Whoever knows the address can read it: keep it to yourself.
calendar-off = The calendar's address is gone: it shows nothing to anybody any more.
button-calendar = Subscribe to my calendar
button-calendar-renew = Change the address
button-calendar-off = Take it away
button-calendar-again = Make a new one

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
not-allowed-here = Only who may manage this channel can move a study here.
already-here = { $study } is in this channel already. Please do it in the channel that it shall move to.
study-running-here = { $study } is running in this channel. Please start yours in another one.
not-in-a-channel = A study lives in a channel. Please type it there.
not-a-member = Only members of { $study } can do that. You can join with { $command }.
not-allowed = Only a leader can do that. Please ask yours.
not-allowed-treasurer = Only a treasurer or a leader can do that. Please ask yours.
not-allowed-start = You cannot start a study here. Please ask somebody who manages the channel or the workspace.
no-such-member = "{ $who }" is not in the study. Its members: { $members }
already-in = You are in { $study } already, as { $name }.
is-in-already = { $name } is in the study already.
is-in-as-another = They are in the study as { $name } already. Once they have left with { $command }, they can be connected with { $other }.
add-needs-name = Please also write the name to be used in the study.
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
study-over = { $study } has ended. Start a new one with { $command }.
not-a-moment = Instead of "{ $text }", write day and time like 2022-05-05 09:00.
extend-too-early = Week { $week } is due on { $due } already. Write something later.
extend-too-late = Week { $week } can be put off until { $latest } at most: no later than the next week's due.
extend-not-asked = { $name } is not asked for week { $week }.
no-such-entry = { $name } has no fine or payment #{ $number }. Look the number up with { $command }.
waived-already = #{ $number } has been taken back already.
nothing-to-waive = { $name } has no fine that could be waived.
which-entry = Which one? Add a week or an entry: { $entries }
charge-nothing = Write an amount of 1 or more.
nothing-to-pay = { $name } has nothing to pay. { $command } shows what each month asks for.
paid-too-much = { $name } has { $open } to pay. Write that or less.
settled-all = Every month is settled.
settled-already = { $month } is settled already. See it with { $command }.
settle-earlier-first = Settle { $month } first.
settle-too-early = { $month } has a week that is not over. Wait until week { $week } closes on { $closes }.
no-such-month = The season has no such month. Write one from { $first } to { $last }.
no-turns = There is no order for the team blog yet. A leader can set it with { $command }.
named-twice = A name is there twice. Write each one once.
swap-same = Write two weeks of two different people.
no-such-turn = Week { $week } has no turn. There are turns from week { $first } to { $last }.
turn-fixed = Week { $week } has opened, so its turn stays. Write a week that has not opened yet.
no-turn-yet = You have not had a turn yet. See the turns with { $command }.
turn-not-open = Week { $week } has not had its turn yet. See { $command }.
questions-not-yet = No week is open yet. Week { $week } opens on { $opens }.
questions-open = The questions of week { $week } are open already.
questions-closed = The questions of week { $week } are closed already.
notes-full = A week can have { $most } notes at most.
no-such-note = There is no note #{ $number }. Look the number up with { $command }.
note-not-yours = You can change or remove your own notes only. For others please ask a leader.

## Records: reading and writing the README

records-not-utf8 = This file is not UTF-8, so I could not read it. Please save it as UTF-8 and try again.
records-no-table = I found no record of homework. Please add a table with weeks, such as |Week|Homework|Team blog|, or sections under headings such as "### Week 1". Comments and code are not read.
records-no-table-here = This README has no table of homework, so there is nowhere to write links. For a study log choose that format; else add a table such as |Week|Homework|Team blog|.
records-too-many-cells = Line { $line } has { $count } cells; the most is { $most }. Please write a | within a link as \|.
records-not-a-week = I cannot tell which week "{ $text }" in line { $line } is. Please write it like Week 1.
records-week-twice = Week { $week } stands twice (line { $line }). Please keep one row.
records-name-twice = { $name } stands twice in line { $line }. Please keep one.
records-cell-unreadable = I could not read "{ $text }" in the homework cell of line { $line }. Please write [name](link).
records-header-changed = The table's header is not what it was. Please put { $header } back, or import the document again.
records-row-missing = The table has no row for week { $week }. Please put it back, or import the document again.
records-cell-missing = Line { $line } (week { $week }) has too few cells. Please add the missing ones.
records-unknown-name = { $name } in line { $line } is not a member of the study. Please add them to the study, or correct the name in the table.
records-link-conflict = The document and the study have different links of { $name } for week { $week }. Please put the earlier link back into the document, or put the right one into both.
records-writer-conflict = The document and the study differ about whose team blog week { $week } is. Please put the earlier name back into the document, or put the right one into both.
calendar-no-site = This bot has no address on the web, so a calendar cannot be subscribed to. { $command } gives a calendar file; whoever runs the bot can set web.base_url.
records-unwritable = A name or a link holds something that a table cannot. Please use characters that can be seen.
records-not-asked = "{ $about }" was not asked. What can be answered: { $asked }
records-nothing-asked = "{ $about }" was not asked. This document leaves nothing open: please try again without the answer.
records-not-a-year = Instead of "{ $text }", please write a year from { $first } to { $last }, such as 2022.
records-year-weekday = In { $year } the first day is { $first }, but the document has homework due on { $weekday }. Please give a year in which the two agree, or correct the document.
records-not-breaks = Instead of "{ $text }", please write 2022-04-13..2022-04-26, with commas between several, or none.
records-not-last = Instead of "{ $text }", please write { $choice }: last is who has the most fines of the month.
records-ask-year = It says that the study starts on { $starts }. In which year? (such as 2022)
records-ask-breaks = It speaks of breaks. From when to when? (such as 2022-04-13..2022-04-26, with commas between several, or none)
records-ask-last = It says that fines are split without the last one. Who is last? ({ $choice }: who has the most fines of the month)
records-ignored-prose = neither record nor rule
records-ignored-hidden = a comment, code or HTML
records-ignored-table = a table that is not the homework's
records-ignored-contradiction = says different things, so it was not read
records-ignored-words = "{ $text }" in the homework cell is no link
records-ignored-writer = "{ $text }" in the blog cell is no name of the table
weekday-mon = Monday
weekday-tue = Tuesday
weekday-wed = Wednesday
weekday-thu = Thursday
weekday-fri = Friday
weekday-sat = Saturday
weekday-sun = Sunday
records-break = break
records-study = Study
records-bad-name = The name "{ $name }" in week { $week } cannot be used. Write it without commas and within { $most } characters.
records-bad-link = The link of { $name } in week { $week } does not begin with http:// or https://. Please mend the document.
records-open-questions = Some questions are still open. Please answer them first.
records-no-member = { $name } of week { $week } is no member. Add them to the study, or mend the name in the document.
records-nothing-to-import = There is nothing to import. Paste the text of the README.
export-not-a-study = This is not the file of a study. Please give the one that exporting the records as a whole (JSON) made.
export-newer = This file was made by a newer version. Please update the bot first, then try again.
export-damaged = The file is damaged, so nothing was restored ({ $where }). Please give the exported file as it was made, unedited.
export-csv-week = Week
export-csv-title = Title
export-csv-opens = Opens
export-csv-due = Due
export-csv-closes = Closes
export-csv-member = Member
export-csv-verdict = Verdict
export-csv-state = State
export-csv-handed-in = First handed in
export-csv-link = Link
export-csv-note = Note
export-csv-fine = Fine
export-csv-month = Month of the fine
export-csv-writer = Team blog
export-csv-post = Blog post
export-final = final
export-provisional = provisional
export-due = { $week } due
export-close = { $week } closes
export-turn = { $week } team blog: { $name }
export-break = Break
export-break-for = Break: { $reason }
export-settlement = Fines of { $month } settled
export-page-count = { $verdict }: { $count }
export-page-run = Longest run without a miss: { $count } { $count ->
    [one] week
   *[other] weeks
}
export-page-post-count = Blog posts: { $count }
export-page-posts = Team blog
extend-for-the-record = Week { $week } closed before the study was made and is kept for the record only. Write another week.
settle-not-begun = { $month } has not begun yet. It can be settled once it has.
records-ask-starts = The text does not say when it begins. On which day does week 1 open? (such as 2022-04-06)
records-ask-weeks = The text does not say how many weeks there are. How many shall there be? ({ $least } or more)
records-ask-members = The text does not say who is in the study. Who are the members? (such as Ann, Ben)
records-ask-zero = Week 0 in line { $line } has no date. On which day was it? (such as 2022-03-30)
records-ignored-cut = a heading alone, in which the text breaks off
records-due-before = It says that the homework of week { $week } is due on { $due }, but that week opens { $opens }. Please give an earlier first day, or mend the document.
log-section-gone = The section of week { $week } is gone from the document. Please put it back, or import the document again.
log-unwritable = The section of week { $week } has another form, so nothing was written into it. Please write its heading like "### Week { $week } - title".
log-differs = In week { $week } the log and the study's record differ (document: { $theirs }, study: { $ours }). Please change one of them.
records-ask-year-label = The date "{ $text }" in line { $line } has no year. In which year is the first week? (such as 2022)
records-ask-label = Which week is "{ $text }" in line { $line }? (a number, or none where it is no week)
records-ask-again = Week { $week } stands again in line { $line }. Write "same" if it is the same week, else its number.
records-ask-blank = There are blank cells (the first in line { $line }, week { $week }, { $name }). What does a blank mean? (missing, coming, present)
records-ask-mark = What does "{ $sign }" in line { $line } mean? It is first found at week { $week }, { $name }; times: { $count }. (done, late, absent, excused, partial, none)
records-ask-marks = There are { $count } signs that I do not know. How are all of them to be read? (done, late, absent, excused, partial, none, unknown)
records-ask-words = Some cells hold words that are neither link nor sign (the first in line { $line }: "{ $text }"). Do they count as handed in? (done, none, unknown)
records-ask-holiday = In week { $week } everybody has "{ $sign }" (line { $line }). Was it a week off, or was everybody absent? (holiday, absent)
records-ask-link = A cell holds several links (the first in line { $line }, { $name }). Which is the homework? (first, last)
records-ask-columns = Are { $names } in the table from line { $line } on all members? (yes, no, or those who are, with commas between)
records-ask-column = In the table from line { $line } on links stand under: { $columns }. Which column is the homework? (its name, or none)
records-ask-table = There are { $count } tables of homework with the same weeks (lines { $lines }). Which is this season's? (such as { $count })
records-ask-rename = Is "{ $name }" the same person as { $others }? (write that name, or none)
records-ask-base = "{ $link }" is an address within the repository. Under which address? (such as https://github.com/NAME/REPOSITORY/blob/main/)
records-mark-late = late (record)
records-mark-partial = in part (record)
records-mark-excused = excused by the record
records-not-an-answer = "{ $text }" is no answer to "{ $about }". The question: { $ask }
records-not-answered = Instead of "{ $text }", please write QUESTION=ANSWER, such as blank::=missing.
records-ignored-row = the row "{ $text }" is no week
records-ignored-column = the column "{ $text }" was not read as a member's
records-column-missing = The table has no column for { $name }, so the link of week { $week } could not be written. Please add one.
records-cell-shared = A cell in line { $line } holds several people, weeks or links, so the link of { $name } for week { $week } could not be written. Please split it.
records-too-dear = The fines are too high: { $most } at most. Please mend the document.
records-no-such-week = Week { $week } is no part of the season and cannot be taken in. Leave its row out, or mend its number.
records-other-text = Another text has been pasted since. Press the button of the newest preview.

## Publishing on GitHub

github-not-set-up = Nothing can be published on GitHub yet. Whoever runs the bot has to put a token or an app's key under [github] in config.toml and start the bot again.
github-not-connected = No repository is connected. Connect one with { $command }.
github-not-a-repository = Write owner/repo instead of "{ $text }", or paste the repository's address.
github-not-a-path = "{ $text }" is not a file's path. Write README.md or docs/README.md.
github-not-labels = Write at most { $most } labels of at most 50 characters each, with commas between.
github-not-a-name = "{ $text }" is not a GitHub name. Write letters, digits and hyphens alone.
github-token = GitHub refuses the bot's token. Whoever runs the bot has to put in a new one and start the bot again.
github-rights = The bot may not write in { $repository }. Give the token or the app write access to Contents and Issues, and see that the token's owner may write there.
github-missing = { $repository } was not found. Check its name, and where it is private, let the token or the app see it.
github-archived = { $repository } is archived and cannot be written. Unarchive it in its settings or connect another one.
github-protected = A branch protection of { $repository } lets nobody commit directly. Make the bot an exception under Branches or Rules in its settings.
github-refused = Nothing could be written in { $repository }. See what GitHub says: { $problem }
github-not-installed = The GitHub App is not installed in { $repository }. Install it and choose this repository.
github-no-file = No file could be read at { $path }: it is a folder, or too large. Write another path.
github-taken = Another study publishes its record in { $path }. Write another path.
github-taken-before = { $path } holds the record of { $study }, which has ended. Write another path for a new file, or the path { $path } to go on in that one.
github-limited = GitHub asks to wait. Please try again in { $wait }.
github-unreachable = GitHub could not be reached. Please try again in a moment.
github-connected = Connected with { $repository }
github-connected-file = Only the record in { $path } is edited; everything else stays as it is.
github-connected-new = { $path } is not there yet and will be made.
github-connected-issues = Each week gets an issue for its questions, closed when it is due.
github-connected-no-issues = The repository has its issues switched off, so no issues are opened for questions.
github-connected-protected = The default branch is protected. Should the bot not be able to commit, it will say what to do.
github-connected-soon = Changes are gathered for about a minute. { $command } publishes at once.
github-publishing = The record is being published: { $url }
github-disconnected = { $repository } is disconnected. What has been published stays.
told-published = The record has been published on GitHub: { $url }
told-publishes = { $study }: the record is published on GitHub again.
publish-blocked-title = { $study }: the record cannot be published on GitHub
publish-blocked-then = Nothing is lost. Once it is mended, { $command } publishes at once; it is also tried again every hour.
publish-asks-title = { $study }: something edited by hand on GitHub differs from the study's record
publish-asks-line = { $text }
publish-asks-how = It was left as it is. If GitHub is right, hand that link in with { $submit }. If the study's record is right, press the button.
publish-ask-both = GitHub: { $theirs } · the study: { $ours }
publish-no-table-title = { $study }: the file on GitHub has no table for the record
publish-no-table = No table of weeks was found in { $path }, so nothing was changed. The button adds one at the end of the file. If the record is kept in another file, name its path with { $command }.
publish-lost-title = { $study }: the record's file is gone from GitHub
publish-lost = { $path } was not found, so nothing was published. If it was moved or renamed, name its new path with { $command }. To have it made again, press the button.
publish-no-issues-title = { $study }: no issue could be opened for the questions
publish-no-issues = Switch on the issues of { $repository }, give the bot write access to Issues, and use { $command } again. The record is published all the same.
commit-new = Make the study's record
commit-log = Update the study log
commit-new-log = Make the study log
commit-record = Update the study's record
commit-week = { $week }: { $names }
commit-weeks = Update { $weeks }

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
page-ended = ended
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
page-next-questions_opened = week { $week } questions open
page-next-questions_closed = week { $week } questions close
page-next-reminder = week { $week } reminder
page-next-break_begins = break begins
page-next-break_ends = break ends
page-next-settlement = { $month } is settled
page-next-turn = week { $week } blog reminder

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
page-thread-is-open = open
page-thread-is-closed = closed
page-thread-replies =
    { $count ->
        [one] 1 reply
       *[other] { $count } replies
    }
page-thread-empty = No replies yet
page-thread-say = Write in this thread
page-thread-over = This thread is closed.
page-thread-closed = This question thread is closed. Please ask in the new week's thread.
page-thread-unknown = There is no such question thread. Please ask in one that is open in the channel.

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
page-months = Fines and settlements
page-month-sealed = settled
page-month-provisional = so far
page-month-settles-at = settles { $at }
page-month-fines = Fines
page-month-pool = With carry
page-month-share = Share
page-month-shares = { $share } each · { $names }
page-month-last = Last place
page-month-carry = Carried on
page-month-corrections = Corrected
page-month-open = Still to pay
page-month-all-paid = All paid
page-month-none = No fines.
page-turns = Team blog
page-turn-week = Week
page-turn-due = Due
page-turn-writer = Writer
page-turn-post = Post
page-turn-read = read
page-turn-missed = no post
page-turn-now = this week
page-plot-hand-ins = Hand-ins by week
page-plot-week = Week { $week }: { $on_time } on time · { $late } late · { $absent } absent
page-plot-fines = Fines by month
page-plot-month = { $month } { $fines }

## Discord and Slack

door-hand-in = Submit this link
door-no-link = There is no link in this message. Please choose one that has a link.
door-not-yours = You can hand in the link of a message of your own only.
door-no-more = This button is not used any more. Please type the command instead.
door-asks-later = A few things are still missing. The button below opens a form for them.
door-typed = The button has no room for what follows. Please copy it, and paste it into the form.
told-for = { $people }
door-file = file
    .about = the README as a file
clock-beside-platform = While it is connected to Discord or Slack, neither clock nor records can be changed at will.
slack-app = Runs a study group in its channel: homework, cutoffs, fines, reminders and records.
slack-hand-in-about = Hand in the link of this message
slack-file-sent = The file is in your conversation with the bot.
slack-not-installed = The bot is not installed in this workspace. Please ask whoever manages it to install it again.
slack-install-title = Install the study bot in Slack
slack-install-go = Add to Slack
slack-installed = It is installed
slack-installed-next = In the study's channel type { $invite }, and begin with { $command }.
slack-installed-open = Open Slack
slack-install-failed = It was not installed
slack-install-denied = It was not allowed in Slack, and nothing has changed. Please show this page to somebody who may install apps.
slack-install-stale = It has to be gone through in one browser, within ten minutes and once. Please begin again.
slack-install-organisation = It cannot be installed in a whole organisation. Please choose one workspace at a time.
slack-install-broken = Something went wrong on our side. Please try again in a while.
slack-install-again = Begin again
check-slack-is = reachable, as { $bot } in { $workspace }
check-slack-socket = Socket Mode can be used
check-slack-scopes = not allowed yet: { $scopes }; install the app again
check-slack-refused = { $what }: refused ({ $error })
check-unreachable = not reachable: { $problem }
check-slack-nowhere = installed in no workspace yet
check-slack-locked = { $workspace }: its token was encrypted with another { $setting }; put that behind a comma, or install the app again
check-slack-old =
    { $count ->
        [one] one token is still encrypted with an older { $setting }; the bot encrypts anew at its start
       *[other] { $count } tokens are still encrypted with an older { $setting }; the bot encrypts anew at its start
    }
check-slack-rotated = no token needs an older { $setting }; what stands behind the comma can go
check-slack-install = install with { $address }
check-slack-https = { $setting } is not https: nobody can install it there
check-slack-listens = listens at { $address }
check-slack-forwarded = listens at { $path } of the address that is forwarded here
