// Calls with recordings and transcripts, made through the API.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { eventually } from './browser.mjs';

const sample = new URL('../../crates/media/tests/fixtures/', import.meta.url);

/** The conversation of the sample: who says what, and when, in milliseconds. */
export const SAID = JSON.parse(readFileSync(new URL('call.json', sample), 'utf8')).map((turn) => ({
  speaker: turn.speaker === 'agent' ? 'Daniel Ross' : 'Sarah Miller',
  startMs: Math.round(turn.start * 1000),
  endMs: Math.round(turn.end * 1000),
  text: turn.text,
}));

/** The sample call of two people: about 100 seconds in stereo, each on a channel. A tag makes it a file of its own. */
export function sampleCall(tag) {
  // What follows the last page of an Ogg stream is passed over.
  return Buffer.concat([readFileSync(new URL('call.ogg', sample)), Buffer.from(tag)]);
}

/** A tone that is interrupted for two seconds every ten, as 8-bit PCM at 8 kHz. */
export function longTone(seconds) {
  const samples = Buffer.alloc(seconds * 8000, 128);
  for (let index = 0; index < samples.length; index += 1) {
    if (Math.floor(index / 8000) % 10 < 8) samples[index] = 128 + Math.round(90 * Math.sin(index / 3));
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(8000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

const clock = (ms) => new Date(ms).toISOString().slice(11, 23);

/** A transcript as WebVTT. */
export const asVtt = (turns) =>
  `WEBVTT\n\n${turns.map((turn) => `${clock(turn.startMs)} --> ${clock(turn.endMs)}\n<v ${turn.speaker}>${turn.text}`).join('\n\n')}\n`;

/** Creates a call, uploads its recording in parts, and waits until it can be played. */
export async function recordedCall(server, api, facts, name, bytes) {
  const call = await api.post('/v1/calls', { direction: 'inbound', started_at: new Date(Date.now() - 3_600_000).toISOString(), ...facts });
  const path = `/v1/calls/${call.id}`;
  const upload = await api.post(`${path}/recording/upload`, { name, bytes: bytes.length });
  const session = await (
    await fetch(`${server.base}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: api.me.user.email, password: 'demo-password' }),
    })
  ).json();
  for (let part = 1; part <= upload.parts; part += 1) {
    const content = bytes.subarray((part - 1) * upload.part_bytes, part * upload.part_bytes);
    const digest = createHash('sha256').update(content).digest('base64');
    const reply = await fetch(`${server.base}${path}/recording/parts/${part}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${session.access_token}`,
        'content-type': 'application/octet-stream',
        'content-digest': `sha-256=:${digest}:`,
      },
      body: content,
    });
    if (!reply.ok) throw new Error(`part ${part}: ${reply.status} ${await reply.text()}`);
  }
  await api.post(`${path}/recording/complete`);
  return eventually(async () => {
    const now = await api.get(path);
    if (now.recording.state === 'failed') throw new Error(JSON.stringify(now.recording.problems));
    return now.recording.state === 'ready' && now;
  }, 'the recording is ready');
}

/** The sample call of a user and a contact, with its transcript. */
export async function transcribedCall(server, api, title) {
  const contact = await api.post('/v1/contacts', { name: 'Sarah Miller', email: `sarah-${Date.now()}@northwind.example` });
  const participants = [{ user_id: api.me.user.id }, { contact_id: contact.id }];
  const call = await recordedCall(server, api, { title, outcome: 'connected', participants }, 'call.ogg', sampleCall(title));
  await api.put(`/v1/calls/${call.id}/transcript`, { content: asVtt(SAID) });
  return { call, contact };
}
