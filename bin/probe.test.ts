import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { connectionStatusUpdate as contract } from '../contracts/connection-status-update.ts';
import { conform } from './console.fixture.ts';

interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly authorization: string | undefined;
}

/** A host that answers some paths and refuses all others. */
async function host(
  pages: Readonly<Record<string, unknown>>,
  use: (url: string, asked: readonly Asked[]) => Promise<void>,
): Promise<void> {
  const asked: Asked[] = [];
  const server: Server = createServer(({ method, url, headers }, response) => {
    asked.push({ method, url, authorization: headers.authorization });
    const page = pages[url ?? ''];
    response.writeHead(page === undefined ? 404 : 200);
    response.end(typeof page === 'string' ? page : JSON.stringify(page));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, asked);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const { prefix, operation } = contract;
const types = {
  Operations: [
    {
      Request: { Name: contract.request, Namespace: 'Some.ServiceModel' },
      Actions: ['ANY'],
      RequiresAuth: true,
      Routes: contract.routes.map(({ path }) => ({ Path: path.slice(prefix.length) })),
    },
  ],
};
const page = `<pre>&lt;${contract.request} xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="urn:some:model"&gt;</pre>`;
const paths = {
  app: `${prefix}/metadata/app.json`,
  types: `${prefix}/types/metadata.json`,
  page: `${prefix}/xml/metadata?op=${operation}`,
  sample: `${prefix}/json/metadata?op=${operation}`,
};

describe('conform probe', () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  const hostile: Readonly<Record<string, readonly [app: string, types: string, page: string]>> = {
    'lists in lists': [`{"App":{"JsTextCase":${deep}}}`, `{"Operations":${deep}}`, deep],
    'objects in objects': ['{"App":'.repeat(100_000), '{"Operations":[{"Request":'.repeat(50_000), '<'.repeat(500_000)],
    'a path of 100 kB': [
      '{"App":{"JsTextCase":"PascalCase"}}',
      JSON.stringify({ Operations: [{ ...types.Operations[0], Routes: [{ Path: '/p'.repeat(50_000) }] }] }),
      page,
    ],
    'names of built-ins': [
      '{"__proto__":{"App":{"JsTextCase":"CamelCase"}},"App":{"__proto__":[],"constructor":1,"toString":{}}}',
      `{"__proto__":1,"Operations":[{"__proto__":null,"Request":{"Name":"${contract.request}","__proto__":{}}}]}`,
      page,
    ],
    'no objects': ['null', '[1,null,"a"]', ''],
    'members of other kinds': [
      '{"App":[],"Plugins":{"Auth":{"AuthProviders":[1,null,[]]}}}',
      `{"Operations":[null,1,{"Request":{"Name":"${contract.request}"},"Routes":{},"Actions":5}]}`,
      'x'.repeat(2_000_000),
    ],
  };
  const tellsNothing: ReadonlySet<string> = new Set(['objects in objects', 'no objects']);
  for (const [what, [app, described, shown]] of Object.entries(hostile)) {
    it(`takes ${what} for what they are`, async () => {
      await host({ [paths.app]: app, [paths.types]: described, [paths.page]: shown }, async (url) => {
        const { code, out, err } = await conform(['probe', '--target', url]);
        expect(err).not.to.match(/failed in itself|call stack/);
        expect(err.length).to.be.below(20_000);
        expect(code, err).to.equal(tellsNothing.has(what) ? 3 : 0);
        if (tellsNothing.has(what)) expect(out).to.equal('');
        else expect(JSON.parse(out)).to.have.property('casing', 'pascal');
      });
    });
  }

  it('tells nothing of what it sends in added headers, whatever the host tells back', async () => {
    const key = 'a-gateway-key-of-ours';
    const namespace = page.replace('urn:some:model', `urn:${key.toUpperCase()}`);
    const app = { App: { JsTextCase: key, UseSystemJson: Buffer.from(`x${key}`).toString('base64') } };
    await host({ [paths.app]: app, [paths.page]: namespace }, async (url) => {
      const { out, err } = await conform(['probe', '--target', url, '--add-header', 'X-Key: ${GATEWAY_KEY}'], {
        env: { GATEWAY_KEY: key },
      });
      expect(out).to.contain('[redacted]');
      expect(err).to.contain('[redacted]');
      expect(`${out}${err}`.toLowerCase()).not.to.contain(key);
      expect(`${out}${err}`).not.to.contain(Buffer.from(`x${key}`).toString('base64').slice(4, 20));
    });
  });

  for (const [name, app, learns, sample] of [
    [
      'classic PascalCase',
      { App: { JsTextCase: 'PascalCase', UseSystemJson: 'Never' } },
      { hosting: 'classic', casing: 'pascal', serializer: 'servicestack' },
    ],
    [
      'classic, as ServiceStack.Text is told nothing,',
      { Date: '/Date(1795697470080)/', App: { ServiceStackVersion: '10.15' } },
      {
        hosting: 'classic',
        casing: 'pascal',
        serializer: 'servicestack',
        guids: 'compact',
        dates: 'ms',
        frameworkVersion: '10.15',
      },
    ],
    [
      'classic, with dashes in a sample,',
      { Date: '/Date(1795697470080)/', App: {} },
      { hosting: 'classic', casing: 'pascal', serializer: 'servicestack', guids: 'dashed', dates: 'ms' },
      '<pre>{"Id":"00000000-0000-0000-0000-000000000000"}</pre>',
    ],
    [
      'classic camelCase',
      { app: { jsTextCase: 'CamelCase', useSystemJson: 'Never' } },
      { hosting: 'classic', casing: 'camel', serializer: 'servicestack' },
    ],
    [
      'System.Text.Json',
      { App: { JsTextCase: 'PascalCase', UseSystemJson: 'Always' } },
      { hosting: 'classic', casing: 'pascal', serializer: 'system-text-json' },
    ],
    [
      'System.Text.Json, as templates set it up,',
      { app: { jsTextCase: 'PascalCase', useSystemJson: 'Always' }, ui: {} },
      { hosting: 'classic', casing: 'camel', serializer: 'system-text-json' },
    ],
    [
      'mapped',
      { app: { jsTextCase: 'PascalCase', useSystemJson: 'Always', endpointRouting: ['map'] } },
      { hosting: 'mapped', casing: 'camel', serializer: 'system-text-json' },
    ],
    [
      'endpoint routing',
      { App: { JsTextCase: 'PascalCase', UseSystemJson: 'Always', EndpointRouting: ['map', 'use', 'force'] } },
      { hosting: 'endpoints', casing: 'pascal', serializer: 'system-text-json' },
    ],
  ] as const) {
    it(`learns a ${name} host from its own metadata, without credentials`, async () => {
      const shown = {
        [paths.app]: app,
        [paths.types]: types,
        [paths.page]: page,
        ...(sample && { [paths.sample]: sample }),
      };
      await host(shown, async (url, asked) => {
        const { code, out, err } = await conform(['probe', '--target', url], { env: { CONFORM_TOKEN: 'secret' } });
        expect(code).to.equal(0);
        const usual = { guids: 'dashed', dates: 'iso', debug: false, xmlNamespace: 'urn:some:model' };
        expect(JSON.parse(out)).to.deep.equal({ ...usual, ...learns });
        expect(err)
          .to.match(/^not learnt: debug: /m)
          .and.not.match(/^differs/m);
        expect(asked.map(({ method, authorization }) => [method, authorization])).to.deep.equal([
          ['GET', undefined],
          ['GET', undefined],
          ['GET', undefined],
          ['GET', undefined],
        ]);
      });
    });
  }

  it('proposes nothing where the host tells nothing of itself', async () => {
    await host({}, async (url) => {
      const { code, out, err } = await conform(['probe', '--target', url]);
      expect(code).to.equal(3);
      expect(out).to.equal('');
      expect(err).to.include('tells nothing of itself').and.include('--hosting');
    });
  });

  it('says what it could not learn, and falls back on what is documented', async () => {
    await host({ [paths.types]: { Operations: [] }, [paths.page]: page }, async (url) => {
      const { code, out, err } = await conform(['probe', '--target', url]);
      expect(code).to.equal(0);
      expect(JSON.parse(out)).to.include({ hosting: 'classic', xmlNamespace: 'urn:some:model' });
      for (const what of ['casing, serializer and hosting', `what the host says of ${operation}`, 'debug'])
        expect(err).to.match(new RegExp(`^not learnt: ${what}: `, 'm'));
    });
  });

  it('says where the host describes another operation than the documented one', async () => {
    const [first] = types.Operations;
    const other = {
      Operations: [
        {
          ...first,
          RequiresAuth: false,
          Actions: ['POST'],
          Routes: first!.Routes.slice(1),
          Request: {
            ...first!.Request,
            Properties: [{ Name: 'Reason', IsRequired: true }, { Name: 'RoleId', IsRequired: true }, { Name: 'Note' }],
          },
        },
      ],
    };
    await host(
      { [paths.app]: { App: { UseSystemJson: 'Input' }, ui: '\u001b[31m' }, [paths.types]: other },
      async (url) => {
        const { out, err } = await conform(['probe', '--target', url]);
        expect(err.match(/^differs: /gm)).to.have.length(4);
        expect(err).to.include('differs: the host requires the member Reason');
        expect(err)
          .to.match(/^not learnt: casing: /m)
          .and.match(/^not learnt: serializer: /m)
          .and.not.contain('\u001b');
        expect(JSON.parse(out))
          .to.have.property('xmlNamespace')
          .that.matches(/Some\.ServiceModel$/);
      },
    );
  });

  it('needs a host, and one that answers', async () => {
    expect(await conform(['probe'])).to.include({ code: 2 });
    expect(await conform(['probe', '--target', 'http://127.0.0.1:9'])).to.include({ code: 3, out: '' });
  });
});
