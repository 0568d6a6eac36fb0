import { probeGate } from './probe.ts';

const HASHES = `
import hashlib, hmac
names = sorted(hashlib.algorithms_guaranteed)
for name in names:
    hashlib.new(name, b'abc')
for name in 'md5 sha1 sha224 sha256 sha384 sha512 sha3_256 shake_128 blake2b blake2s'.split():
    assert name in names, name + ' is not guaranteed'
    getattr(hashlib, name)(b'abc')
assert hashlib.sha256(b'abc').hexdigest().startswith('ba7816bf8f01cfea'), 'sha256 is wrong'
assert hashlib.pbkdf2_hmac('sha256', b'p', b's', 1, 4) and hashlib.scrypt(b'p', salt=b's', n=2, r=8, p=1)
assert hmac.new(b'k', b'm', 'sha512').digest()
import _hashlib
print('probe passed: %s, pbkdf2_hmac, scrypt' % ', '.join(names))
`;

export const hashes = probeGate(
  { id: 'python-hashes', title: 'Every hash function that it promises works' },
  () => ({
    name: 'its hash functions',
    source: HASHES,
  }),
);
