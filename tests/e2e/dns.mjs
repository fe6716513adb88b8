// A DNS server of ours for the browser's tests: every name leads to this machine, but for those below nowhere.test; there are no
// other records.
import dgram from 'node:dgram';

const TYPE_A = 1;

/** The end of the question's name in a message (RFC 1035, section 4.1). */
function endOfName(message) {
  let at = 12;
  while (message[at] !== 0) at += message[at] + 1;
  return at + 1;
}

function answer(message) {
  const end = endOfName(message);
  const question = message.subarray(12, end + 4);
  const isNowhere = message.subarray(12, end).toString('latin1').toLowerCase().includes('\x07nowhere\x04test');
  const isAddress = message.readUInt16BE(end) === TYPE_A && !isNowhere;
  const header = Buffer.alloc(12);
  message.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(isAddress ? 1 : 0, 6);
  // The name of the question again, A, IN, a minute, four bytes.
  const record = Buffer.from([0xc0, 0x0c, 0, TYPE_A, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]);
  return Buffer.concat(isAddress ? [header, question, record] : [header, question]);
}

/** Starts it, and answers its address with port and how to stop it. */
export async function startDns() {
  const socket = dgram.createSocket('udp4');
  socket.on('message', (message, asker) => socket.send(answer(message), asker.port, asker.address));
  await new Promise((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { address: `127.0.0.1:${socket.address().port}`, stop: () => socket.close() };
}
