// Prints what the first event of an iCalendar text says, as ical.js reads it. Times are those of the text's own VTIMEZONE.
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, 'utf8')));
const zones = calendar.getAllSubcomponents('vtimezone').map((zone) => zone.getFirstPropertyValue('tzid'));
const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent'));
const property = (name) => event.component.getFirstProperty(name);
const zone = property('dtstart').getParameter('tzid') ?? null;
if (zone && !zones.includes(zone)) throw new Error(`no VTIMEZONE tells of ${zone}`);
const instant = (time) => new Date(time.toUnixTime() * 1000).toISOString().replace('.000', '');
const url = property('url')?.getFirstValue() ?? null;

console.log(
  JSON.stringify({
    method: calendar.getFirstPropertyValue('method'),
    uid: event.uid,
    sequence: event.sequence,
    status: property('status').getFirstValue(),
    summary: event.summary,
    description: event.description ?? '',
    starts_at: instant(event.startDate),
    ends_at: instant(event.endDate),
    time_zone: zone,
    organizer: event.organizer,
    location: property('location')?.getFirstValue() ?? null,
    conferences: event.component.getAllProperties('conference').map((conference) => conference.getFirstValue()),
    attendees: event.attendees.map((attendee) => attendee.getFirstValue()).sort(),
    url,
  }),
);
