// Booking links for the tests.

/** Makes a link of whoever `api` acts for: half an hour, from nine to five in Paris on every day, where `settings` say no other. */
export function makeLink(api, internal_name, { slug = null, ...settings } = {}) {
  const ranges = [{ from_minute: 540, until_minute: 1020 }];
  return api.post('/v1/booking_links', {
    kind: 'personal',
    slug,
    settings: {
      internal_name,
      title: 'A call',
      durations_minutes: [30],
      invitation_subject: 'A call',
      language: 'en',
      country: 'GB',
      reminders: { is_enabled: false, includes_description: false, minutes_before: [] },
      availability: {
        time_zone: 'Europe/Paris',
        weekly: [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, ranges })),
        rolling_weeks: 8,
        notice_minutes: 0,
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
      },
      ...settings,
    },
  });
}
