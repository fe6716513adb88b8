"""Prints what the first event of an iCalendar text says, as icalendar reads it."""

import json
import sys
from datetime import UTC

import icalendar

calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
event = calendar.walk("VEVENT")[0]
attendees = event.get("ATTENDEE", [])
attendees = attendees if isinstance(attendees, list) else [attendees]
conferences = event.get("CONFERENCE", [])
conferences = conferences if isinstance(conferences, list) else [conferences]
print(
    json.dumps(
        {
            "method": str(calendar["METHOD"]) if "METHOD" in calendar else None,
            "uid": str(event["UID"]),
            "sequence": int(event["SEQUENCE"]),
            "status": str(event["STATUS"]),
            "summary": str(event["SUMMARY"]),
            "description": str(event.get("DESCRIPTION", "")),
            "starts_at": event["DTSTART"].dt.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "ends_at": event["DTEND"].dt.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "time_zone": event["DTSTART"].params.get("TZID"),
            "organizer": str(event["ORGANIZER"]),
            "location": str(event["LOCATION"]) if "LOCATION" in event else None,
            "conferences": [str(conference) for conference in conferences],
            "attendees": sorted(str(attendee) for attendee in attendees),
            "url": str(event["URL"]) if "URL" in event else None,
            "errors": [str(error) for part in calendar.walk() for error in part.errors],
        }
    )
)
