// Recordings that tests make up and upload.
import { createHash } from 'node:crypto';
import { eventually } from './browser.mjs';

const RATE = 8000;

/** A WAVE file of so many seconds: two channels of a tone each, different for each `seed`. */
export function wav(seconds, seed) {
  const frames = Math.round(seconds * RATE);
  const bytes = Buffer.alloc(44 + frames * 4);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(2, 22);
  bytes.writeUInt32LE(RATE, 24);
  bytes.writeUInt32LE(RATE * 4, 28);
  bytes.writeUInt16LE(4, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(frames * 4, 40);
  const tone = (frame, pitch) => Math.round(9000 * Math.sin((2 * Math.PI * pitch * frame) / RATE));
  for (let frame = 0; frame < frames; frame += 1) {
    bytes.writeInt16LE(tone(frame, 200 + seed), 44 + frame * 4);
    bytes.writeInt16LE(tone(frame, 300 + seed), 46 + frame * 4);
  }
  return bytes;
}

/** A file as the browser's file fields take it. */
export const wavFile = (name, seconds, seed) => ({ name, mimeType: 'audio/wav', buffer: wav(seconds, seed) });

/** Creates a call with a recording, and answers it once it can be played; hours of sound take their time. */
export async function recordedCall(api, facts, bytes, seconds = 15) {
  const call = await api.post('/v1/calls', { direction: 'inbound', started_at: '2026-03-02T09:30:00Z', ...facts });
  const upload = await api.post(`/v1/calls/${call.id}/recording/upload`, { name: 'call.wav', bytes: bytes.length });
  for (let number = 1; number <= upload.parts; number += 1) {
    const size = Number(upload.part_bytes);
    const part = bytes.subarray((number - 1) * size, number * size);
    const digest = createHash('sha256').update(part).digest('base64');
    await api.putBytes(`/v1/calls/${call.id}/recording/parts/${number}`, part, { 'content-digest': `sha-256=:${digest}:` });
  }
  await api.post(`/v1/calls/${call.id}/recording/complete`);
  return eventually(async () => {
    const now = await api.get(`/v1/calls/${call.id}`);
    return now.recording.state === 'ready' && now;
  }, `the recording of ${call.title} is examined`, seconds * 10);
}
