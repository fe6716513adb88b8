"""Prints the instances that recurring_ical_events finds in a window, or the errors that icalendar finds."""
import datetime, sys, zoneinfo
import icalendar, recurring_ical_events

calendar = icalendar.Calendar.from_ical(sys.stdin.read())
if sys.argv[1] == "check":
    for part in calendar.walk():
        for error in part.errors:
            print("error", part.name, error)
    for event in calendar.walk("VEVENT"):
        start = event.decoded("DTSTART").astimezone(datetime.timezone.utc)
        end = event.decoded("DTEND").astimezone(datetime.timezone.utc)
        print(event["UID"], start.strftime("%Y%m%dT%H%M%SZ"), end.strftime("%Y%m%dT%H%M%SZ"), str(event["SUMMARY"]))
        for attendee in [event.get("ATTENDEE")] if not isinstance(event.get("ATTENDEE"), list) else event["ATTENDEE"]:
            if attendee is not None:
                print(str(attendee), attendee.params.get("CN"), attendee.params.get("RSVP"))
        print(str(event.get("DESCRIPTION", "")).encode("unicode_escape").decode())
    sys.exit()

zone = zoneinfo.ZoneInfo(sys.argv[2])
read = lambda text: datetime.datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
def instant(value):
    if not isinstance(value, datetime.datetime):
        value = datetime.datetime.combine(value, datetime.time())
    if value.tzinfo is None:
        value = value.replace(tzinfo=zone)
    return value.astimezone(datetime.timezone.utc)
begin, end = read(sys.argv[3]), read(sys.argv[4])
lines = []
for event in recurring_ical_events.of(calendar).between(begin - datetime.timedelta(days=2), end + datetime.timedelta(days=2)):
    start = instant(event["DTSTART"].dt)
    until = instant(event["DTEND"].dt) if "DTEND" in event else start + event["DURATION"].dt if "DURATION" in event else start
    if start < end and (until > begin or start >= begin):
        lines.append(start.strftime("%Y%m%dT%H%M%SZ") + " " + until.strftime("%Y%m%dT%H%M%SZ"))
print("\n".join(sorted(lines)))
