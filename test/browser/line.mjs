// A line to the server that can be cut, and a browser that has taken the app along.
import net from 'node:net';
import { until } from '../harness.mjs';

/** What goes through it is passed on byte by byte; mute, it still carries what is asked, and loses every answer. */
export async function line_to(port) {
  const sockets = new Set();
  let muted = false;
  const listener = net.createServer((near) => {
    const far = net.connect(port, '127.0.0.1');
    far.on('data', () => muted && near.destroy());
    for (const [one, other] of [[near, far], [far, near]]) {
      sockets.add(one);
      one.on('error', () => {}).on('close', () => { sockets.delete(one); other.destroy(); }).pipe(other);
    }
  });
  const listen = (wanted) => new Promise((done) => listener.listen(wanted, '127.0.0.1', done));
  await listen(0);
  const own = listener.address().port;
  return {
    url: `http://127.0.0.1:${own}`,
    back: () => listen(own),
    mute: (on) => { muted = on; },
    cut: () => new Promise((done) => {
      listener.close(done);
      for (const socket of sockets) socket.destroy();
    }),
  };
}

/** Waits until the app lies in the browser, to be opened without a line. */
export async function taken_along(page, ms) {
  await page.evaluate(() => navigator.serviceWorker.ready.then((one) => one.active?.state));
  const full = () => page.evaluate(() => caches.keys().then(async (names) => (await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length))).some((n) => n > 20)));
  await until(full, { ms, what: 'the app on the phone' });
}
