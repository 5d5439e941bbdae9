import type * as tlsModule from 'node:tls';
import type { Tls } from '../exchange/sockets.ts';
import { readTextFile } from './files.ts';
import { originText } from './layers.ts';
import { UsageError } from './problems.ts';
import { placeOf, type Settled } from './reading.ts';
import type { World } from './world.ts';
import { library } from '../values/library.ts';

const tlsIn = library('node:tls') as () => typeof tlsModule;

/** @throws UsageError when a file is none of PEM, or a certificate has no key */
export function readTls(settings: Settled, world: Pick<World, 'cwd'>): Tls {
  const pem = (name: 'ca' | 'cert' | 'key', kind: RegExp): string | undefined => {
    const said = settings.text(name);
    if (said === null) return undefined;
    const text = readTextFile(originText(said.origin), said.value, world);
    if (!kind.test(text))
      throw new UsageError(`${placeOf(said)}: holds no PEM ${name === 'key' ? 'private key' : 'certificate'}`);
    return text;
  };
  const ca = pem('ca', /-----BEGIN (?:TRUSTED )?CERTIFICATE-----/);
  const cert = pem('cert', /-----BEGIN (?:TRUSTED )?CERTIFICATE-----/);
  const key = pem('key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/);
  if ((cert === undefined) !== (key === undefined))
    throw new UsageError('--cert and --key go together: a client certificate needs its private key');
  if (cert !== undefined && key !== undefined) keepTogether(cert, key);
  return {
    // Given alone, it would take the place of the usual ones.
    ...(ca !== undefined && { ca: [...tlsIn().rootCertificates, ca].join('\n') }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(settings.isOn('insecure') && { insecure: true }),
  };
}

/** @throws UsageError when a certificate cannot be used with a key, without a word of either */
function keepTogether(cert: string, key: string): void {
  try {
    tlsIn().createSecureContext({ cert, key });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = /KEY_VALUES_MISMATCH|KEY_TYPE_MISMATCH/.test(code)
      ? 'the key is not that of the certificate'
      : /PASSWORD|BAD_DECRYPT|INTERRUPTED/i.test(code)
        ? 'the key is encrypted; write it without a passphrase'
        : 'the certificate or the key is damaged';
    throw new UsageError(`--cert and --key: ${why}${code === '' ? '' : ` (${code})`}`);
  }
}
