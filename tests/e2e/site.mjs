// A customer's site, for what is embedded in such.
import { createServer } from 'node:http';
import { after } from 'node:test';
import { freePort } from './server.mjs';

/** A customer's site: another origin than the server's, because its host name is another one. Ended with the tests of the file. */
export async function startSite(server) {
  const port = await freePort();
  let body = '';
  const site = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Shop</title>
      <main><h1>Shop</h1>${body}</main><script async src="${server.base}/embed/rapport.js" data-rapport></script></html>`);
  });
  await new Promise((resolve) => site.listen(port, '127.0.0.1', resolve));
  after(() => {
    site.closeAllConnections();
    site.close();
  });
  return {
    origin: `http://localhost:${port}`,
    show: (html) => {
      body = html;
    },
  };
}
