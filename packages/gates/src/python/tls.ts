import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Gate } from '../gate.ts';
import { LOCALHOST_CERTIFICATE, LOCALHOST_KEY, TEST_AUTHORITY } from './localhost-certificate.ts';
import { runProbe } from './probe.ts';

const TLS = `
import ssl, sys
try:
    from urllib.request import urlopen
except ImportError:
    from urllib2 import urlopen
address, authority = sys.argv[1:]
answer = urlopen(address, context=ssl.create_default_context(cafile=authority), timeout=20).read()
assert answer == b'hello from the gate', answer
try:
    urlopen(address, context=ssl.create_default_context(), timeout=20)
except IOError as error:
    assert 'CERTIFICATE_VERIFY_FAILED' in str(error), error
else:
    raise AssertionError('a certificate of an authority that nobody knows was accepted')
assert ssl.HAS_TLSv1_3, 'TLS 1.3 is missing'
print('probe passed: ' + ssl.OPENSSL_VERSION + ' read over TLS, and refused an unknown authority')
`;

export const tls: Gate = {
  id: 'python-tls',
  title: 'It reads over TLS from a server that it was told to trust, and from no other',
  async check(context) {
    const authority = join(await context.freshFolder(), 'authority.pem');
    await writeFile(authority, TEST_AUTHORITY);
    const server = createServer({ key: LOCALHOST_KEY, cert: LOCALHOST_CERTIFICATE }, (_request, response) => {
      response.end('hello from the gate');
    });
    try {
      const port = await new Promise<number>((resolve, reject) => {
        server.on('error', reject);
        server.listen(0, '127.0.0.1', () => resolve(portOf(server.address())));
      });
      const args = [`https://localhost:${port}/`, authority];
      return await runProbe(context, { name: 'a page of a local server', source: TLS, args });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
};

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the local server has no port');
  return address.port;
}
