// Calls with transcripts, made through the API.
import { readFileSync } from 'node:fs';
import { recordedCall, wav } from './recordings.mjs';

/** A conversation of two people in about 100 seconds: who says what, and when, in milliseconds. */
export const SAID = JSON.parse(
  readFileSync(new URL('../../tests/audio/call_synth_ref.json', import.meta.url), 'utf8'),
).map((turn) => ({
  speaker: turn.speaker === 'agent' ? 'Daniel Ross' : 'Sarah Miller',
  startMs: Math.round(turn.start * 1000),
  endMs: Math.round(turn.end * 1000),
  text: turn.text,
}));

const clock = (ms) => new Date(ms).toISOString().slice(11, 23);

/** A transcript as WebVTT. */
export const asVtt = (turns) =>
  `WEBVTT\n\n${turns
    .map(({ speaker, startMs, endMs, text }) => `${clock(startMs)} --> ${clock(endMs)}\n<v ${speaker}>${text}`)
    .join('\n\n')}\n`;

let seed = 0;

/** A call of a user and a contact with these facts, with a recording and the transcript of the conversation. */
export async function transcribedCall(api, title, facts = {}) {
  seed += 1;
  const email = `sarah-${Date.now()}@northwind.example`;
  const contact = await api.post('/v1/contacts', { name: 'Sarah Miller', email, ...facts });
  const participants = [{ user_id: api.me.user.id }, { contact_id: contact.id }];
  const call = await recordedCall(api, { title, outcome: 'connected', participants }, wav(101, 500 + seed));
  await api.put(`/v1/calls/${call.id}/transcript`, { content: asVtt(SAID) });
  return { call, contact };
}

/** A tone that is interrupted for two seconds every ten: one channel of 8 bits at 8 kHz, so that hours of it are small. */
export function longTone(seconds) {
  const rate = 8000;
  const bytes = Buffer.alloc(44 + seconds * rate, 128);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(seconds * rate, 40);
  const tone = Buffer.from(Array.from({ length: rate }, (_, frame) => 128 + Math.round(90 * Math.sin(frame / 3))));
  for (let second = 0; second < seconds; second += 1) {
    if (second % 10 < 8) tone.copy(bytes, 44 + second * rate);
  }
  return bytes;
}
